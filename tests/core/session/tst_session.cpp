// SPDX-License-Identifier: GPL-3.0-or-later
// What both frames do with every kind of statement and result, and how many round trips they cost.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }

    void logOfOneRequest_data() { frames(); }
    void logOfOneRequest();
    void roundTrips();
    void failureCostsOneMoreRoundTrip();
    void severalStatementsShareASnapshot();
    void parametersAndTypes();
    void settingsAreLocal();
    void exportedSnapshot();
    void stopsAtTheFirstError_data() { frames(); }
    void stopsAtTheFirstError();
    void statementsWithoutRows_data() { frames(); }
    void statementsWithoutRows();
    void rowsWithoutColumns_data() { frames(); }
    void rowsWithoutColumns();
    void widestResult();
    void tableOf1600Columns();
    void columnsAreDescribed();
    void nullIsNotEmpty();
    void bytesOfSqlAsciiPassThrough();
    void chunksHaveTheAskedSize_data();
    void chunksHaveTheAskedSize();
    void readOnlyInBothFrames_data() { frames(); }
    void readOnlyInBothFrames();
    void openTellsTheServer();
    void requestsRunInOrder();
    void sentFromASlot();
    void badSettingIsAnError_data() { frames(); }
    void badSettingIsAnError();
    void secondStatementInOneTextIsRefused_data() { frames(); }
    void secondStatementInOneTextIsRefused();
    void errorKeepsItsPosition();

private:
    void frames()
    {
        QTest::addColumn<Frame>("frame");
        QTest::newRow("pipelined") << Frame::Pipelined;
        QTest::newRow("guarded") << Frame::Guarded;
    }
    [[nodiscard]] SessionConfig config(quint16 port = 0)
    {
        return {.keywords = m_database->keywords(Role::Plain, port)};
    }
    [[nodiscard]] RequestSpec inFrame(std::initializer_list<QByteArray> statements)
    {
        QFETCH(Frame, frame);
        return frame == Frame::Guarded ? guarded(statements) : pipelined(statements);
    }

    std::optional<TestDatabase> m_database;
};

void TestSession::logOfOneRequest()
{
    SessionHarness harness(config());
    RequestSpec spec = inFrame({"SELECT 1", "SELECT g FROM generate_series(1, 600) g"});
    const Answer &answer = harness.run(spec);
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(
        harness.log().text(),
        u"started, connected, columns, chunk, statement, columns, chunk ×3, statement, finished"_s);
    QCOMPARE(answer.finished, 1);
    QCOMPARE(answer.rowCount(), 601);
    QCOMPARE(answer.statements.at(0).commandTag, "SELECT 1"_ba);
    QCOMPARE(answer.statements.at(1).commandTag, "SELECT 600"_ba);
    QCOMPARE(answer.statements.at(1).rows, 600);
    QCOMPARE(answer.outcome->value().statements, answer.statements);
    QVERIFY(answer.outcome->value().backendPid > 0);
    QCOMPARE(harness.session().state(), SessionState::Idle);
}

void TestSession::roundTrips()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    harness.run(pipelined({"SELECT 1"}));

    proxy.resetCounts();
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    QCOMPARE(proxy.roundTrips(), 1);

    proxy.resetCounts();
    QVERIFY(harness.run(pipelined({"SELECT 1", "SELECT 2", "SELECT 3"})).isOk());
    QCOMPARE(proxy.roundTrips(), 1);

    proxy.resetCounts();
    QVERIFY(harness.run(guarded({"SELECT 1"})).isOk());
    QCOMPARE(proxy.roundTrips(), 3); // opening, statement, closing
    QCOMPARE(proxy.connections(), 0);
}

void TestSession::failureCostsOneMoreRoundTrip()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    harness.run(pipelined({"SELECT 1"}));
    proxy.resetCounts();
    QCOMPARE(harness.run(pipelined({"SELECT 1/0"})).errorId(), "server.22012"_ba);
    QCOMPARE(proxy.roundTrips(), 2); // the pipeline, then ROLLBACK
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    QCOMPARE(proxy.connections(), 0);
}

void TestSession::severalStatementsShareASnapshot()
{
    m_database->exec("CREATE TABLE moving (n int)");
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(guarded({"SELECT count(*) FROM moving", "SELECT pg_current_snapshot()",
                             "SELECT pg_current_snapshot()"}));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.rows().at(1), answer.rows().at(2));
}

void TestSession::parametersAndTypes()
{
    SessionHarness harness(config());
    RequestSpec spec;
    spec.statements.push_back({.sql = "SELECT $1, $2::int + 1, $3, pg_typeof($3)::text"_ba,
                               .parameters = {"a'b\\"_ba, "41"_ba, std::nullopt},
                               .parameterTypes = {core::Oid{25}, core::Oid{}, core::Oid{1184}}});
    QCOMPARE(harness.run(spec).onlyCell(), "a'b\\|42|\\N|timestamp with time zone"_ba);
}

void TestSession::settingsAreLocal()
{
    SessionHarness harness(config());
    RequestSpec spec = pipelined({"SELECT current_setting('DateStyle'), "
                                  "current_setting('statement_timeout'), "
                                  "current_setting('lock_timeout'), "
                                  "current_setting('idle_in_transaction_session_timeout')"});
    spec.settings = {{"DateStyle"_ba, "German"_ba}};
    spec.statementTimeout = std::chrono::milliseconds(4321);
    for (const Frame frame : {Frame::Pipelined, Frame::Guarded}) {
        spec.frame = frame;
        QCOMPARE(harness.run(spec).onlyCell(), "German, DMY|4321ms|3s|1min"_ba);
        spec.settings.clear();
        QVERIFY(harness.run(spec).onlyCell().startsWith("ISO, "));
        spec.settings = {{"DateStyle"_ba, "German"_ba}};
    }
}

void TestSession::exportedSnapshot()
{
    m_database->exec("CREATE TABLE seen AS SELECT 1 AS n");
    Connection other = m_database->connect();
    other.exec("BEGIN ISOLATION LEVEL REPEATABLE READ");
    RequestSpec spec = pipelined({"SELECT count(*) FROM seen"});
    spec.snapshot = other.value("SELECT pg_export_snapshot()");
    spec.repeatableRead = true;
    m_database->exec("INSERT INTO seen VALUES (2)");
    SessionHarness harness(config());
    QCOMPARE(harness.run(spec).onlyCell(), "1"_ba);
    spec.frame = Frame::Guarded;
    QCOMPARE(harness.run(spec).onlyCell(), "1"_ba);
    spec.snapshot.clear();
    QCOMPARE(harness.run(spec).onlyCell(), "2"_ba);
    spec.snapshot = "no'such"_ba;
    QCOMPARE(harness.run(spec).errorId(), "server.22023"_ba);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
}

void TestSession::stopsAtTheFirstError()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(
        inFrame({"SELECT 1", "SELECT g, 1/(g-500) FROM generate_series(1, 900) g", "SELECT 3"}));
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QVERIFY(!answer.error().sessionLost);
    QCOMPARE(answer.error().kind, ErrorKind::Server);
    // Rows before the error stay: the first statement's, and whole chunks of the second.
    QCOMPARE(harness.log().text(),
             u"started, connected, columns, chunk, statement, columns, chunk, server.22012"_s);
    QCOMPARE(answer.rowCount(), 1 + 256);
    QCOMPARE(harness.session().state(), SessionState::Idle);
    QCOMPARE(harness.run(inFrame({"SELECT 4"})).onlyCell(), "4"_ba);
}

void TestSession::statementsWithoutRows()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(inFrame({"", "  -- nothing", "SET LOCAL work_mem = '8MB'",
                                                "SHOW work_mem", "SELECT 1 WHERE false"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.statements.size(), 5U);
    QCOMPARE(answer.statements.at(0).commandTag, ""_ba);
    QCOMPARE(answer.statements.at(1).commandTag, ""_ba);
    QCOMPARE(answer.statements.at(2).commandTag, "SET"_ba);
    QCOMPARE(answer.statements.at(3).commandTag, "SHOW"_ba);
    QCOMPARE(answer.statements.at(4).commandTag, "SELECT 0"_ba);
    QCOMPARE(answer.rows(), QByteArrayList({"8MB"}));
    QCOMPARE(answer.columns.size(), 2U); // of SHOW and of the SELECT without rows
}

void TestSession::rowsWithoutColumns()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(inFrame({"SELECT FROM generate_series(1, 700)"}));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.columns.size(), 1U);
    QVERIFY(answer.columns.at(0).empty());
    QCOMPARE(answer.rowCount(), 700);
    QCOMPARE(answer.statements.at(0).rows, 700);
}

void TestSession::widestResult()
{
    QByteArrayList columns;
    for (int i = 1; i <= 1664; ++i)
        columns << QByteArray::number(i);
    SessionHarness harness(config());
    const Answer &answer = harness.run(guarded({"SELECT " + columns.join(',')}));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.columns.at(0).size(), 1664U);
    QCOMPARE(answer.onlyCell(), columns.join('|'));
    QCOMPARE(harness.run(guarded({"SELECT 0," + columns.join(',')})).errorId(), "server.54011"_ba);
}

void TestSession::tableOf1600Columns()
{
    QByteArrayList columns;
    for (int i = 1; i <= 1600; ++i)
        columns << "c" + QByteArray::number(i) + " int";
    m_database->exec("CREATE TABLE wide (" + columns.join(',') + ")");
    m_database->exec("INSERT INTO wide (c1, c1600) SELECT g, -g FROM generate_series(1, 300) g");
    SessionHarness harness(config());
    const Answer &answer = harness.run(pipelined({"SELECT * FROM wide"}));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.rowCount(), 300);
    QCOMPARE(answer.chunks.back()->cell(43, 1599).toByteArray(), "-300"_ba);
    QVERIFY(answer.chunks.back()->isNull(43, 1598));
}

void TestSession::columnsAreDescribed()
{
    m_database->exec("CREATE TABLE described (a int, \"Ünïcode \"\"q\"\"\" varchar(7))");
    const QByteArray oid = m_database->value("SELECT 'described'::regclass::oid");
    SessionHarness harness(config());
    const Answer &answer = harness.run(pipelined({"SELECT *, 1.5 AS a FROM described"}));
    const Columns expected = {
        {.name = u"a"_s,
         .type = core::Oid{23},
         .table = core::Oid{oid.toUInt()},
         .tableColumn = 1,
         .typeLength = 4},
        {.name = u"Ünïcode \"q\""_s,
         .type = core::Oid{1043},
         .typeModifier = 11,
         .table = core::Oid{oid.toUInt()},
         .tableColumn = 2},
        {.name = u"a"_s, .type = core::Oid{1700}},
    };
    QVERIFY(answer.columns.at(0) == expected);
}

void TestSession::nullIsNotEmpty()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(pipelined({"SELECT NULL::text, ''::text, NULL::int"}));
    const ChunkPtr chunk = answer.chunks.at(0);
    QVERIFY(chunk->isNull(0, 0));
    QVERIFY(!chunk->isNull(0, 1));
    QVERIFY(chunk->cell(0, 1).isEmpty());
    QVERIFY(chunk->isNull(0, 2));
}

void TestSession::bytesOfSqlAsciiPassThrough()
{
    const TestDatabase ascii({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    SessionHarness harness({.keywords = ascii.keywords()});
    const Answer &answer =
        harness.run(pipelined({"SELECT E'caf\\xe9'::text, E'\\xff\\xfe'::text"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.onlyCell(), "caf\xe9|\xff\xfe"_ba);
    QCOMPARE(harness.session().serverInfo().serverEncoding, "SQL_ASCII"_ba);
}

void TestSession::chunksHaveTheAskedSize_data()
{
    QTest::addColumn<int>("rowsPerChunk");
    QTest::addColumn<int>("rows");
    QTest::addColumn<QList<int>>("sizes");
    QTest::newRow("one by one") << 1 << 3 << QList<int>{1, 1, 1};
    QTest::newRow("exact") << 4 << 8 << QList<int>{4, 4};
    QTest::newRow("with a rest") << 4 << 9 << QList<int>{4, 4, 1};
    QTest::newRow("one more than asked") << 8 << 9 << QList<int>{8, 1};
    QTest::newRow("none") << 8 << 0 << QList<int>{};
}

void TestSession::chunksHaveTheAskedSize()
{
    QFETCH(int, rowsPerChunk);
    QFETCH(int, rows);
    QFETCH(QList<int>, sizes);
    SessionHarness harness(config());
    RequestSpec spec = pipelined({"SELECT generate_series(1, " + QByteArray::number(rows) + ")"});
    spec.rowsPerChunk = rowsPerChunk;
    for (const Frame frame : {Frame::Pipelined, Frame::Guarded}) {
        spec.frame = frame;
        const Answer &answer = harness.run(spec);
        QList<int> found;
        for (const ChunkPtr &chunk : answer.chunks)
            found << chunk->rowCount();
        QCOMPARE(found, sizes);
    }
}

void TestSession::readOnlyInBothFrames()
{
    m_database->exec("CREATE TABLE IF NOT EXISTS kept (n int)");
    SessionHarness harness(config());
    QCOMPARE(harness.run(inFrame({"INSERT INTO kept VALUES (1)"})).errorId(),
             "transaction.readOnly"_ba);
    QCOMPARE(harness.run(inFrame({"SET TRANSACTION READ WRITE", "INSERT INTO kept VALUES (1)"}))
                 .errorId(),
             "server.25001"_ba);
    QCOMPARE(m_database->value("SELECT count(*) FROM kept"), "0"_ba);
}

void TestSession::openTellsTheServer()
{
    SessionHarness harness(config());
    harness.session().open();
    QTRY_COMPARE(harness.log().text(), u"connected"_s);
    const ServerInfo &info = harness.session().serverInfo();
    QVERIFY(info.version >= 170000);
    QVERIFY(info.versionText.startsWith("17"));
    QVERIFY(info.backendPid > 0);
    QCOMPARE(info.backendPid, info.announcedPid);
    QVERIFY(!info.inRecovery);
    QVERIFY(!info.superuser);
    QCOMPARE(info.serverEncoding, "UTF8"_ba);
    QVERIFY(!info.timeZone.isEmpty());
    QVERIFY(info.dateStyle.startsWith("ISO"));

    SessionHarness super({.keywords = m_database->keywords(Role::Super)});
    QCOMPARE(super.run(pipelined({"SELECT 1"})).onlyCell(), "1"_ba);
    QVERIFY(super.session().serverInfo().superuser);
}

void TestSession::requestsRunInOrder()
{
    SessionHarness harness(config());
    std::vector<Serial> sent;
    for (int i = 0; i < 20; ++i) {
        const QByteArray sql = "SELECT " + QByteArray::number(i);
        sent.push_back(harness.send(i % 2 == 0 ? pipelined({sql}) : guarded({sql})));
    }
    QVERIFY(harness.wait(sent.back()));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(harness.answer(sent[std::size_t(i)]).onlyCell(), QByteArray::number(i));
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSession::sentFromASlot()
{
    SessionHarness harness(config());
    Serial second = {};
    const auto link = QObject::connect(&harness.session(), &Session::finished, &harness.log(), [&] {
        if (second == Serial{})
            second = harness.send(pipelined({"SELECT 2"}));
    });
    harness.run(guarded({"SELECT 1"}));
    QVERIFY(second != Serial{});
    QVERIFY(harness.wait(second));
    QCOMPARE(harness.answer(second).onlyCell(), "2"_ba);
    QObject::disconnect(link);
}

void TestSession::badSettingIsAnError()
{
    SessionHarness harness(config());
    RequestSpec spec = inFrame({"SELECT 1"});
    spec.settings = {{"no_such_setting"_ba, "1"_ba}};
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "server.42704"_ba);
    QVERIFY(answer.chunks.empty());
    spec.settings = {{"DateStyle"_ba, "n'o\\pe"_ba}};
    QCOMPARE(harness.run(spec).errorId(), "server.22023"_ba);
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSession::secondStatementInOneTextIsRefused()
{
    SessionHarness harness(config());
    QCOMPARE(harness.run(inFrame({"COMMIT; CREATE TABLE slipped (n int)"})).errorId(),
             "sql.syntax"_ba);
    QCOMPARE(m_database->value("SELECT to_regclass('slipped') IS NULL"), "t"_ba);
}

void TestSession::errorKeepsItsPosition()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(guarded({"SELECT 'é', oops"}));
    QCOMPARE(answer.errorId(), "column.missing"_ba);
    QCOMPARE(answer.error().position, 13);
    QVERIFY(answer.error().place.contains(m_database->name()));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
