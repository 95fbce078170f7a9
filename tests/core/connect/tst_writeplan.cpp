// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/writeplan.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestWritePlan : public QObject
{
    Q_OBJECT

private slots:
    void frames_data();
    void frames();
    void effects();
    void whatRefusesABlockIsAlone();
    void nothingToRun();
    void inTransaction();
    void expectedRows();
    void otherNumbersOfNumbers_data();
    void otherNumbersOfNumbers();
    void poolerIsWarnedOf();
};

void TestWritePlan::frames_data()
{
    QTest::addColumn<QByteArrayList>("statements");
    QTest::addColumn<Frame>("frame");
    QTest::addColumn<Purpose>("purpose");
    QTest::newRow("rows") << QByteArrayList{"INSERT INTO t VALUES (1)", "SELECT 1"}
                          << Frame::Writing << Purpose::Query;
    QTest::newRow("schema") << QByteArrayList{"INSERT INTO t VALUES (1)", "CREATE TABLE u (a int)"}
                            << Frame::Writing << Purpose::SchemaChange;
    QTest::newRow("state") << QByteArrayList{"CREATE TABLE u (a int)", "SET work_mem = '1MB'",
                                             "CREATE TABLE v (a int)"}
                           << Frame::Plain << Purpose::SessionState;
    QTest::newRow("by hand") << QByteArrayList{"BEGIN", "UPDATE t SET a = 1", "COMMIT"}
                             << Frame::Plain << Purpose::SessionState;
    QTest::newRow("temporary") << QByteArrayList{"CREATE TEMP TABLE u (a int)"} << Frame::Plain
                               << Purpose::SessionState;
    QTest::newRow("VACUUM") << QByteArrayList{"VACUUM t"} << Frame::Plain << Purpose::SessionState;
    QTest::newRow("not understood")
        << QByteArrayList{"FROBNICATE t"} << Frame::Writing << Purpose::Query;
}

void TestWritePlan::frames()
{
    QFETCH(QByteArrayList, statements);
    QFETCH(Frame, frame);
    QFETCH(Purpose, purpose);
    const Result<WritePlan> plan = planWriting({statements.begin(), statements.end()});
    QVERIFY(plan);
    QCOMPARE(plan->spec.frame, frame);
    QCOMPARE(plan->purpose, purpose);
    QCOMPARE(plan->spec.statements.size(), std::size_t(statements.size()));
    QCOMPARE(plan->spec.statements.front().sql, statements.front());
}

void TestWritePlan::effects()
{
    const auto plan = planWriting({"BEGIN", "SELECT a FROM t", "DELETE FROM t", "COMMIT"});
    QVERIFY(plan);
    QCOMPARE(plan->spec.statements.at(0).effect, Effect::Changes);
    QCOMPARE(plan->spec.statements.at(1).effect, Effect::Reads);
    QCOMPARE(plan->spec.statements.at(2).effect, Effect::Changes);
    QCOMPARE(plan->spec.statements.at(3).effect, Effect::Commits);
    QCOMPARE(plan->hazards.size(), 1U);
    QVERIFY(plan->asks());
    QVERIFY(!planWriting({"CREATE INDEX i ON t (a)"})->asks());
}

void TestWritePlan::whatRefusesABlockIsAlone()
{
    const auto plan =
        planWriting({"INSERT INTO t VALUES (1)", "CREATE INDEX CONCURRENTLY i ON t (a)"});
    QVERIFY(!plan);
    QCOMPARE(plan.error().id, "write.alone"_ba);
    QVERIFY(plan.error().message.contains(u"CREATE INDEX CONCURRENTLY"_s));
}

void TestWritePlan::nothingToRun()
{
    QCOMPARE(planWriting({}).error().id, "query.empty"_ba);
}

void TestWritePlan::inTransaction()
{
    const TransactionNumber number{7};
    const WritePlan plan = planInTransaction({"DELETE FROM t", "COMMIT"}, number);
    QCOMPARE(plan.spec.frame, Frame::Plain);
    QCOMPARE(plan.spec.transaction, number);
    QCOMPARE(plan.spec.statements.at(1).effect, Effect::Commits);
    QCOMPARE(plan.hazards.size(), 1U);
}

void TestWritePlan::expectedRows()
{
    auto plan = planWriting({"INSERT INTO t VALUES (1)", "SELECT 1", "UPDATE t SET a = 1",
                             "TRUNCATE u", "DELETE FROM t",
                             "MERGE INTO t USING u ON t.a = u.a "
                             "WHEN MATCHED THEN DELETE"});
    QVERIFY(plan);
    QVERIFY(expectRows(*plan, {1, 2, 3, 4}));
    const std::vector<std::optional<qint64>> expected = {1, {}, 2, {}, 3, 4};
    for (std::size_t i = 0; i < expected.size(); ++i)
        QCOMPARE(plan->spec.statements[i].expectedRows, expected[i]);
}

void TestWritePlan::otherNumbersOfNumbers_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("too many") << "UPDATE t SET a = 1"_ba;
    QTest::newRow("inside of another")
        << "WITH gone AS (DELETE FROM t RETURNING a) SELECT * FROM gone"_ba;
    QTest::newRow("reads") << "SELECT 1"_ba;
    QTest::newRow("tells no number") << "TRUNCATE t"_ba;
    QTest::newRow("does not run") << "PREPARE p AS DELETE FROM t"_ba;
    QTest::newRow("not understood") << "FROBNICATE t"_ba;
}

void TestWritePlan::otherNumbersOfNumbers()
{
    QFETCH(QByteArray, sql);
    auto plan = planWriting({sql});
    QVERIFY(plan);
    const Result<> refused = expectRows(*plan, {1, 2});
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, "write.expectedRows"_ba);
    QCOMPARE(refused.error().kind, ErrorKind::Usage);
    QVERIFY(!plan->spec.statements.front().expectedRows);
}

void TestWritePlan::poolerIsWarnedOf()
{
    const auto drop = planWriting({"DROP SCHEMA public CASCADE"});
    Database database;
    database.direct = Endpoint{};
    QVERIFY(poolerWarning(*drop, database).isEmpty());
    database.pooled = Endpoint{.role = EndpointRole::Pooled};
    QVERIFY(poolerWarning(*drop, database).contains(u"user_lookup"_s));
    QVERIFY(poolerWarning(*planWriting({"DROP SCHEMA other CASCADE"}), database).isEmpty());
}

QTEST_GUILESS_MAIN(TestWritePlan)
#include "tst_writeplan.moc"
