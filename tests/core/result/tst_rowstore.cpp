// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/rowstore.h"
#include "rows.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ChunkPtr;
using core::Result;
using core::RowStore;

class TestRowStore : public QObject
{
    Q_OBJECT

private slots:
    void findsEveryRow_data();
    void findsEveryRow();
    void smallChunksCostNoMoreThanBigOnes();
    void staysUnderItsCap();
    void spilledRowsAreExact();
    void readLeavesMemoryAlone();
    void loadReplacesOthers();
    void spillFileHasNoNameAndAPrivateFolder();
    void fullDiskKeepsEveryRow();
    void capOnDiskKeepsEveryRow();
    void folderThatCannotBe();
    void rowsWithoutColumns();

private:
    [[nodiscard]] RowStore::Options small() const
    {
        return {.residentBytes = 200'000,
                .spillBytes = qint64(1) << 40,
                .folder = m_dir.filePath(u"rows"_s)};
    }
    QTemporaryDir m_dir;
};

namespace {

/// Fills until `rows` and trims as its owner would; the error of the first call that failed.
Result<> fill(RowStore &store, qint64 rows, int perChunk = 100)
{
    for (qint64 row = store.rowCount(); row < rows; row += perChunk) {
        if (Result<> taken = store.append(rows::chunk(row, perChunk)); !taken)
            return taken;
        if (store.needsTrim()) {
            if (Result<> trimmed = store.trim(); !trimmed)
                return trimmed;
        }
    }
    return {};
}

qint64 firstWrongOfAll(const RowStore &store)
{
    for (qint64 row = 0; row < store.rowCount();) {
        const Result<RowStore::Found> found = store.read(row);
        if (!found || !found->contains(row))
            return row;
        if (const qint64 wrong = rows::firstWrong(*found->chunk, found->firstRow); wrong >= 0)
            return wrong;
        row = found->endRow();
    }
    return -1;
}

} // namespace

void TestRowStore::findsEveryRow_data()
{
    QTest::addColumn<int>("perChunk");
    for (const int size : {1, 7, 256, 4096})
        QTest::addRow("chunks of %d", size) << size;
}

void TestRowStore::findsEveryRow()
{
    QFETCH(const int, perChunk);
    RowStore store;
    const qint64 total = qint64(perChunk) * (20'000 / perChunk);
    QVERIFY(fill(store, total, perChunk));
    QCOMPARE(store.rowCount(), total);
    for (qint64 row = 0; row < total; row += 13) {
        const auto found = store.resident(row);
        QVERIFY(found);
        QVERIFY(found->contains(row));
        const int inChunk = int(row - found->firstRow);
        if (!rows::isNull(row, 2))
            QCOMPARE(found->chunk->cell(inChunk, 2), rows::text(row, 2));
    }
    QVERIFY(!store.resident(total));
    QVERIFY(!store.resident(-1));
    QCOMPARE(firstWrongOfAll(store), -1);
}

void TestRowStore::smallChunksCostNoMoreThanBigOnes()
{
    const QByteArray value(20, 'v');
    RowStore store;
    for (int chunk = 0; chunk < 4'000; ++chunk) {
        core::ChunkBuilder builder(9);
        for (int i = 0; i < 8 * 9; ++i)
            builder.append(value);
        QVERIFY(store.append(builder.take()));
    }
    QCOMPARE(store.rowCount(), 32'000);
    QVERIFY(double(store.residentBytes()) <= 1.3 * double(store.payloadBytes()));
}

void TestRowStore::staysUnderItsCap()
{
    RowStore store(small());
    QVERIFY(fill(store, 50'000));
    QVERIFY(store.payloadBytes() > 4 * 200'000);
    // The index is not part of what trimming can give back.
    QVERIFY(store.residentBytes() < 200'000 + 100'000);
    QVERIFY(store.spilledBytes() > 0);
    QVERIFY(!store.needsTrim());
}

void TestRowStore::spilledRowsAreExact()
{
    RowStore store(small());
    QVERIFY(fill(store, 50'000));
    QVERIFY(!store.resident(0));
    QCOMPARE(firstWrongOfAll(store), -1);
    QCOMPARE(store.rowCount(), 50'000);
}

void TestRowStore::readLeavesMemoryAlone()
{
    RowStore store(small());
    QVERIFY(fill(store, 50'000));
    const qint64 before = store.residentBytes();
    QVERIFY(store.read(0));
    QVERIFY(!store.resident(0));
    QCOMPARE(store.residentBytes(), before);
}

void TestRowStore::loadReplacesOthers()
{
    RowStore store(small());
    QVERIFY(fill(store, 50'000));
    for (qint64 row = 0; row < 50'000; row += 500) {
        const Result<RowStore::Found> found = store.load(row);
        QVERIFY(found);
        QCOMPARE(rows::firstWrong(*found->chunk, found->firstRow), -1);
        QVERIFY(store.resident(row));
    }
    QVERIFY(store.residentBytes() < 200'000 + 100'000);
    QVERIFY(!store.resident(0));
}

void TestRowStore::spillFileHasNoNameAndAPrivateFolder()
{
    RowStore store(small());
    QVERIFY(fill(store, 20'000));
    QVERIFY(store.spilledBytes() > 0);
    const QString folder = m_dir.filePath(u"rows"_s);
    QVERIFY(
        QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
                                      | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFileInfo(folder).permissions() & others, QFile::Permissions());
}

void TestRowStore::fullDiskKeepsEveryRow()
{
    RowStore store(small());
    Result<> outcome;
    {
        const rows::FileSizeLimit limit(300'000);
        outcome = fill(store, 1'000'000);
    }
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "result.spillFull"_ba);
    QCOMPARE(outcome.error().kind, core::ErrorKind::Local);
    const qint64 rows = store.rowCount();
    QVERIFY(rows > 1'000);
    QCOMPARE(firstWrongOfAll(store), -1);
    // Full once, full for good: a hole between rows would be a lie.
    const Result<> later = store.append(rows::chunk(rows, 100));
    QVERIFY(!later);
    QCOMPARE(later.error(), outcome.error());
    QCOMPARE(store.rowCount(), rows);
    QVERIFY(!store.needsTrim());
}

void TestRowStore::capOnDiskKeepsEveryRow()
{
    RowStore::Options options = small();
    options.spillBytes = 300'000;
    RowStore store(options);
    const Result<> outcome = fill(store, 1'000'000);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "result.spillCap"_ba);
    QVERIFY(store.spilledBytes() <= 300'000);
    QCOMPARE(firstWrongOfAll(store), -1);
}

void TestRowStore::folderThatCannotBe()
{
    RowStore::Options options = small();
    options.folder = u"/proc/nowhere/rows"_s;
    RowStore store(options);
    const Result<> outcome = fill(store, 1'000'000);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "result.spillFailed"_ba);
    QVERIFY(store.rowCount() > 0);
    QCOMPARE(firstWrongOfAll(store), -1);
}

void TestRowStore::rowsWithoutColumns()
{
    RowStore store;
    for (int i = 0; i < 3; ++i) {
        core::ChunkBuilder builder(0);
        for (int row = 0; row < 1'000; ++row)
            builder.endEmptyRow();
        QVERIFY(store.append(builder.take()));
    }
    QCOMPARE(store.rowCount(), 3'000);
    QVERIFY(store.resident(2'999)->contains(2'999));
}

QTEST_GUILESS_MAIN(TestRowStore)
#include "tst_rowstore.moc"
