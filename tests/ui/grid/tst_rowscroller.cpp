// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/rowscroller.h"

#include <QTest>

using ui::RowScroller;

class TestRowScroller : public QObject
{
    Q_OBJECT

private slots:
    void barReachesEveryShare_data();
    void barReachesEveryShare();
    void everyPixelWhileTheBarHasSteps();
    void endsAreExact_data();
    void endsAreExact();
    void revealMovesNoMoreThanNeeded();
    void smallerTableComesIntoView();
    void otherRowHeightKeepsTheRow();
    void emptyAndLow();
};

void TestRowScroller::barReachesEveryShare_data()
{
    QTest::addColumn<qint64>("rows");
    QTest::newRow("10^3") << qint64(1'000);
    QTest::newRow("10^6") << qint64(1'000'000);
    QTest::newRow("10^9") << qint64(1'000'000'000);
    QTest::newRow("10^11") << qint64(100'000'000'000);
    QTest::newRow("10^14") << qint64(100'000'000'000'000);
}

void TestRowScroller::barReachesEveryShare()
{
    QFETCH(const qint64, rows);
    RowScroller scroller;
    scroller.setRowHeight(35);
    scroller.setViewHeight(1400);
    scroller.setRows(rows);
    for (int share = 0; share <= 1000; ++share) {
        const int value = int(qint64(scroller.barMaximum()) * share / 1000);
        scroller.setOffset(scroller.offsetOfBar(value));
        const double there = double(scroller.offset()) / double(scroller.maxOffset());
        QVERIFY2(std::abs(there - share / 1000.0) < 0.001 + 35.0 / double(scroller.maxOffset()),
                 qPrintable(QString::number(share)));
        // And back: the bar stays where it was dragged to, give or take a row.
        const double step = double(scroller.barMaximum()) / double(scroller.maxOffset());
        QVERIFY(std::abs(double(scroller.barValue() - value)) <= 1 + 35 * step);
    }
}

void TestRowScroller::everyPixelWhileTheBarHasSteps()
{
    RowScroller scroller;
    scroller.setRowHeight(28);
    scroller.setViewHeight(700);
    scroller.setRows(1'000);
    QCOMPARE(scroller.barMaximum(), 28'000 - 700);
    QCOMPARE(scroller.offsetOfBar(13), 13);
    scroller.setOffset(13);
    QCOMPARE(scroller.barValue(), 13);
    QCOMPARE(scroller.barPage(), 700);
}

void TestRowScroller::endsAreExact_data()
{
    barReachesEveryShare_data();
}

void TestRowScroller::endsAreExact()
{
    QFETCH(const qint64, rows);
    RowScroller scroller;
    scroller.setRowHeight(28);
    scroller.setViewHeight(701);
    scroller.setRows(rows);
    scroller.setOffset(scroller.offsetOfBar(scroller.barMaximum()));
    QCOMPARE(scroller.visible().end(), rows);
    QCOMPARE(scroller.top(rows - 1) + 28, 701);
    QCOMPARE(scroller.barValue(), scroller.barMaximum());
    scroller.setOffset(scroller.offsetOfBar(0));
    QCOMPARE(scroller.visible(), (core::RowRange{0, 26}));
    // Row by row near the far end: no two rows share a place.
    for (qint64 row = rows - 40; row < rows; ++row) {
        scroller.reveal(row);
        QVERIFY(scroller.visible().contains(row));
        QCOMPARE(scroller.rowAt(int(scroller.top(row))), row);
    }
}

void TestRowScroller::revealMovesNoMoreThanNeeded()
{
    RowScroller scroller;
    scroller.setRowHeight(20);
    scroller.setViewHeight(100);
    scroller.setRows(1'000);
    QCOMPARE(scroller.reveal(3), 0);
    QCOMPARE(scroller.reveal(5), 20);
    QCOMPARE(scroller.reveal(1), 0);
    QCOMPARE(scroller.reveal(0), -20);
    QCOMPARE(scroller.reveal(999), 1'000 * 20 - 100);
    QCOMPARE(scroller.reveal(5'000), 0);
    scroller.setOffset(0);
    scroller.centre(500);
    QCOMPARE(scroller.visible().first, 499);
}

void TestRowScroller::smallerTableComesIntoView()
{
    RowScroller scroller;
    scroller.setRowHeight(20);
    scroller.setViewHeight(100);
    scroller.setRows(1'000);
    scroller.reveal(999);
    scroller.setRows(10);
    QCOMPARE(scroller.visible(), (core::RowRange{5, 5}));
    scroller.setRows(0);
    QCOMPARE(scroller.visible().count, 0);
    QCOMPARE(scroller.offset(), 0);
}

void TestRowScroller::otherRowHeightKeepsTheRow()
{
    RowScroller scroller;
    scroller.setRowHeight(28);
    scroller.setViewHeight(700);
    scroller.setRows(1'000'000'000);
    scroller.setOffset(qint64(123'456'789) * 28 + 14);
    scroller.setRowHeight(56);
    QCOMPARE(scroller.visible().first, 123'456'789);
    QCOMPARE(scroller.top(123'456'789), -28);
}

void TestRowScroller::emptyAndLow()
{
    RowScroller scroller;
    QCOMPARE(scroller.visible().count, 0);
    QCOMPARE(scroller.barMaximum(), 0);
    QCOMPARE(scroller.page(), 1);
    scroller.setRowHeight(28);
    scroller.setViewHeight(10);
    scroller.setRows(5);
    scroller.reveal(2);
    QCOMPARE(scroller.top(2), 0);
}

QTEST_GUILESS_MAIN(TestRowScroller)
#include "tst_rowscroller.moc"
