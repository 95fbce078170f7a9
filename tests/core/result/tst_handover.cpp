// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/rowstore.h"
#include "rows.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>

using core::ChunkPtr;
using core::Result;
using core::RowStore;

/// Chunks go from a maker to a store while others read it: what a session, the window and an
/// exporter do. Threads of the standard library and no event loop, so that the thread sanitizer
/// sees every lock.
class TestHandover : public QObject
{
    Q_OBJECT

private slots:
    void chunksBetweenThreads();
    void storeUnderReaders();
};

namespace {

class Channel
{
public:
    void put(ChunkPtr chunk)
    {
        const std::scoped_lock lock(m_mutex);
        m_chunks.push(std::move(chunk));
        m_changed.notify_one();
    }
    ChunkPtr take()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_chunks.empty(); });
        ChunkPtr chunk = std::move(m_chunks.front());
        m_chunks.pop();
        return chunk;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::queue<ChunkPtr> m_chunks;
};

} // namespace

void TestHandover::chunksBetweenThreads()
{
    constexpr int chunks = 2'000;
    Channel channel;
    std::atomic<qint64> wrong = -1;
    std::vector<ChunkPtr> kept;
    std::thread maker([&channel] {
        for (int i = 0; i < chunks; ++i)
            channel.put(rows::chunk(i * 10, 10));
    });
    std::thread reader([&] {
        for (int i = 0; i < chunks; ++i) {
            ChunkPtr chunk = channel.take();
            if (const qint64 row = rows::firstWrong(*chunk, i * 10); row >= 0)
                wrong = row;
            if (i % 7 == 0)
                kept.push_back(std::move(chunk));
        }
    });
    maker.join();
    reader.join();
    QCOMPARE(wrong.load(), -1);
    // What was kept outlives the thread that made it.
    QCOMPARE(rows::firstWrong(*kept.back(), 1'995 * 10), -1);
}

void TestHandover::storeUnderReaders()
{
    constexpr qint64 total = 20'000;
    QTemporaryDir dir;
    RowStore store(RowStore::Options{.residentBytes = 300'000, .folder = dir.path()});
    std::atomic<int> failures = 0;
    std::atomic<qint64> wrong = -1;
    const auto check = [&wrong](const RowStore::Found &found) {
        if (const qint64 row = rows::firstWrong(*found.chunk, found.firstRow); row >= 0)
            wrong = row;
    };
    std::thread writer([&] {
        for (qint64 row = 0; row < total; row += 20) {
            if (!store.append(rows::chunk(row, 20)))
                ++failures;
        }
    });
    std::thread trimmer([&] {
        while (store.rowCount() < total || store.needsTrim()) {
            if (store.needsTrim() && !store.trim())
                ++failures;
            std::this_thread::yield();
        }
    });
    std::vector<std::thread> readers;
    for (qint64 seed = 1; seed <= 3; ++seed) {
        readers.emplace_back([&, seed] {
            for (qint64 i = 0; store.rowCount() < total || i < 1'000; ++i) {
                const qint64 rowCount = store.rowCount();
                if (rowCount == 0)
                    continue;
                const qint64 row = (i * 7'919 * seed) % rowCount;
                const Result<RowStore::Found> found = seed == 1 ? store.read(row) : store.load(row);
                if (!found || !found->contains(row))
                    ++failures;
                else
                    check(*found);
                if (const auto here = store.resident(row))
                    check(*here);
            }
        });
    }
    writer.join();
    trimmer.join();
    for (std::thread &reader : readers)
        reader.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(wrong.load(), -1);
    QCOMPARE(store.rowCount(), total);
    QVERIFY(store.spilledBytes() > 0);
}

QTEST_GUILESS_MAIN(TestHandover)
#include "tst_handover.moc"
