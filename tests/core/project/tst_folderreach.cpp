// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folderreach.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;

class TestFolderReach : public QObject
{
    Q_OBJECT

private slots:
    void outcomes_data();
    void outcomes();
    void manyAtOnce();

private:
    QTemporaryDir m_home;
};

void TestFolderReach::outcomes_data()
{
    const QDir home(m_home.path());
    QVERIFY(home.mkdir(u"folder"_s) && home.mkdir(u"closed"_s) && home.mkdir(u"o\u0308 \"x"_s));
    QVERIFY(QFile(home.filePath(u"file"_s)).open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(home.filePath(u"folder"_s), home.filePath(u"link"_s)));
    QVERIFY(QFile::link(home.filePath(u"nowhere"_s), home.filePath(u"dangling"_s)));
    QVERIFY(QFile::link(home.filePath(u"loop"_s), home.filePath(u"loop"_s)));
    QVERIFY(QFile::setPermissions(home.filePath(u"closed"_s), {}));
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QByteArray>("id");
    const auto row = [&](const char *name, const QString &folder, const QByteArray &id) {
        QTest::newRow(name) << home.filePath(folder) << id;
    };
    row("folder", u"folder"_s, "");
    row("odd name", u"o\u0308 \"x"_s, "");
    row("link", u"link"_s, "");
    row("gone", u"gone"_s, "project.gone");
    row("dangling link", u"dangling"_s, "project.gone");
    row("file", u"file"_s, "project.notFolder");
    row("below a file", u"file/x"_s, "project.notFolder");
    row("no permission", u"closed"_s, "project.permission");
    row("below no permission", u"closed/x"_s, "project.permission");
    row("a loop", u"loop"_s, "project.unreachable");
    row("a name that is too long", QString(300, u'x'), "project.unreachable");
}

void TestFolderReach::outcomes()
{
    QFETCH(const QString, folder);
    QFETCH(const QByteArray, id);
    const core::Result<> found = core::lookAtFolder(folder).result();
    QCOMPARE(found ? QByteArray() : found.error().id, id);
    if (!found) {
        QVERIFY(!found.error().message.isEmpty());
        QCOMPARE(found.error().place, folder);
    }
}

void TestFolderReach::manyAtOnce()
{
    std::vector<QFuture<core::Result<>>> looks;
    for (int i = 0; i < 50; ++i)
        looks.push_back(core::lookAtFolder(i % 2 == 0 ? m_home.path() : u"/gone/%1"_s.arg(i)));
    for (std::size_t i = 0; i < looks.size(); ++i)
        QCOMPARE(looks[i].result().has_value(), i % 2 == 0);
}

QTEST_GUILESS_MAIN(TestFolderReach)
#include "tst_folderreach.moc"
