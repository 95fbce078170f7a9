// SPDX-License-Identifier: GPL-3.0-or-later
// Rows on their way to readers of any pace.
#include "core/session/sessionthread.h"
#include "core/transfer/rowdelivery.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr qint64 mebi = qint64(1) * 1024 * 1024;

/// A pipe whose reader reads when it is told to.
class SlowReader
{
public:
    SlowReader()
    {
        if (::pipe2(m_ends.data(), O_CLOEXEC) != 0)
            qFatal("no pipe");
        ::fcntl(m_ends[0], F_SETFL, O_NONBLOCK);
    }
    ~SlowReader() { goAway(); }
    SlowReader(const SlowReader &) = delete;
    SlowReader &operator=(const SlowReader &) = delete;

    [[nodiscard]] ExportTarget target() const { return {.descriptor = m_ends[1]}; }
    /// Whether the writer has filled the pipe, and has to wait.
    [[nodiscard]] bool isFull() const
    {
        pollfd writable{m_ends[1], POLLOUT, 0};
        return ::poll(&writable, 1, 0) == 0;
    }
    /// Takes what is there.
    void read()
    {
        QByteArray piece(64 * 1024, Qt::Uninitialized);
        for (ssize_t got = 0;
             (got = ::read(m_ends[0], piece.data(), std::size_t(piece.size()))) > 0;)
            m_text += piece.first(got);
    }
    void goAway()
    {
        for (int &end : m_ends) {
            if (end >= 0)
                ::close(std::exchange(end, -1));
        }
    }
    void stopReading() { ::close(std::exchange(m_ends[0], -1)); }
    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    std::array<int, 2> m_ends{-1, -1};
    QByteArray m_text;
};

/// One request and its delivery, as the terminal program ties them together.
class Delivering : public QObject
{
public:
    Delivering(const ConnKeywords &keywords, bool pooled, const ExportTarget &target,
               const RowStore::Options &options)
        : m_session({.keywords = keywords, .pooled = pooled})
        , m_pooled(pooled)
        , rows(target, {ExportFormat::Tsv, {.header = false}},
               pooled ? std::optional(options) : std::nullopt)
    {
        connect(&rows, &RowDelivery::unwanted, this, [this] { request->cancel(); });
        connect(&rows, &RowDelivery::consumed, this,
                [this](int chunks) { request->grant(chunks); });
        connect(&rows, &RowDelivery::ended, this,
                [this](const Result<> &delivered) { ended = delivered; });
    }

    void run(std::initializer_list<QByteArray> statements)
    {
        RequestSpec spec;
        spec.frame = Frame::Guarded;
        spec.credits = m_pooled ? -1 : 8;
        spec.statementTimeout = std::chrono::milliseconds(0);
        for (const QByteArray &sql : statements)
            spec.statements.push_back({sql});
        request.reset(m_session.send(spec));
        connect(request.get(), &Request::columnsKnown, this,
                [this](int, const Columns &columns) { rows.begin(columns); });
        connect(request.get(), &Request::chunkReady, this, [this](int, const ChunkPtr &chunk) {
            received += chunk->rowCount();
            rows.append(chunk);
            mostWaiting = std::max(mostWaiting, rows.waitingBytes());
        });
        connect(request.get(), &Request::statementFinished, this, [this] { rows.endRows(); });
        connect(request.get(), &Request::finished, this, [this](const Result<Summary> &summary) {
            outcome = summary;
            rows.end();
        });
    }

private:
    SessionThread m_session;
    bool m_pooled;

public:
    RowDelivery rows;
    std::unique_ptr<Request> request;
    std::optional<Result<Summary>> outcome;
    std::optional<Result<>> ended;
    qint64 received = 0;
    qint64 mostWaiting = 0;
};

} // namespace

class TestRowDelivery : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void slowReaderGetsAll_data();
    void slowReaderGetsAll();
    void slowReaderOfManyStatements();
    void slowReaderStaysBounded();
    void fullDiskIsTheCap();
    void drainedIsGivenBack();
    void goneReaderIsNoError_data();
    void goneReaderIsNoError();
    void fullTargetIsAnError();
    void nobodyWaitsInItsDestructor();

private:
    [[nodiscard]] ConnKeywords keywords(bool pooled) const
    {
        return pooled ? m_pooler->keywords() : m_database->keywords();
    }
    [[nodiscard]] RowStore::Options options(qint64 memory, qint64 disk) const
    {
        return {.residentBytes = memory, .spillBytes = disk, .folder = m_folder.path()};
    }

    QTemporaryDir m_folder;
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::TestPooler> m_pooler;
};

namespace {

/// Streams, where FROM would first be gathered on the server; numbered, so that order shows.
QByteArray wideRows(int count)
{
    return "SELECT generate_series(1, " + QByteArray::number(count) + "), repeat('x', 1000)";
}

qint64 rowsInOrder(QByteArrayView text)
{
    qint64 rows = 0;
    for (qsizetype at = 0; at < text.size();) {
        const QByteArray expected = QByteArray::number(++rows) + '\t';
        const qsizetype end = text.indexOf('\n', at);
        if (!text.sliced(at).startsWith(expected) || end - at != expected.size() + 1000)
            return -rows;
        at = end + 1;
    }
    return rows;
}

} // namespace

void TestRowDelivery::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_pooler = std::make_unique<test::TestPooler>(*m_database);
}

void TestRowDelivery::slowReaderGetsAll_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::newRow("direct: the server waits") << false;
    QTest::newRow("pooled: the rows are kept") << true;
}

void TestRowDelivery::slowReaderGetsAll()
{
    QFETCH(const bool, pooled);
    constexpr int count = 40'000;
    SlowReader reader;
    Delivering delivering(keywords(pooled), pooled, reader.target(),
                          options(4 * mebi, 1024 * mebi));
    delivering.run({wideRows(count)});
    QTRY_VERIFY_WITH_TIMEOUT(reader.isFull(), 60'000);
    if (pooled)
        QTRY_VERIFY_WITH_TIMEOUT(delivering.outcome, 60'000); // though nobody has read a byte
    QCOMPARE(delivering.outcome.has_value(), pooled);
    QVERIFY(!delivering.ended);
    if (pooled) // what is kept goes to disk, on a worker
        QTRY_VERIFY_WITH_TIMEOUT(delivering.rows.spilledBytes() > 0, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT((reader.read(), delivering.ended.has_value()), 60'000);
    reader.read();
    QVERIFY(delivering.ended->has_value());
    QVERIFY(delivering.outcome->has_value());
    QCOMPARE(rowsInOrder(reader.text()), count);
}

void TestRowDelivery::slowReaderOfManyStatements()
{
    SlowReader reader;
    Delivering delivering(keywords(true), true, reader.target(), options(mebi, 1024 * mebi));
    delivering.run({wideRows(10'000), "SELECT 'one'", "SELECT 'two'", "SELECT 3, 4 WHERE false",
                    "SELECT 5, 6, 7", wideRows(3)});
    QTRY_VERIFY_WITH_TIMEOUT(delivering.outcome, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT((reader.read(), delivering.ended.has_value()), 60'000);
    reader.read();
    const qsizetype second = reader.text().indexOf("\none\n") + 1;
    QCOMPARE(rowsInOrder(reader.text().first(second)), 10'000);
    const QByteArray between = "one\ntwo\n5\t6\t7\n";
    QCOMPARE(reader.text().sliced(second, between.size()), between);
    QCOMPARE(rowsInOrder(reader.text().sliced(second + between.size())), 3);
}

void TestRowDelivery::slowReaderStaysBounded()
{
    const RowStore::Options caps = options(4 * mebi, 16 * mebi);
    SlowReader reader;
    Delivering delivering(keywords(true), true, reader.target(), caps);
    delivering.run({wideRows(1'000'000)});
    QTRY_VERIFY_WITH_TIMEOUT(delivering.outcome, 60'000);
    QVERIFY(!delivering.rows.isWanted());
    QCOMPARE(delivering.outcome->error().kind, ErrorKind::Cancelled);
    QVERIFY(!delivering.ended); // the pipe drains yet
    QVERIFY(delivering.rows.spilledBytes() > 0);
    QVERIFY(delivering.rows.spilledBytes() <= caps.spillBytes);
    // The cap, what the disk was given time for, and what the writer had before it.
    QVERIFY2(delivering.mostWaiting < 4 * mebi + 64 * mebi + 4 * mebi,
             qPrintable(QString::number(delivering.mostWaiting)));
    QTRY_VERIFY_WITH_TIMEOUT((reader.read(), delivering.ended.has_value()), 60'000);
    reader.read();
    const qint64 rows = rowsInOrder(reader.text());
    QVERIFY2(rows > 10'000 && rows < 1'000'000, qPrintable(QString::number(rows)));
    const Error error = delivering.ended->error();
    QCOMPARE(error.id, "delivery.tooSlow"_ba);
    QVERIFY2(error.message.contains(QString::number(rows)), qPrintable(error.message));
    QVERIFY(error.advice.contains(u"direct"_s));
}

void TestRowDelivery::fullDiskIsTheCap()
{
    RowStore::Options caps = options(4 * mebi, 1024 * mebi);
    caps.folder = u"/proc/nowhere"_s; // nothing can be made there
    SlowReader reader;
    Delivering delivering(keywords(true), true, reader.target(), caps);
    delivering.run({wideRows(1'000'000)});
    QTRY_VERIFY_WITH_TIMEOUT(delivering.outcome, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT((reader.read(), delivering.ended.has_value()), 60'000);
    reader.read();
    QVERIFY(rowsInOrder(reader.text()) > 0);
    QCOMPARE(delivering.ended->error().id, "delivery.tooSlow"_ba);
    QVERIFY(!delivering.ended->error().place.isEmpty());
}

void TestRowDelivery::drainedIsGivenBack()
{
    SlowReader reader;
    Delivering delivering(keywords(true), true, reader.target(), options(mebi, 1024 * mebi));
    delivering.run({wideRows(20'000), "SELECT pg_sleep(1000)"});
    QTRY_VERIFY_WITH_TIMEOUT(delivering.received == 20'000, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(delivering.rows.spilledBytes() > 0, 60'000);
    QTRY_VERIFY_WITH_TIMEOUT((reader.read(), delivering.rows.spilledBytes() == 0), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT((reader.read(), rowsInOrder(reader.text()) == 20'000), 60'000);
    delivering.request->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(delivering.ended, 60'000);
}

void TestRowDelivery::goneReaderIsNoError_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::newRow("direct") << false;
    QTest::newRow("pooled") << true;
}

void TestRowDelivery::goneReaderIsNoError()
{
    QFETCH(const bool, pooled);
    SlowReader reader;
    Delivering delivering(keywords(pooled), pooled, reader.target(),
                          options(4 * mebi, 64 * 1024 * mebi));
    delivering.run({wideRows(100'000'000)});
    QTRY_VERIFY_WITH_TIMEOUT(reader.isFull(), 60'000);
    reader.stopReading();
    QTRY_VERIFY_WITH_TIMEOUT(delivering.ended, 60'000);
    QVERIFY(delivering.ended->has_value());
    QVERIFY(delivering.rows.isReaderGone());
    QCOMPARE(delivering.outcome->error().kind, ErrorKind::Cancelled);
}

void TestRowDelivery::fullTargetIsAnError()
{
    QFile full(u"/dev/full"_s);
    QVERIFY(full.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    Delivering delivering(keywords(true), true, {.descriptor = full.handle()},
                          options(4 * mebi, 64 * mebi));
    delivering.run({"SELECT 1", "SELECT pg_sleep(1000)"});
    QTRY_VERIFY_WITH_TIMEOUT(delivering.ended, 60'000);
    QCOMPARE(delivering.ended->error().id, "export.diskFull"_ba);
}

void TestRowDelivery::nobodyWaitsInItsDestructor()
{
    SlowReader reader;
    {
        Delivering delivering(keywords(true), true, reader.target(), options(mebi, 64 * mebi));
        delivering.run({wideRows(100'000)});
        QTRY_VERIFY_WITH_TIMEOUT(reader.isFull(), 60'000);
    } // the test's own time limit is the proof: nobody will ever read
    QVERIFY(reader.isFull());
}

QTEST_GUILESS_MAIN(TestRowDelivery)
#include "tst_rowdelivery.moc"
