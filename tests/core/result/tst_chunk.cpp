// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/chunk.h"
#include "core/result/chunkcodec.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using core::Chunk;
using core::ChunkBuilder;
using core::ChunkCodec;
using core::ChunkPtr;

class TestChunk : public QObject
{
    Q_OBJECT

private slots:
    void nullIsNotEmpty();
    void bytesAreKeptExactly();
    void rowsWithoutColumns();
    void builderIsReusable();
    void keepsNoSlack_data();
    void keepsNoSlack();
    void knowsWhatFits();
    void codecRestoresEveryCell();
    void codecSaysWhenReadingFailed();
};

void TestChunk::nullIsNotEmpty()
{
    ChunkBuilder builder(3);
    builder.appendNull();
    builder.append("");
    builder.append("x");
    const ChunkPtr chunk = builder.take();
    QCOMPARE(chunk->rowCount(), 1);
    QVERIFY(chunk->isNull(0, 0));
    QVERIFY(!chunk->isNull(0, 1));
    QVERIFY(chunk->cell(0, 0).isEmpty());
    QVERIFY(chunk->cell(0, 1).isEmpty());
    QCOMPARE(chunk->cell(0, 2), "x");
    QCOMPARE(chunk->payloadBytes(), 1);
}

void TestChunk::bytesAreKeptExactly()
{
    const QByteArray all = [] {
        QByteArray bytes;
        for (int byte = 1; byte < 256; ++byte)
            bytes += char(byte);
        return bytes;
    }();
    ChunkBuilder builder(2);
    for (int row = 0; row < 500; ++row) {
        builder.append(QByteArrayView(all).first(row % 255));
        builder.append(QByteArrayView(all).last(row % 255));
    }
    const ChunkPtr chunk = builder.take();
    QCOMPARE(chunk->rowCount(), 500);
    for (int row = 0; row < 500; ++row) {
        QCOMPARE(chunk->cell(row, 0), QByteArrayView(all).first(row % 255));
        QCOMPARE(chunk->cell(row, 1), QByteArrayView(all).last(row % 255));
    }
}

void TestChunk::rowsWithoutColumns()
{
    ChunkBuilder builder(0);
    QVERIFY(builder.isEmpty());
    builder.endEmptyRow();
    builder.endEmptyRow();
    QVERIFY(!builder.isEmpty());
    const ChunkPtr chunk = builder.take();
    QCOMPARE(chunk->rowCount(), 2);
    QCOMPARE(chunk->columnCount(), 0);
    QVERIFY(builder.isEmpty());
}

void TestChunk::builderIsReusable()
{
    ChunkBuilder builder(1);
    builder.append("first, and long enough to leave an arena behind");
    const ChunkPtr first = builder.take();
    builder.append("2");
    const ChunkPtr second = builder.take();
    QCOMPARE(first->cell(0, 0), "first, and long enough to leave an arena behind");
    QCOMPARE(second->rowCount(), 1);
    QCOMPARE(second->cell(0, 0), "2");
}

void TestChunk::keepsNoSlack_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<bool>("reserved");
    QTest::newRow("grown, a little over a power of two") << 700 << false;
    QTest::newRow("grown, many") << 40'000 << false;
    QTest::newRow("reserved to the byte") << 1'000 << true;
}

void TestChunk::keepsNoSlack()
{
    QFETCH(const int, rows);
    QFETCH(const bool, reserved);
    // The shape measured for the limit of 1.3: nine columns with 179 bytes of text a row.
    const QByteArray value(20, 'v');
    ChunkBuilder builder(9);
    if (reserved)
        builder.reserve(rows, qsizetype(rows) * 9 * 20);
    for (int i = 0; i < rows * 9; ++i)
        builder.append(value);
    const ChunkPtr chunk = builder.take();
    QCOMPARE(chunk->payloadBytes(), qsizetype(rows) * 180);
    QVERIFY(double(chunk->residentBytes()) <= 1.3 * double(chunk->payloadBytes()));
}

void TestChunk::knowsWhatFits()
{
    ChunkBuilder builder(1);
    QVERIFY(builder.fits(ChunkBuilder::maxBytes));
    QVERIFY(!builder.fits(ChunkBuilder::maxBytes + 1));
    builder.append("1234");
    QVERIFY(builder.fits(ChunkBuilder::maxBytes - 4));
    QVERIFY(!builder.fits(ChunkBuilder::maxBytes - 3));
}

void TestChunk::codecRestoresEveryCell()
{
    ChunkBuilder builder(2);
    builder.append("one");
    builder.appendNull();
    builder.append("");
    builder.append("\xff\xfe");
    const ChunkPtr original = builder.take();
    const auto parts = ChunkCodec::parts(*original);
    const ChunkPtr copy = ChunkCodec::make(ChunkCodec::shape(*original),
                                           [&](std::span<char> ends, std::span<char> arena) {
                                               std::ranges::copy(parts[0], ends.begin());
                                               std::ranges::copy(parts[1], arena.begin());
                                               return true;
                                           });
    QVERIFY(copy);
    QCOMPARE(copy->rowCount(), 2);
    QCOMPARE(copy->payloadBytes(), original->payloadBytes());
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < 2; ++column) {
            QCOMPARE(copy->isNull(row, column), original->isNull(row, column));
            QCOMPARE(copy->cell(row, column), original->cell(row, column));
        }
    }
}

void TestChunk::codecSaysWhenReadingFailed()
{
    const ChunkPtr none =
        ChunkCodec::make({3, 2, 10}, [](std::span<char>, std::span<char>) { return false; });
    QVERIFY(!none);
}

QTEST_GUILESS_MAIN(TestChunk)
#include "tst_chunk.moc"
