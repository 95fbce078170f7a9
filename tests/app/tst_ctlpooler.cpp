// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

/// `sluicectl pooler` on real poolers.
class TestCtlPooler : public QObject
{
    Q_OBJECT

private slots:
    void tellsEachEndpoint();
    void statementModeIsExplained();
    void untrusted();
    void unreachable();

private:
    test::TestDatabase m_database;
};

void TestCtlPooler::tellsEachEndpoint()
{
    const test::TestPooler pooler(m_database);
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + pooler.url().toUtf8()
                                + "\nDIRECT_URL=" + m_database.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"pooler"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY2(ran.out.startsWith("pooled  PgBouncer in transaction mode\n"), ran.out.constData());
    QVERIFY2(ran.out.contains("direct  no pooler\n"), ran.out.constData());
    const QByteArray json = folder.run({u"pooler"_s, u"--json"_s}).out;
    const QJsonValue endpoints = QJsonDocument::fromJson(json)["endpoints"_L1];
    QCOMPARE(endpoints[0]["mode"_L1].toString(), u"transaction"_s);
    QCOMPARE(endpoints[1]["pooler"_L1].toString(), u"none"_s);
}

void TestCtlPooler::statementModeIsExplained()
{
    const test::TestPooler pooler(m_database, {.poolMode = "statement"});
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + pooler.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"pooler"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY2(ran.out.contains("statement mode"), ran.out.constData());
    QVERIFY2(ran.out.contains("transaction mode"), ran.out.constData()); // what to do
}

void TestCtlPooler::untrusted()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + m_database.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"pooler"_s}).exitCode, 4);
}

void TestCtlPooler::unreachable()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=postgres://u@127.0.0.1:"
                                + QByteArray::number(test::freePort()) + "/d?pgbouncer=true\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    QCOMPARE(folder.run({u"pooler"_s}).exitCode, 3);
}

QTEST_APPLESS_MAIN(TestCtlPooler)
#include "tst_ctlpooler.moc"
