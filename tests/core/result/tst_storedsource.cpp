// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/storedsource.h"
#include "core/result/typeoids.h"
#include "rows.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Cell;
using core::RowCount;
using core::RowStore;
using core::StoredSource;

class TestStoredSource : public QObject
{
    Q_OBJECT

private slots:
    void growsThenIsExact();
    void failureKeepsRows();
    void cellsOutsideAreMissing();
    void readsSpilledRowsOnRequest();
    void latestWishWins();
    void bytesStayUntilTheEventLoop();
    void holdsCreditsBackWhileWriting();
    void fullDiskCancelsOnce();
    void cancelAndRefreshGoToTheOwner();

private:
    [[nodiscard]] std::shared_ptr<RowStore> smallStore() const
    {
        return std::make_shared<RowStore>(
            RowStore::Options{.residentBytes = 200'000, .folder = m_dir.filePath(u"rows"_s)});
    }
    static core::Columns fourColumns()
    {
        core::Columns columns(4);
        for (int i = 0; i < 4; ++i)
            columns[std::size_t(i)].name = u"c%1"_s.arg(i);
        return columns;
    }
    /// Appends with at most eight chunks on the way, as a session with credits does.
    static void stream(StoredSource &source, qint64 rows)
    {
        QSignalSpy consumed(&source, &StoredSource::consumed);
        int sent = 0;
        int taken = 0;
        for (qint64 row = 0; row < rows; row += 100) {
            source.append(rows::chunk(row, 100));
            ++sent;
            taken = 0;
            for (const auto &call : std::as_const(consumed))
                taken += call.at(0).toInt();
            if (sent - taken >= 8)
                QVERIFY(consumed.wait());
        }
    }
    QTemporaryDir m_dir;
};

void TestStoredSource::growsThenIsExact()
{
    StoredSource source(std::make_shared<RowStore>());
    QSignalSpy columns(&source, &core::RowSource::columnsKnown);
    QSignalSpy arrived(&source, &core::RowSource::rowsArrived);
    QSignalSpy counted(&source, &core::RowSource::countChanged);
    source.setColumns(fourColumns());
    QCOMPARE(columns.size(), 1);
    QCOMPARE(source.columns().size(), 4U);
    source.append(rows::chunk(0, 100));
    QCOMPARE(source.rowCount(), (RowCount{100, RowCount::Kind::Growing}));
    QCOMPARE(arrived.at(0).at(0).value<core::RowRange>(), (core::RowRange{0, 100}));
    source.append(rows::chunk(100, 50));
    source.finish();
    QCOMPARE(source.rowCount(), (RowCount{150, RowCount::Kind::Exact}));
    QCOMPARE(counted.size(), 3);
    QCOMPARE(source.cell(149, 0).bytes, rows::text(149, 0));
}

void TestStoredSource::failureKeepsRows()
{
    StoredSource source(std::make_shared<RowStore>());
    QSignalSpy failed(&source, &core::RowSource::failed);
    source.setColumns(fourColumns());
    source.append(rows::chunk(0, 100));
    core::Error error;
    error.id = "server.57P01"_ba;
    source.fail(error);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(source.rowCount(), (RowCount{100, RowCount::Kind::Exact}));
    QCOMPARE(source.cell(99, 1).bytes, rows::text(99, 1));
}

void TestStoredSource::cellsOutsideAreMissing()
{
    StoredSource source(std::make_shared<RowStore>());
    source.setColumns(fourColumns());
    source.append(rows::chunk(0, 10));
    QCOMPARE(source.cell(-1, 0).state, Cell::State::Missing);
    QCOMPARE(source.cell(10, 0).state, Cell::State::Missing);
    QCOMPARE(source.cell(0, -1).state, Cell::State::Missing);
    QCOMPARE(source.cell(0, 4).state, Cell::State::Missing);
    QCOMPARE(source.cell(3, 0).state, Cell::State::Present);
    QVERIFY(source.cell(3, 0).isNull);
}

void TestStoredSource::readsSpilledRowsOnRequest()
{
    StoredSource source(smallStore());
    source.setColumns(fourColumns());
    stream(source, 40'000);
    source.finish();
    QTRY_COMPARE(source.cell(0, 0).state, Cell::State::Missing);
    QSignalSpy arrived(&source, &core::RowSource::rowsArrived);
    source.want({0, 50});
    QVERIFY(arrived.isEmpty());
    QVERIFY(arrived.wait());
    for (qint64 row = 0; row < 50; ++row) {
        const Cell cell = source.cell(row, 0);
        QCOMPARE(cell.state, Cell::State::Present);
        QCOMPARE(cell.isNull, rows::isNull(row, 0));
        if (!cell.isNull)
            QCOMPARE(cell.bytes, rows::text(row, 0));
    }
}

void TestStoredSource::latestWishWins()
{
    StoredSource source(smallStore());
    source.setColumns(fourColumns());
    stream(source, 40'000);
    source.finish();
    QTRY_COMPARE(source.cell(0, 0).state, Cell::State::Missing);
    for (qint64 row = 0; row < 20'000; row += 1'000)
        source.want({row, 50});
    QTRY_COMPARE(source.cell(19'000, 0).state, Cell::State::Present);
    QTRY_COMPARE(source.cell(19'049, 0).state, Cell::State::Present);
}

void TestStoredSource::bytesStayUntilTheEventLoop()
{
    const auto store = smallStore();
    QVERIFY(store->append(rows::chunk(0, 2'000)));
    QVERIFY(store->append(rows::chunk(2'000, 2'000)));
    StoredSource source(store);
    source.setColumns(fourColumns());
    const Cell cell = source.cell(5, 0);
    QCOMPARE(cell.bytes, rows::text(5, 0));
    QCOMPARE(source.cell(3'000, 0).bytes, rows::text(3'000, 0));
    // Whatever a worker drops now: the bytes must outlive it.
    for (qint64 row = 4'000; row < 30'000; row += 100) {
        QVERIFY(store->append(rows::chunk(row, 100)));
        QVERIFY(store->trim());
    }
    QVERIFY(!store->resident(5));
    QCOMPARE(cell.bytes, rows::text(5, 0));
}

void TestStoredSource::holdsCreditsBackWhileWriting()
{
    const auto store = smallStore();
    StoredSource source(store);
    source.setColumns(fourColumns());
    QSignalSpy consumed(&source, &StoredSource::consumed);
    const auto total = [&consumed] {
        int chunks = 0;
        for (const auto &call : std::as_const(consumed))
            chunks += call.at(0).toInt();
        return chunks;
    };
    // Not until the store needs a trim: a quick writer may have done that already, but its word
    // comes with the event loop.
    int sent = 0;
    for (; total() == sent && sent < 1'000; ++sent)
        source.append(rows::chunk(sent * 100, 100));
    QCOMPARE(total(), sent - 1);
    QTRY_COMPARE(total(), sent);
    QVERIFY(!store->needsTrim());
}

void TestStoredSource::fullDiskCancelsOnce()
{
    StoredSource source(smallStore());
    source.setColumns(fourColumns());
    QSignalSpy failed(&source, &core::RowSource::failed);
    QSignalSpy cancelled(&source, &StoredSource::cancelRequested);
    const rows::FileSizeLimit limit(100'000);
    qint64 row = 0;
    for (; failed.isEmpty() && row < 1'000'000; row += 100) {
        source.append(rows::chunk(row, 100));
        if (row % 1'000 == 0)
            QTRY_VERIFY(source.store()->residentBytes() < 400'000 || !failed.isEmpty());
    }
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed.at(0).at(0).value<core::Error>().id, "result.spillFull"_ba);
    QCOMPARE(cancelled.size(), 1);
    const qint64 kept = source.rowCount().rows;
    source.append(rows::chunk(row, 100));
    source.fail(core::Error{});
    QCOMPARE(failed.size(), 1);
    QCOMPARE(source.rowCount(), (RowCount{kept, RowCount::Kind::Exact}));
}

void TestStoredSource::cancelAndRefreshGoToTheOwner()
{
    StoredSource source(std::make_shared<RowStore>());
    QSignalSpy cancelled(&source, &StoredSource::cancelRequested);
    QSignalSpy refreshed(&source, &StoredSource::refreshRequested);
    source.cancel();
    source.refresh();
    QCOMPARE(cancelled.size(), 1);
    QCOMPARE(refreshed.size(), 1);
}

QTEST_GUILESS_MAIN(TestStoredSource)
#include "tst_storedsource.moc"
