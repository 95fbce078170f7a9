// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/poolsettings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestPoolSettings : public QObject
{
    Q_OBJECT

private slots:
    void noFile();
    void reads_data();
    void reads();
    void errors_data();
    void errors();
    void followsNoLink();

private:
    [[nodiscard]] Result<PoolSettings> read(const QByteArray &text) const
    {
        QFile file(m_folder.filePath(u"sluice.toml"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write");
        file.close();
        return readPoolSettings(m_folder.path());
    }
    QTemporaryDir m_folder;
};

void TestPoolSettings::noFile()
{
    QCOMPARE(readPoolSettings(m_folder.path()), PoolSettings{});
    QCOMPARE(readPoolSettings(m_folder.path() + u"/missing"_s), PoolSettings{});
}

void TestPoolSettings::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("processes"); // -1 = none
    QTest::addColumn<int>("planLimit");
    QTest::newRow("empty") << ""_ba << -1 << -1;
    QTest::newRow("another part") << "[database]\nurl = \"env:DATABASE_URL\"\n"_ba << -1 << -1;
    QTest::newRow("all") << "[pool]\nsize = 5\nprocesses = 4\nextras = 2\nplan_limit = 60\n"
                            "pooler_size = 20\n"_ba
                         << 4 << 60;
    QTest::newRow("some") << "# ours\n[pool]\nprocesses = 8\nother = \"x\"\n"_ba << 8 << -1;
}

void TestPoolSettings::reads()
{
    QFETCH(QByteArray, text);
    const Result<PoolSettings> settings = read(text);
    QVERIFY(settings);
    QTEST(settings->processes.value_or(-1), "processes");
    QTEST(settings->planLimit.value_or(-1), "planLimit");
}

void TestPoolSettings::errors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no TOML") << "[pool\nsize = 5"_ba << "settings.syntax"_ba;
    QTest::newRow("a word") << "[pool]\nsize = \"many\"\n"_ba << "settings.number"_ba;
    QTest::newRow("less than nothing") << "[pool]\nextras = -1\n"_ba << "settings.number"_ba;
    QTest::newRow("too much for a number") << "[pool]\nsize = 99999999999\n"_ba
                                           << "settings.number"_ba;
}

void TestPoolSettings::errors()
{
    QFETCH(QByteArray, text);
    const Result<PoolSettings> settings = read(text);
    QVERIFY(!settings);
    QTEST(settings.error().id, "id");
}

void TestPoolSettings::followsNoLink()
{
    QTemporaryDir elsewhere;
    QFile file(elsewhere.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[pool]\nprocesses = 3\n");
    file.close();
    QTemporaryDir folder;
    QVERIFY(QFile::link(file.fileName(), folder.filePath(u"sluice.toml"_s)));
    QCOMPARE(readPoolSettings(folder.path()).error().id, "file.symlink"_ba);
}

QTEST_APPLESS_MAIN(TestPoolSettings)
#include "tst_poolsettings.moc"
