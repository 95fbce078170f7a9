// SPDX-License-Identifier: GPL-3.0-or-later
// How rows become chunks: few at a time from libpq, gathered again, never held back for long.
#include "tests/core/session/sessionharness.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionRows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }

    void smallReadsMakeFullChunks_data() { frames(); }
    void smallReadsMakeFullChunks();
    void wideRowsMakeSmallChunks_data() { frames(); }
    void wideRowsMakeSmallChunks();
    void slowRowsAreNotHeldBack_data() { frames(); }
    void slowRowsAreNotHeldBack();
    void slowLinesAreNotHeldBack();
    void rowsBeforeAnErrorStay_data() { frames(); }
    void rowsBeforeAnErrorStay();
    void rowsBeforeALostConnectionStay();
    void heldRowsWaitForCredits();
    void rowsWithoutColumns_data() { frames(); }
    void rowsWithoutColumns();

private:
    void frames()
    {
        QTest::addColumn<Frame>("frame");
        QTest::newRow("pipelined") << Frame::Pipelined;
        QTest::newRow("guarded") << Frame::Guarded;
    }
    [[nodiscard]] static RequestSpec inEights(Frame frame, const QByteArray &sql)
    {
        RequestSpec spec = frame == Frame::Guarded ? guarded({sql}) : pipelined({sql});
        spec.rowsPerRead = 8;
        spec.statementTimeout = 0ms;
        return spec;
    }
    [[nodiscard]] SessionConfig config() { return {.keywords = m_database->keywords(Role::Plain)}; }

    std::optional<TestDatabase> m_database;
};

// The server hands its buffer to the network when it holds 8 KiB; these rows fill it now and then.
constexpr const char *fortyThenNothing =
    "SELECT g, repeat('x', 3000), pg_sleep(CASE WHEN g > 40 THEN 600 ELSE 0 END) "
    "FROM generate_series(1, 50) g";

void TestSessionRows::smallReadsMakeFullChunks()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    const Answer &answer = harness.run(inEights(frame, "SELECT generate_series(1, 100000)"));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.rowCount(), 100'000);
    QCOMPARE(answer.rows().last(), "100000"_ba);
    for (const ChunkPtr &chunk : answer.chunks)
        QVERIFY(chunk->rowCount() <= 256);
    QCOMPARE(std::ranges::max(answer.chunks, {}, &Chunk::rowCount)->rowCount(), 256);
}

void TestSessionRows::wideRowsMakeSmallChunks()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    RequestSpec spec = inEights(frame, "SELECT repeat('x', 100000) FROM generate_series(1, 64)");
    for (const int rowsPerRead : {1, 8, 0}) {
        spec.rowsPerRead = rowsPerRead;
        const Answer &answer = harness.run(spec);
        QVERIFY(answer.isOk());
        QCOMPARE(answer.rowCount(), 64);
        // A chunk is full with the row that takes it beyond a quarter of a megabyte.
        for (const ChunkPtr &chunk : answer.chunks)
            QVERIFY(chunk->rowCount() <= 3);
    }
}

void TestSessionRows::slowRowsAreNotHeldBack()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    const Serial serial = harness.send(inEights(frame, fortyThenNothing));
    // All that libpq has got whole, far from a full chunk, while the next row takes ten minutes.
    QTRY_VERIFY(harness.answer(serial).rowCount() >= 32);
    QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
}

void TestSessionRows::slowLinesAreNotHeldBack()
{
    SessionHarness harness(config());
    const QByteArray sql = fortyThenNothing;
    const Serial serial = harness.send(guarded({"COPY (" + sql + ") TO STDOUT"}));
    QTRY_VERIFY(harness.answer(serial).rowCount() >= 32);
    QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
}

void TestSessionRows::rowsBeforeAnErrorStay()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(inEights(frame, "SELECT 1/(g-45) FROM generate_series(1, 50) g"));
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QCOMPARE(answer.rowCount(), 40); // libpq drops what it has not handed out
    QCOMPARE(answer.finished, 1);
}

void TestSessionRows::rowsBeforeALostConnectionStay()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(inEights(Frame::Guarded, fortyThenNothing));
    QTRY_VERIFY(harness.answer(serial).rowCount() >= 32);
    const qint64 rows = harness.answer(serial).rowCount();
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE application_name = 'sluice' AND wait_event = 'PgSleep'");
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "connection.shuttingDown"_ba);
    QVERIFY(harness.answer(serial).error().sessionLost);
    QVERIFY(harness.answer(serial).rowCount() >= rows);
}

void TestSessionRows::heldRowsWaitForCredits()
{
    SessionHarness harness(config());
    RequestSpec spec = inEights(Frame::Guarded, "SELECT generate_series(1, 20)");
    spec.rowsPerChunk = 10;
    spec.credits = 1;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 1U);
    while (harness.answer(serial).rowCount() < 20) {
        const std::size_t here = harness.answer(serial).chunks.size();
        QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
        harness.session().grant(serial, 1);
        QTRY_COMPARE(harness.answer(serial).chunks.size(), here + 1);
    }
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).isOk());
    QCOMPARE(harness.answer(serial).rows().last(), "20"_ba);
}

void TestSessionRows::rowsWithoutColumns()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    const Answer &answer = harness.run(inEights(frame, "SELECT FROM generate_series(1, 20)"));
    QVERIFY(answer.isOk());
    QCOMPARE(answer.rowCount(), 20);
}

QTEST_GUILESS_MAIN(TestSessionRows)
#include "tst_sessionrows.moc"
