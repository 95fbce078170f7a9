// SPDX-License-Identifier: GPL-3.0-or-later
// Statements that may change exactly so many rows, or nothing of them stays.
#include "core/base/translations.h"
#include "core/session/frametext.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

using Transaction = HeldState::Transaction;

class TestExpectedRows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { installTranslations(*qApp); }
    void init();
    void cleanup();

    void tags_data();
    void tags();
    void rightNumberCommits_data() { endpoints(); }
    void rightNumberCommits();
    void otherNumberRollsBackAll_data();
    void otherNumberRollsBackAll();
    void eachHasItsOwn_data() { endpoints(); }
    void eachHasItsOwn();
    void rowsOfOthersAreNoticed_data() { endpoints(); }
    void rowsOfOthersAreNoticed();
    void costsNoRoundTrip_data() { endpoints(); }
    void costsNoRoundTrip();
    void poolerKeepsItsServer();
    void openTransactionIsAsBefore();
    void openTransactionMayGoOn();
    void errorFailsTheTransactionAsEver();
    void commitInTheSameRunIsNotReached();
    void typedTextHasATransactionForIt_data();
    void typedTextHasATransactionForIt();
    void deferredConstraintIsAnErrorOfIt();
    void cancelledLeavesNothing();
    void ownReadsLeaveNothing();

private:
    void endpoints()
    {
        QTest::addColumn<bool>("pooled");
        QTest::newRow("direct") << false;
        QTest::newRow("pooled") << true;
    }
    [[nodiscard]] SessionConfig config()
    {
        QFETCH(bool, pooled);
        return pooled ? SessionConfig{.keywords = m_pooler->keywords(), .pooled = true} : direct();
    }
    [[nodiscard]] SessionConfig direct() { return {.keywords = m_database->keywords()}; }
    [[nodiscard]] QByteArray sum() { return m_database->value("SELECT sum(n) FROM t"); }
    /// The transaction that a person opens, and a request that belongs to it.
    [[nodiscard]] static RequestSpec within(SessionHarness &harness,
                                            std::initializer_list<QByteArray> statements)
    {
        RequestSpec spec = plain(statements);
        spec.transaction = harness.session().heldState().number;
        return spec;
    }

    std::optional<TestDatabase> m_database;
    std::optional<TestPooler> m_pooler; ///< with one server connection
};

namespace {

/// The numbers of the first statements; -1 = any.
RequestSpec expecting(RequestSpec spec, std::initializer_list<qint64> numbers)
{
    auto statement = spec.statements.begin();
    for (const qint64 number : numbers) {
        if (number >= 0)
            statement->expectedRows = number;
        ++statement;
    }
    return spec;
}

} // namespace

void TestExpectedRows::init()
{
    m_database.emplace();
    m_database->exec(
        "CREATE TABLE t (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, n int);"
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 3) AS i; CREATE SEQUENCE s");
    m_pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
}

void TestExpectedRows::cleanup()
{
    m_pooler.reset();
    m_database.reset();
}

void TestExpectedRows::tags_data()
{
    QTest::addColumn<QByteArray>("tag");
    QTest::addColumn<qint64>("rows");
    QTest::newRow("INSERT") << "INSERT 0 5"_ba << qint64(5);
    QTest::newRow("UPDATE") << "UPDATE 0"_ba << qint64(0);
    QTest::newRow("DELETE") << "DELETE 9000000000"_ba << qint64(9'000'000'000);
    QTest::newRow("MERGE") << "MERGE 2"_ba << qint64(2);
    for (const char *tag : {"SELECT 5", "COPY 5", "FETCH 1", "TRUNCATE TABLE", "BEGIN", "UPDATE",
                            "UPDATE x", "5", ""})
        QTest::addRow("no number: %s", tag) << QByteArray(tag) << qint64(-1);
}

void TestExpectedRows::tags()
{
    QFETCH(QByteArray, tag);
    QTEST(changedRows(tag).value_or(-1), "rows");
}

void TestExpectedRows::rightNumberCommits()
{
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(expecting(writing({"UPDATE t SET n = 1 WHERE id <= 2 RETURNING id"}), {2}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QVERIFY(answer.outcome->value().committed);
    QCOMPARE(answer.rowCount(), 2);
    QCOMPARE(sum(), "2"_ba);
}

void TestExpectedRows::otherNumberRollsBackAll_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<qint64>("expected");
    QTest::addColumn<QString>("message");
    for (const bool pooled : {false, true}) {
        const auto row = [pooled](const char *name, const QByteArray &sql, qint64 expected,
                                  const QString &message) {
            QTest::addRow("%s, %s", name, pooled ? "pooled" : "direct")
                << pooled << sql << expected << message;
        };
        row("more", "UPDATE t SET n = 1", 2, u"3 rows would have changed, not exactly 2."_s);
        row("fewer", "DELETE FROM t WHERE id = 1", 12,
            u"1 row would have changed, not exactly 12."_s);
        row("none", "UPDATE t SET n = 1 WHERE false", 1,
            u"0 rows would have changed, not exactly 1."_s);
        row("with rows", "DELETE FROM t RETURNING id", 4,
            u"3 rows would have changed, not exactly 4."_s);
        row("INSERT", "INSERT INTO t VALUES (7, 7), (8, 8)", 1,
            u"2 rows would have changed, not exactly 1."_s);
        // The number of such a tag is one of rows that were read.
        row("inside of another", "WITH gone AS (DELETE FROM t RETURNING id) SELECT * FROM gone", 3,
            u"The server does not tell how many rows changed, and it was to be exactly 3."_s);
    }
}

void TestExpectedRows::otherNumberRollsBackAll()
{
    QFETCH(QByteArray, sql);
    QFETCH(qint64, expected);
    SessionHarness harness(config());
    const Answer &answer = harness.run(expecting(writing({sql}), {expected}));
    QCOMPARE(answer.errorId(), "write.otherRows"_ba);
    QTEST(answer.error().message, "message");
    QVERIFY(answer.error().advice.startsWith(u"Nothing was changed"_s));
    QVERIFY(!answer.error().sessionLost);
    QVERIFY(answer.statements.empty());
    QCOMPARE(m_database->value("SELECT count(*) || ' ' || sum(n) FROM t"), "3 0"_ba);
    QCOMPARE(harness.session().state(), SessionState::Idle);
    // The connection is good for the next one.
    QVERIFY(harness.run(expecting(writing({"UPDATE t SET n = 1"}), {3})).isOk());
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestExpectedRows::eachHasItsOwn()
{
    SessionHarness harness(config());
    const std::initializer_list<QByteArray> statements = {
        "UPDATE t SET n = 1 WHERE id = 1", "SELECT 1", "UPDATE t SET n = 2 WHERE id > 1",
        "INSERT INTO t VALUES (9, 9)"};
    const Answer &refused = harness.run(expecting(writing(statements), {1, -1, 1}));
    QCOMPARE(refused.errorId(), "write.otherRows"_ba);
    QCOMPARE(refused.statements.size(), 2U); // and the one after it was not run
    QVERIFY(refused.error().advice.contains(u"What ran before it"_s));
    QCOMPARE(sum(), "0"_ba);
    QVERIFY(harness.run(expecting(writing(statements), {1, -1, 2})).isOk());
    QCOMPARE(sum(), "14"_ba);
}

void TestExpectedRows::rowsOfOthersAreNoticed()
{
    SessionHarness harness(config());
    Connection other = m_database->connect();
    QCOMPARE(harness.run(guarded({"SELECT count(*) FROM t"})).onlyCell(), "3"_ba);
    other.exec("INSERT INTO t VALUES (4, 0)");
    const Answer &answer = harness.run(expecting(writing({"DELETE FROM t"}), {3}));
    QCOMPARE(answer.errorId(), "write.otherRows"_ba);
    QCOMPARE(m_database->value("SELECT count(*) FROM t"), "4"_ba);
}

/// A pooler's other clients wait for each of them.
void TestExpectedRows::costsNoRoundTrip()
{
    QFETCH(bool, pooled);
    FaultProxy proxy(pooled ? m_pooler->port() : m_database->facts().port);
    SessionHarness harness(
        {.keywords = m_database->keywords(Role::Plain, proxy.port()), .pooled = pooled});
    QVERIFY(harness.run(writing({"UPDATE t SET n = 1"})).isOk());
    for (const qint64 expected : {3, 2}) { // right, and not
        proxy.resetCounts();
        const Answer &answer = harness.run(expecting(writing({"UPDATE t SET n = 2"}), {expected}));
        QCOMPARE(answer.isOk(), expected == 3);
        QCOMPARE(proxy.roundTrips(), 3);
    }
}

void TestExpectedRows::poolerKeepsItsServer()
{
    SessionHarness harness({.keywords = m_pooler->keywords(), .pooled = true});
    Connection neighbour = m_pooler->connect();
    const int pid = neighbour.backendPid();
    const Answer &answer = harness.run(
        expecting(writing({"SELECT pg_advisory_lock(5)", "UPDATE t SET n = 1"}), {-1, 2}));
    QCOMPARE(answer.errorId(), "write.otherRows"_ba);
    QCOMPARE(neighbour.backendPid(), pid);
    QCOMPARE(neighbour.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid ="
                             " pg_backend_pid()"),
             "0"_ba);
    QCOMPARE(neighbour.value("SELECT sum(n) FROM t"), "0"_ba);
}

/// What was told cannot be committed unseen: it is not in the transaction any more.
void TestExpectedRows::openTransactionIsAsBefore()
{
    SessionHarness harness(direct());
    QVERIFY(harness.run(plain({"BEGIN", "UPDATE t SET n = 10 WHERE id = 1"})).isOk());
    const TransactionNumber number = harness.session().heldState().number;
    const Answer &answer =
        harness.run(expecting(within(harness, {"UPDATE t SET n = 1", "COMMIT"}), {2}));
    QCOMPARE(answer.errorId(), "write.otherRows"_ba);
    QVERIFY(answer.error().advice.contains(u"the open transaction is as it was before it"_s));
    QVERIFY(answer.statements.empty());
    QCOMPARE(harness.session().heldState().transaction, Transaction::Open);
    QCOMPARE(harness.session().heldState().number, number);
    QCOMPARE(harness.session().heldState().statements, 1);
    QCOMPARE(sum(), "0"_ba); // nothing was committed
    QVERIFY(harness.run(within(harness, {"COMMIT"})).isOk());
    QCOMPARE(sum(), "10"_ba);
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestExpectedRows::openTransactionMayGoOn()
{
    SessionHarness harness(direct());
    QVERIFY(harness.run(plain({"BEGIN", "SAVEPOINT mine", "INSERT INTO t VALUES (4, 0)"})).isOk());
    // What only the transaction sees counts.
    QVERIFY(harness.run(expecting(within(harness, {"UPDATE t SET n = 1"}), {4})).isOk());
    QCOMPARE(harness.session().heldState().statements, 3);
    // Nothing of ours is left in it.
    QCOMPARE(harness.run(within(harness, {"RELEASE SAVEPOINT sluice_hold"})).errorId(),
             "server.3B001"_ba);
    QVERIFY(harness.run(within(harness, {"ROLLBACK TO mine", "COMMIT"})).isOk());
    QCOMPARE(sum(), "0"_ba);
}

void TestExpectedRows::errorFailsTheTransactionAsEver()
{
    SessionHarness harness(direct());
    QVERIFY(harness.run(plain({"BEGIN"})).isOk());
    const Answer &answer = harness.run(expecting(within(harness, {"UPDATE t SET n = 1/0"}), {3}));
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QCOMPARE(harness.session().heldState().transaction, Transaction::Failed);
    QVERIFY(harness.run(within(harness, {"ROLLBACK"})).isOk());
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestExpectedRows::commitInTheSameRunIsNotReached()
{
    SessionHarness harness(direct());
    const Answer &answer =
        harness.run(expecting(plain({"BEGIN", "DELETE FROM t", "COMMIT"}), {-1, 2}));
    QCOMPARE(answer.errorId(), "write.otherRows"_ba);
    QCOMPARE(harness.session().heldState().transaction, Transaction::Open);
    QVERIFY(harness.run(within(harness, {"COMMIT"})).isOk());
    QCOMPARE(m_database->value("SELECT count(*) FROM t"), "3"_ba);
}

void TestExpectedRows::typedTextHasATransactionForIt_data()
{
    QTest::addColumn<qint64>("expected");
    QTest::addColumn<QByteArray>("sum");
    QTest::newRow("right") << qint64(3) << "3"_ba;
    QTest::newRow("other") << qint64(2) << "0"_ba;
}

/// In autocommit, with what keeps state in the session beside it.
void TestExpectedRows::typedTextHasATransactionForIt()
{
    QFETCH(qint64, expected);
    SessionHarness harness(direct());
    const Answer &answer = harness.run(expecting(
        plain({"SET work_mem = '1MB'", "UPDATE t SET n = 1", "SELECT 1"}), {-1, expected}));
    QCOMPARE(answer.errorId(), expected == 3 ? QByteArray() : "write.otherRows"_ba);
    QCOMPARE(answer.statements.size(), expected == 3 ? 3U : 1U);
    QCOMPARE(answer.error().advice.contains(u"what ran before it is kept"_s), expected != 3);
    QTEST(sum(), "sum");
    QVERIFY(!harness.session().heldState().inTransaction());
    QCOMPARE(harness.session().heldState().settings, QStringList{u"work_mem"_s});
}

void TestExpectedRows::deferredConstraintIsAnErrorOfIt()
{
    SessionHarness harness(direct());
    const Answer &answer =
        harness.run(expecting(plain({"INSERT INTO t VALUES (8, 8), (8, 8)"}), {2}));
    QCOMPARE(answer.errorId(), "server.23505"_ba);
    QVERIFY(answer.statements.empty());
    QVERIFY(harness.session().heldState().isEmpty());
    QCOMPARE(m_database->value("SELECT count(*) FROM t"), "3"_ba);
}

void TestExpectedRows::cancelledLeavesNothing()
{
    SessionHarness harness(direct());
    const Serial serial =
        harness.send(expecting(plain({"UPDATE t SET n = 1 WHERE pg_sleep(100) IS NOT NULL"}), {3}));
    QTRY_COMPARE(m_database->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE wait_event ="
                                        " 'PgSleep' AND datname = current_database()"),
                 "1"_ba);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(sum(), "0"_ba);
    QVERIFY(harness.session().heldState().isEmpty());
    QVERIFY(harness.run(plain({"UPDATE t SET n = 2"})).isOk());
    QCOMPARE(sum(), "6"_ba);
}

/// A look from within a person's transaction, for what only that sees.
void TestExpectedRows::ownReadsLeaveNothing()
{
    SessionHarness harness(direct());
    QVERIFY(harness.run(plain({"BEGIN", "DELETE FROM t WHERE id = 1"})).isOk());
    const HeldState before = harness.session().heldState();
    RequestSpec look = within(harness, {"SELECT count(*) FROM t"});
    look.statements[0].leavesNothing = true;
    QCOMPARE(harness.run(look).onlyCell(), "2"_ba);
    QCOMPARE(harness.session().heldState(), before);
    // Not even its failure, and whatever it has changed.
    for (const QByteArray &sql :
         {"SELECT 1/0"_ba, "SELECT * FROM nowhere"_ba, "DELETE FROM t"_ba}) {
        look.statements[0].sql = sql;
        (void)harness.run(look);
        QCOMPARE(harness.session().heldState(), before);
    }
    look.statements[0].sql = "SELECT nextval('s')"_ba;
    QCOMPARE(harness.run(look).errorId(), "transaction.readOnly"_ba);
    QVERIFY(harness.run(within(harness, {"INSERT INTO t VALUES (7, 7)", "COMMIT"})).isOk());
    QCOMPARE(m_database->value("SELECT count(*) FROM t"), "3"_ba);
}

QTEST_GUILESS_MAIN(TestExpectedRows)
#include "tst_expectedrows.moc"
