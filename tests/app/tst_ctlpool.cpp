// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

/// `sluicectl pool`: options beat sluice.toml, which beats the address; the server counts itself.
class TestCtlPool : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void untrusted();
    void fromTheAddress();
    void fromTheFile();
    void fromTheOptions();
    void tellsTheServersUse();
    void wrongNumbers_data();
    void wrongNumbers();

private:
    [[nodiscard]] QJsonObject json(const QStringList &options) const
    {
        const test::Ran ran = m_folder.run(QStringList{u"pool"_s, u"--json"_s} + options);
        return QJsonDocument::fromJson(ran.out).object();
    }
    test::TestDatabase m_database;
    test::ProjectFolder m_folder;
};

void TestCtlPool::initTestCase()
{
    m_folder.write(u".env"_s,
                   "DATABASE_URL=" + m_database.url().toUtf8() + "?connection_limit=50\n");
    QCOMPARE(m_folder.run({u"trust"_s}).exitCode, 0);
}

void TestCtlPool::untrusted()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + m_database.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"pool"_s}).exitCode, 4);
}

void TestCtlPool::fromTheAddress()
{
    const QJsonObject one = json({});
    QCOMPARE(one["wanted"_L1].toInt(), 50);
    QCOMPARE(one["state"_L1].toString(), u"fits"_s); // of 200 less 3
    const test::Ran many = m_folder.run({u"pool"_s, u"--processes"_s, u"10"_s});
    QCOMPARE(many.exitCode, 0);
    QVERIFY2(many.out.startsWith("exceeds: 10 × 50 + 0 = 500 of "_ba), many.out.constData());
    QVERIFY2(many.out.contains("Set connection_limit to "), many.out.constData());
    QVERIFY(many.out.contains(".env:1"));
}

void TestCtlPool::fromTheFile()
{
    m_folder.write(u"sluice.toml"_s, "[pool]\nsize = 3\nprocesses = 4\nextras = 1\n");
    QCOMPARE(json({})["wanted"_L1].toInt(), 13);
    m_folder.write(u"sluice.toml"_s, "[pool]\nsize = \"many\"\n");
    const test::Ran broken = m_folder.run({u"pool"_s});
    QCOMPARE(broken.exitCode, 2);
    QVERIFY(broken.err.contains("sluice.toml:2"));
    m_folder.write(u"sluice.toml"_s, "");
}

void TestCtlPool::fromTheOptions()
{
    const QJsonObject found = json({u"--pool-size"_s, u"5"_s, u"--processes"_s, u"3"_s,
                                    u"--extras"_s, u"2"_s, u"--plan-limit"_s, u"15"_s});
    QCOMPARE(found["wanted"_L1].toInt(), 17);
    QCOMPARE(found["available"_L1].toInt(), 15);
    QCOMPARE(found["state"_L1].toString(), u"exceeds"_s);
    QCOMPARE(found["suggestedSize"_L1].toInt(), 3);
}

void TestCtlPool::tellsTheServersUse()
{
    const QJsonObject found = json({});
    QCOMPARE(found["maxConnections"_L1].toInt(),
             m_database.valueSuper("SHOW max_connections").toInt());
    QVERIFY(found["used"_L1].toInt() >= 1);
    QVERIFY(found["reason"_L1].toString().contains("in use now"_L1));
}

void TestCtlPool::wrongNumbers_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("a word") << QStringList{u"--processes"_s, u"many"_s};
    QTest::newRow("negative") << QStringList{u"--extras=-1"_s};
    QTest::newRow("nothing") << QStringList{u"--plan-limit="_s};
}

void TestCtlPool::wrongNumbers()
{
    QFETCH(QStringList, options);
    QCOMPARE(m_folder.run(QStringList{u"pool"_s} + options).exitCode, 2);
}

QTEST_APPLESS_MAIN(TestCtlPool)
#include "tst_ctlpool.moc"
