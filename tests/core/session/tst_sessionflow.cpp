// SPDX-License-Identifier: GPL-3.0-or-later
// Much data: credits, huge cells, COPY, floods of notices.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionFlow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }

    void withoutCreditsTheServerWaits();
    void eachGrantIsAChunk_data() { frames(); }
    void eachGrantIsAChunk();
    void endsWithTheLastCredit();
    void grantedFromASlot();
    void millionRows();
    void hugeCellIsRefused_data() { frames(); }
    void hugeCellIsRefused();
    void hugeCellArrivesWhenAsked();
    void noticesAreCountedBeyondAThousand();
    void noticesKeepTheirPlace();
    void notificationsAreDrained();
    void copyToStdout_data();
    void copyToStdout();
    void copyHasCreditsAndChunks();
    void copyThatFails();
    void copyBinaryIsBytes();
    void copyIsNotForPipelines();

private:
    void frames()
    {
        QTest::addColumn<Frame>("frame");
        QTest::newRow("pipelined") << Frame::Pipelined;
        QTest::newRow("guarded") << Frame::Guarded;
    }
    [[nodiscard]] RequestSpec inFrame(std::initializer_list<QByteArray> statements)
    {
        QFETCH(Frame, frame);
        return frame == Frame::Guarded ? guarded(statements) : pipelined(statements);
    }
    [[nodiscard]] SessionConfig config(quint16 port = 0)
    {
        return {.keywords = m_database->keywords(Role::Plain, port)};
    }
    [[nodiscard]] bool serverWaits()
    {
        return m_database->value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = "
                                 "'ClientWrite' AND datname = current_database()")
               == "1";
    }

    std::optional<TestDatabase> m_database;
};

void TestSessionFlow::withoutCreditsTheServerWaits()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    RequestSpec spec = guarded({"SELECT repeat('x', 1000), generate_series(1, 1000000000)"});
    spec.credits = 4;
    spec.statementTimeout = 0ms;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 4U);
    QTRY_VERIFY(serverWaits());
    // 1 MB was handed out; the rest of what passed is in the buffers of the sockets.
    const qint64 passed = proxy.bytes(Direction::ToClient);
    QVERIFY2(passed < 32'000'000, qPrintable(QString::number(passed)));
    QVERIFY(serverWaits());
    QCOMPARE(harness.answer(serial).chunks.size(), 4U);
    QCOMPARE(proxy.bytes(Direction::ToClient), passed);
    harness.session().grant(serial, 2);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 6U);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).rowCount(), 6 * 256);
}

void TestSessionFlow::eachGrantIsAChunk()
{
    SessionHarness harness(config());
    RequestSpec spec = inFrame({"SELECT generate_series(1, 45)"});
    spec.rowsPerChunk = 10;
    spec.credits = 0;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.log().count(u"columns"_s), 1);
    for (std::size_t granted = 1; granted <= 5; ++granted) {
        QCOMPARE(harness.answer(serial).chunks.size(), granted - 1);
        QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
        harness.session().grant(serial, 1);
        QTRY_COMPARE(harness.answer(serial).chunks.size(), granted);
    }
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).rowCount(), 45);
    QCOMPARE(harness.answer(serial).rows().last(), "45"_ba);
}

void TestSessionFlow::endsWithTheLastCredit()
{
    // Nobody has to grant more to hear that there is no more.
    SessionHarness harness(config());
    RequestSpec spec = guarded({"SELECT generate_series(1, 40)"});
    spec.rowsPerChunk = 10;
    spec.credits = 4;
    QVERIFY(harness.run(spec).isOk());
}

void TestSessionFlow::grantedFromASlot()
{
    SessionHarness harness(config());
    harness.onChunk = [&](Serial serial) { harness.session().grant(serial, 1); };
    RequestSpec spec = pipelined({"SELECT generate_series(1, 10000)"});
    spec.rowsPerChunk = 7;
    spec.credits = 1;
    const Answer &answer = harness.run(spec);
    QVERIFY(answer.isOk());
    QCOMPARE(answer.rowCount(), 10000);
}

void TestSessionFlow::millionRows()
{
    SessionHarness harness(config());
    qint64 rows = 0;
    qint64 sum = 0;
    QObject::connect(&harness.session(), &Session::chunkReady, &harness.log(),
                     [&](Serial, int, const ChunkPtr &chunk) {
                         rows += chunk->rowCount();
                         for (int row = 0; row < chunk->rowCount(); ++row)
                             sum += chunk->cell(row, 0).toLongLong();
                     });
    RequestSpec spec = pipelined({"SELECT g, 'row ' || g, g * 1.5, NULL, now() "
                                  "FROM generate_series(1, 1000000) g"});
    spec.statementTimeout = 0ms;
    QVERIFY(harness.run(spec).isOk());
    QCOMPARE(rows, 1'000'000);
    QCOMPARE(sum, 500'000'500'000);
}

void TestSessionFlow::hugeCellIsRefused()
{
    SessionHarness harness(config());
    RequestSpec spec = inFrame({"SELECT g, repeat('x', CASE WHEN g = 13 THEN 100000000 ELSE 3 END) "
                                "FROM generate_series(1, 20) g",
                                "SELECT 2"});
    spec.rowsPerChunk = 4;
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "result.cellTooBig"_ba);
    QVERIFY(answer.error().message.contains(u"95.37"_s)); // its size, MiB
    QVERIFY(answer.error().message.contains(u"13"_s));
    QCOMPARE(answer.rowCount(), 12); // what was before it
    QCOMPARE(answer.finished, 1);
    QCOMPARE(harness.run(inFrame({"SELECT 3"})).onlyCell(), "3"_ba);
}

void TestSessionFlow::hugeCellArrivesWhenAsked()
{
    SessionHarness harness(config());
    RequestSpec spec = pipelined({"SELECT repeat('x', 100000000)"});
    spec.largestCell = 0;
    const Answer &answer = harness.run(spec);
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.chunks.at(0)->cell(0, 0).size(), 100'000'000);
}

void TestSessionFlow::noticesAreCountedBeyondAThousand()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(guarded({"DO $$ BEGIN FOR i IN 1..100000 LOOP "
                                                "RAISE NOTICE 'n %', i; END LOOP; END $$"}));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.notices.size(), 1000);
    QCOMPARE(answer.notices.first().message, u"n 1"_s);
    QCOMPARE(answer.notices.last().message, u"n 1000"_s);
    QCOMPARE(answer.noticesDropped, 99'000);
}

void TestSessionFlow::noticesKeepTheirPlace()
{
    SessionHarness harness(config());
    QObject::connect(&harness.session(), &Session::noticesReceived, &harness.log(),
                     [&harness] { harness.log().add(u"notices"_s); });
    const Answer &answer =
        harness.run(guarded({"SELECT 1", "DO $$ BEGIN RAISE WARNING 'x'; END $$", "SELECT 2"}));
    QVERIFY(answer.isOk());
    QCOMPARE(harness.log().text(), u"started, connected, columns, chunk, statement, notices, "
                                   "statement, columns, chunk, statement, finished"_s);
    QCOMPARE(answer.notices.at(0).severity, u"WARNING"_s);
}

void TestSessionFlow::notificationsAreDrained()
{
    // LISTEN does not outlive a frame that rolls back; what arrives regardless must do no harm.
    SessionHarness harness(config());
    const Serial serial = harness.send(guarded({"LISTEN noise", "SELECT pg_sleep(0.1)"}));
    m_database->exec("NOTIFY noise, 'x'");
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).isOk());
    QCOMPARE(harness.run(guarded({"SELECT count(*) FROM pg_listening_channels()"})).onlyCell(),
             "0"_ba);
}

void TestSessionFlow::copyToStdout_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArrayList>("lines");
    QTest::newRow("text") << ""_ba << QByteArrayList{"1\ta\\nb", "2\t\\N"};
    QTest::newRow("csv") << " WITH (FORMAT csv, HEADER)"_ba
                         << QByteArrayList{"n,t", "1,\"a\nb\"", "2,"};
}

void TestSessionFlow::copyToStdout()
{
    QFETCH(QByteArray, options);
    QFETCH(QByteArrayList, lines);
    SessionHarness harness(config());
    const QByteArray query = "(VALUES (1, E'a\\nb'), (2, NULL)) v(n, t)";
    const Answer &answer = harness.run(
        guarded({"COPY (SELECT * FROM " + query + ") TO STDOUT" + options, "SELECT 7"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.columns.at(0).size(), 1U);
    QCOMPARE(answer.columns.at(0).at(0).name, u"copy"_s);
    QCOMPARE(answer.rows(), lines + QByteArrayList{"7"});
    QCOMPARE(answer.statements.at(0).commandTag, "COPY 2"_ba);
    QCOMPARE(answer.statements.at(0).rows, qint64(lines.size()));
}

void TestSessionFlow::copyHasCreditsAndChunks()
{
    SessionHarness harness(config());
    RequestSpec spec = guarded({"COPY (SELECT generate_series(1, 45)) TO STDOUT"});
    spec.rowsPerChunk = 10;
    spec.credits = 2;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 2U);
    harness.session().grant(serial, 1);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 3U);
    QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
    harness.session().grant(serial, 2);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).rowCount(), 45);
    QCOMPARE(harness.answer(serial).chunks.back()->rowCount(), 5);
}

void TestSessionFlow::copyThatFails()
{
    SessionHarness harness(config());
    RequestSpec spec = guarded({"COPY (SELECT 1/(g-35) FROM generate_series(1, 45) g) TO STDOUT"});
    spec.rowsPerChunk = 10;
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QCOMPARE(answer.rowCount(), 34);
    QCOMPARE(harness.run(guarded({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionFlow::copyBinaryIsBytes()
{
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(guarded({"COPY (SELECT 10::int) TO STDOUT WITH (FORMAT binary)"}));
    QVERIFY(answer.isOk());
    QByteArray bytes;
    for (const QByteArray &row : answer.rows())
        bytes += row;
    Connection plain = m_database->connect();
    QCOMPARE(bytes, plain.copyOut("COPY (SELECT 10::int) TO STDOUT WITH (FORMAT binary)"));
}

void TestSessionFlow::copyIsNotForPipelines()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(pipelined({"COPY (SELECT 1) TO STDOUT"}));
    QCOMPARE(answer.errorId(), "copy.unsupported"_ba);
    QVERIFY(answer.error().sessionLost);
    QCOMPARE(harness.run(pipelined({"SELECT 2"})).onlyCell(), "2"_ba);
}

QTEST_GUILESS_MAIN(TestSessionFlow)
#include "tst_sessionflow.moc"
