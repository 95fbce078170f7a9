// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plugins.h"

#include <QFileInfo>
#include <QLibrary>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

/// What the programs map before their first line runs. Some forty libraries come with QtNetwork and
/// KSyntaxHighlighting, and cost as much as all the others: they stay behind plugins.
class TestLibraries : public QObject
{
    Q_OBJECT

private slots:
    void startsWithoutNetwork_data();
    void startsWithoutNetwork();
    void pluginsLoad_data();
    void pluginsLoad();
};

void TestLibraries::startsWithoutNetwork_data()
{
    QTest::addColumn<QString>("program");
    QTest::addRow("sluice") << QStringLiteral(SLUICE);
    QTest::addRow("sluicectl") << QStringLiteral(SLUICECTL);
}

void TestLibraries::startsWithoutNetwork()
{
    QFETCH(const QString, program);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_TRACE_LOADED_OBJECTS"_s, u"1"_s); // ld.so(8): as ldd does
    process.setProcessEnvironment(environment);
    process.start(program, QStringList());
    QVERIFY(process.waitForFinished());
    const QByteArray libraries = process.readAllStandardOutput();
    QVERIFY2(libraries.contains("libQt6Core.so"), libraries.constData());
    for (const char *late : {"libQt6Network.so", "libKF6SyntaxHighlighting.so", "libcurl"})
        QVERIFY2(!libraries.contains(late), late);
}

void TestLibraries::pluginsLoad_data()
{
    QTest::addColumn<QString>("name");
    QTest::addRow("highlight") << u"sluice_highlight"_s;
    QTest::addRow("tls") << u"sluice_tls"_s;
}

void TestLibraries::pluginsLoad()
{
    QFETCH(const QString, name);
    const QString file = core::pluginFile(name);
    QVERIFY(QFileInfo(file).isAbsolute());
    QLibrary library(file);
    QVERIFY2(library.load(), qPrintable(library.errorString()));
    QVERIFY(core::pluginFile(name + u"_unknown"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestLibraries)
#include "tst_libraries.moc"
