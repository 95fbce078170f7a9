// SPDX-License-Identifier: GPL-3.0-or-later
// sluicectl query --write, as a person runs it.
#include "tests/app/projectfolder.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

class TestCtlWrite : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void commits();
    void readOnlyWithoutTheOption();
    void rowsGoToStandardOutput();
    void asJson();
    void errorRollsBack();
    void expectedRows_data();
    void expectedRows();
    void expectedRowsOfWhatNobodyCounts_data();
    void expectedRowsOfWhatNobodyCounts();
    void asksBeforeItDestroys_data();
    void asksBeforeItDestroys();
    void locksAreTold();
    void productionWantsItsName();
    void runsWhatNeedsNoTransaction_data();
    void runsWhatNeedsNoTransaction();
    void whatRefusesABlockIsAlone();
    void throughThePooler();
    void poolerOfTheProjectIsWarnedOf();
    void closedPipeDoesNotRollBack();
    void interruptRollsBack();
    void unknownCommitIsLookedUp();
    void lookUpOfNonsense();

private:
    [[nodiscard]] test::Ran run(const QStringList &arguments) const
    {
        return m_folder->run(arguments);
    }
    [[nodiscard]] QByteArray count() { return m_database->value("SELECT count(*) FROM t"); }
    /// How many sessions of the database wait for this.
    [[nodiscard]] QByteArray waiting(const QByteArray &event) const
    {
        return m_database->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE wait_event = '"
                                      + event + "' AND datname = current_database()");
    }
    void trust(const QByteArray &env)
    {
        m_folder.emplace();
        m_folder->write(u".env"_s, env);
        QCOMPARE(m_folder->run({u"trust"_s}).exitCode, 0);
    }

    std::optional<test::TestDatabase> m_database;
    std::optional<test::ProjectFolder> m_folder;
};

void TestCtlWrite::init()
{
    m_database.emplace();
    m_database->exec("CREATE TABLE t (id int)");
    trust("DIRECT_URL=" + m_database->url().toUtf8() + '\n');
}

void TestCtlWrite::cleanup()
{
    m_folder.reset();
    m_database.reset();
}

void TestCtlWrite::commits()
{
    const test::Ran ran =
        run({u"query"_s, u"--write"_s,
             u"INSERT INTO t VALUES (1), (2); UPDATE t SET id = 3 WHERE id = 2"_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(ran.out, QByteArray());
    QCOMPARE(ran.err, "INSERT 0 2\nUPDATE 1\ncommitted\n"_ba);
    QCOMPARE(m_database->value("SELECT string_agg(id::text, ',' ORDER BY id) FROM t"), "1,3"_ba);
}

void TestCtlWrite::readOnlyWithoutTheOption()
{
    const test::Ran ran = run({u"query"_s, u"INSERT INTO t VALUES (1)"_s});
    QCOMPARE(ran.exitCode, 1);
    QVERIFY(ran.err.contains("transaction.readOnly"));
    QCOMPARE(count(), "0"_ba);
}

void TestCtlWrite::rowsGoToStandardOutput()
{
    const test::Ran ran =
        run({u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (7) RETURNING id; SELECT 8"_s});
    QCOMPARE(ran.out, "7\n8\n"_ba);
    QCOMPARE(ran.err, "INSERT 0 1\ncommitted\n"_ba);
}

void TestCtlWrite::asJson()
{
    const test::Ran ran =
        run({u"--json"_s, u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (7)"_s});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject json = QJsonDocument::fromJson(ran.err).object();
    QCOMPARE(json["committed"_L1].toBool(), true);
    QVERIFY(json["transactionId"_L1].toString().toULongLong() > 0);
    QCOMPARE(json["statements"_L1].toArray().first().toString(), u"INSERT 0 1"_s);
    QVERIFY(!json.contains("warnings"_L1));
    // Nothing but JSON, also where there is something to be warned of.
    const QStringList destroys{u"--json"_s, u"query"_s, u"--write"_s, u"DELETE FROM t"_s};
    const test::Ran unasked = run(destroys);
    QCOMPARE(unasked.exitCode, 4);
    const QJsonObject error = QJsonDocument::fromJson(unasked.err).object()["error"_L1].toObject();
    QVERIFY2(error["message"_L1].toString().contains("every row of t"_L1), unasked.err.constData());
    const test::Ran agreed = run(destroys + QStringList{u"--yes"_s});
    QCOMPARE(agreed.exitCode, 0);
    const QJsonArray warnings =
        QJsonDocument::fromJson(agreed.err).object()["warnings"_L1].toArray();
    QCOMPARE(warnings.size(), 1);
    QVERIFY(warnings.first().toString().contains("every row of t"_L1));
}

void TestCtlWrite::errorRollsBack()
{
    const test::Ran ran =
        run({u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (1);\nSELECT 1/0"_s});
    QCOMPARE(ran.exitCode, 1);
    QVERIFY2(ran.err.contains("server.22012"), ran.err.constData());
    QVERIFY(!ran.err.contains("committed"));
    QCOMPARE(count(), "0"_ba);
}

void TestCtlWrite::expectedRows_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::newRow("direct") << false;
    QTest::newRow("pooled") << true;
}

void TestCtlWrite::expectedRows()
{
    QFETCH(bool, pooled);
    std::optional<test::TestPooler> pooler;
    if (pooled) {
        pooler.emplace(*m_database, test::PoolerOptions{.poolSize = 1});
        trust("DATABASE_URL=" + pooler->url().toUtf8() + '\n');
    }
    m_database->exec("INSERT INTO t VALUES (1), (2), (3)");
    const QString sql = u"DELETE FROM t WHERE id < 3; INSERT INTO t VALUES (9)"_s;
    const auto expecting = [&](const QString &numbers) {
        return run({u"query"_s, u"--write"_s, u"--expect-rows"_s, numbers, sql});
    };
    const test::Ran refused = expecting(u"5,1"_s);
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.err.contains("write.otherRows"), refused.err.constData());
    QVERIFY2(refused.err.contains("2 rows would have changed, not exactly 5."),
             refused.err.constData());
    QVERIFY(!refused.err.contains("committed"));
    QCOMPARE(count(), "3"_ba);
    const test::Ran done = expecting(u"2, 1"_s);
    QVERIFY2(done.exitCode == 0, done.err.constData());
    QCOMPARE(done.err, "DELETE 2\nINSERT 0 1\ncommitted\n"_ba);
    QCOMPARE(count(), "2"_ba);
}

void TestCtlWrite::expectedRowsOfWhatNobodyCounts_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("reads") << QStringList{u"--write"_s, u"1"_s, u"SELECT 1"_s};
    QTest::newRow("one for two") << QStringList{u"--write"_s, u"1"_s,
                                                u"INSERT INTO t VALUES (1); DELETE FROM t"_s};
    QTest::newRow("no number") << QStringList{u"--write"_s, u"all"_s, u"DELETE FROM t"_s};
    QTest::newRow("negative") << QStringList{u"--write"_s, u"-1"_s, u"DELETE FROM t"_s};
    QTest::newRow("nothing") << QStringList{u"--write"_s, u""_s, u"DELETE FROM t"_s};
    QTest::newRow("read-only") << QStringList{u"--json"_s, u"1"_s, u"DELETE FROM t"_s};
}

void TestCtlWrite::expectedRowsOfWhatNobodyCounts()
{
    QFETCH(QStringList, arguments);
    m_database->exec("INSERT INTO t VALUES (1)");
    const test::Ran ran = run(
        {u"query"_s, u"--yes"_s, arguments[0], u"--expect-rows="_s + arguments[1], arguments[2]});
    QCOMPARE(ran.exitCode, 2);
    QVERIFY(ran.err.contains("cli.usage") || ran.err.contains("write.expectedRows"));
    QCOMPARE(count(), "1"_ba);
}

void TestCtlWrite::asksBeforeItDestroys_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QByteArray>("names");
    QTest::newRow("DELETE") << u"DELETE FROM t"_s << "every row of t"_ba;
    QTest::newRow("UPDATE") << u"UPDATE t SET id = 0"_s << "every row of t"_ba;
    QTest::newRow("TRUNCATE") << u"TRUNCATE t"_s << "empties t"_ba;
    QTest::newRow("DROP") << u"DROP TABLE t"_s << "drops t"_ba;
    QTest::newRow("inside") << u"WITH d AS (DELETE FROM t RETURNING *) SELECT count(*) FROM d"_s
                            << "every row of t"_ba;
}

void TestCtlWrite::asksBeforeItDestroys()
{
    QFETCH(const QString, sql);
    QFETCH(const QByteArray, names);
    m_database->exec("INSERT INTO t VALUES (1)");
    const test::Ran unasked = run({u"query"_s, u"--write"_s, sql});
    QCOMPARE(unasked.exitCode, 4);
    QVERIFY2(unasked.err.contains(names), unasked.err.constData());
    QVERIFY(unasked.err.contains("write.needsConsent"));
    QCOMPARE(m_database->value("SELECT id FROM t"), "1"_ba);
    const test::Ran agreed = run({u"query"_s, u"--write"_s, u"--yes"_s, sql});
    QVERIFY2(agreed.exitCode == 0, agreed.err.constData());
    QVERIFY(agreed.err.contains(names));
    QVERIFY(agreed.err.endsWith("committed\n"));
}

void TestCtlWrite::locksAreTold()
{
    const test::Ran ran = run({u"query"_s, u"--write"_s, u"CREATE INDEX i ON t (id)"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY2(ran.err.contains("keeps writers out of t"), ran.err.constData());
}

void TestCtlWrite::productionWantsItsName()
{
    QCOMPARE(run({u"mark"_s, u"production"_s}).exitCode, 0);
    const QStringList asked{u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (1)"_s};
    const test::Ran unnamed = run(asked + QStringList{u"--yes"_s});
    QCOMPARE(unnamed.exitCode, 4);
    QVERIFY2(unnamed.err.contains("write.needsName"), unnamed.err.constData());
    QCOMPARE(run(asked + QStringList{u"--confirm"_s, u"main"_s}).exitCode, 4);
    QCOMPARE(count(), "0"_ba);
    const test::Ran named = run(asked + QStringList{u"--confirm"_s, m_database->name()});
    QVERIFY2(named.exitCode == 0, named.err.constData());
    QCOMPARE(count(), "1"_ba);
    QCOMPARE(run({u"query"_s, u"SELECT count(*) FROM t"_s}).out, "1\n"_ba); // reading asks nothing
}

void TestCtlWrite::runsWhatNeedsNoTransaction_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("VACUUM") << u"VACUUM t"_s;
    QTest::newRow("index") << u"CREATE INDEX CONCURRENTLY i ON t (id)"_s;
    QTest::newRow("by hand") << u"BEGIN; INSERT INTO t VALUES (1); COMMIT"_s;
    QTest::newRow("temporary") << u"CREATE TEMP TABLE x (id int); INSERT INTO x VALUES (1)"_s;
}

void TestCtlWrite::runsWhatNeedsNoTransaction()
{
    QFETCH(const QString, sql);
    const test::Ran ran = run({u"query"_s, u"--write"_s, sql});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
}

void TestCtlWrite::whatRefusesABlockIsAlone()
{
    const test::Ran ran = run({u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (1); VACUUM t"_s});
    QCOMPARE(ran.exitCode, 2);
    QVERIFY(ran.err.contains("write.alone"));
    QCOMPARE(count(), "0"_ba);
}

void TestCtlWrite::throughThePooler()
{
    const test::TestPooler pooler(*m_database, test::PoolerOptions{.poolSize = 1});
    trust("DATABASE_URL=" + pooler.url().toUtf8() + '\n');
    const test::Ran ran = run({u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (1)"_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(count(), "1"_ba);
    for (const QString &sql :
         {u"SET work_mem = '1MB'"_s, u"VACUUM t"_s, u"BEGIN"_s, u"CREATE TEMP TABLE x (id int)"_s,
          u"SELECT pg_advisory_lock(1)"_s, u"CREATE TABLE u (id int)"_s}) {
        const test::Ran refused = run({u"query"_s, u"--write"_s, sql});
        QVERIFY2(refused.err.contains("needsDirect"), refused.err.constData());
        QCOMPARE(refused.exitCode, 2);
    }
}

void TestCtlWrite::poolerOfTheProjectIsWarnedOf()
{
    const test::TestPooler pooler(*m_database);
    trust("DATABASE_URL=" + pooler.url().toUtf8() + "\nDIRECT_URL=" + m_database->url().toUtf8()
          + '\n');
    const test::Ran ran = run({u"query"_s, u"--write"_s, u"DROP SCHEMA public CASCADE"_s});
    QCOMPARE(ran.exitCode, 4);
    QVERIFY2(ran.err.contains("user_lookup"), ran.err.constData());
    QCOMPARE(count(), "0"_ba); // it is there
}

void TestCtlWrite::closedPipeDoesNotRollBack()
{
    QProcess process;
    m_folder->prepare(process, {});
    process.setProgram(u"/bin/bash"_s);
    process.setArguments(
        {u"-c"_s,
         u"\"$0\" query --write 'INSERT INTO t SELECT generate_series(1, 200000) RETURNING id' | "
         "head -n 1"_s,
         QStringLiteral(SLUICECTL)});
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.readAllStandardOutput(), "1\n"_ba);
    QCOMPARE(count(), "200000"_ba);
}

void TestCtlWrite::interruptRollsBack()
{
    QProcess process;
    m_folder->prepare(
        process, {u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (1); SELECT pg_sleep(600)"_s});
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(waiting("PgSleep"_ba), "1"_ba, 60'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(count(), "0"_ba);
}

void TestCtlWrite::unknownCommitIsLookedUp()
{
    m_database->exec(
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION wait();"
        "SELECT pg_advisory_lock(7)");
    test::FaultProxy proxy(m_database->facts().port);
    trust("DIRECT_URL=" + m_database->url(test::Role::Plain, proxy.port()).toUtf8() + '\n');
    QProcess process;
    m_folder->prepare(process, {u"query"_s, u"--write"_s, u"INSERT INTO t VALUES (1)"_s});
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(waiting("advisory"_ba), "1"_ba, 60'000);
    proxy.cut();
    QVERIFY(process.waitForFinished(60'000));
    m_database->exec("SELECT pg_advisory_unlock(7)");
    QCOMPARE(process.exitCode(), 1);
    const QString said = QString::fromUtf8(process.readAllStandardError());
    QVERIFY2(said.contains("commit.unknown"_L1), qPrintable(said));
    const auto command = QRegularExpression(u"sluicectl query --look-up ([0-9]+)"_s).match(said);
    QVERIFY(command.hasMatch());
    QTRY_COMPARE_WITH_TIMEOUT(count(), "1"_ba, 60'000);
    const test::Ran answer = run({u"query"_s, u"--look-up"_s, command.captured(1)});
    QCOMPARE(answer.exitCode, 0);
    QVERIFY2(answer.out.contains("committed"), answer.out.constData());
    const test::Ran json = run({u"--json"_s, u"query"_s, u"--look-up"_s, command.captured(1)});
    QCOMPARE(QJsonDocument::fromJson(json.out).object()["state"_L1].toString(), u"committed"_s);
}

void TestCtlWrite::lookUpOfNonsense()
{
    const test::Ran nonsense = run({u"query"_s, u"--look-up"_s, u"x"_s});
    QCOMPARE(nonsense.exitCode, 2);
    QVERIFY(nonsense.err.contains("commit.badNumber"));
    const test::Ran unknown = run({u"query"_s, u"--look-up"_s, u"1000000000000"_s});
    QCOMPARE(unknown.exitCode, 1);
    QVERIFY2(unknown.out.contains("never given out"), unknown.out.constData());
    QCOMPARE(run({u"query"_s, u"--look-up"_s, u"5"_s, u"SELECT 1"_s}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCtlWrite)
#include "tst_ctlwrite.moc"
