// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridcolumns.h"
#include "ui/grid/gridselection.h"

#include "core/result/typeoids.h"

#include <QTest>

using namespace Qt::StringLiterals;
using ui::ColumnState;
using ui::GridColumns;
using ui::GridRange;
using ui::GridSelection;

class TestGridColumns : public QObject
{
    Q_OBJECT

private slots:
    void places();
    void hiddenAndMoved();
    void headerTexts();
    void stateGoesByName();
    void sixteenHundredColumns();
    void selectionIsARectangle();
    void selectionFollowsItsRows();

private:
    static core::Columns named(const QStringList &names)
    {
        core::Columns columns;
        for (const QString &name : names) {
            core::Column column;
            column.name = name;
            columns.push_back(column);
        }
        return columns;
    }
};

void TestGridColumns::places()
{
    GridColumns columns;
    columns.reset(named({u"a"_s, u"b"_s, u"c"_s}), 100);
    columns.setWidth(1, 50, true);
    columns.setWidth(2, 1, true);
    QCOMPARE(columns.totalWidth(), 150 + GridColumns::leastWidth);
    QCOMPARE(columns.placeAt(-1), -1);
    QCOMPARE(columns.placeAt(0), 0);
    QCOMPARE(columns.placeAt(99), 0);
    QCOMPARE(columns.placeAt(100), 1);
    QCOMPARE(columns.placeAt(149), 1);
    QCOMPARE(columns.placeAt(columns.totalWidth()), -1);
    QCOMPARE(columns.borderAt(97, 4), 0);
    QCOMPARE(columns.borderAt(104, 4), 0);
    QCOMPARE(columns.borderAt(105, 4), -1);
    QCOMPARE(columns.borderAt(0, 4), -1);
}

void TestGridColumns::hiddenAndMoved()
{
    GridColumns columns;
    columns.reset(named({u"a"_s, u"b"_s, u"c"_s, u"d"_s}), 100);
    columns.setHidden(1, true);
    QCOMPARE(columns.shownCount(), 3);
    QCOMPARE(columns.placeOf(1), -1);
    QCOMPARE(columns.placeOf(2), 1);
    columns.move(0, 2); // c d a, with b where it was
    QCOMPARE(columns.columnAt(0), 2);
    QCOMPARE(columns.columnAt(1), 3);
    QCOMPARE(columns.columnAt(2), 0);
    columns.move(2, 0);
    QCOMPARE(columns.columnAt(0), 0);
    columns.setHidden(1, false);
    QCOMPARE(columns.shownCount(), 4);
}

void TestGridColumns::headerTexts()
{
    core::Columns source = named({u"total"_s, u"at"_s, u"ref"_s});
    source[0].type = core::oids::numeric;
    source[0].typeModifier = (12 << 16 | 2) + 4;
    source[1].type = core::oids::timestamptz;
    source[2].type = core::oids::int8;
    GridColumns columns;
    columns.reset(source, 100);
    std::vector<ui::ColumnFacts> facts(2);
    facts[1].typeNote = u"Europe/Berlin"_s;
    columns.setFacts(facts);
    QCOMPARE(columns.item(0).typeText, u"numeric(12,2)"_s);
    QCOMPARE(columns.item(1).typeText, u"timestamptz · Europe/Berlin"_s);
    QCOMPARE(columns.item(2).typeText, u"int8"_s);
    facts.resize(5);
    facts[2].references = u"organisations"_s;
    columns.setFacts(facts);
    QCOMPARE(columns.item(2).typeText, u"int8 → organisations"_s);
}

void TestGridColumns::stateGoesByName()
{
    GridColumns columns;
    columns.reset(named({u"a"_s, u"b"_s, u"c"_s}), 100);
    columns.setWidth(0, 77, true);
    columns.setHidden(1, true);
    columns.move(0, 1); // c a
    const std::vector<ColumnState> state = columns.state();
    // The table has changed: b is gone, x is new, and the numbers are other ones.
    GridColumns later;
    later.reset(named({u"x"_s, u"a"_s, u"c"_s}), 100);
    later.restore(state);
    QCOMPARE(later.columnAt(0), 2);
    QCOMPARE(later.columnAt(1), 1);
    QCOMPARE(later.columnAt(2), 0);
    QCOMPARE(later.width(1), 77);
    // Doubled names of a query keep their order.
    GridColumns twice;
    twice.reset(named({u"n"_s, u"n"_s}), 100);
    twice.setWidth(1, 50, true);
    GridColumns again;
    again.reset(named({u"n"_s, u"n"_s}), 100);
    again.restore(twice.state());
    QCOMPARE(again.width(0), 100);
    QCOMPARE(again.width(1), 50);
}

void TestGridColumns::sixteenHundredColumns()
{
    GridColumns columns;
    columns.reset(core::Columns(1'600), 100);
    QCOMPARE(columns.totalWidth(), 160'000);
    QCOMPARE(columns.placeAt(159'999), 1'599);
}

void TestGridColumns::selectionIsARectangle()
{
    GridSelection selection;
    QVERIFY(selection.range().isEmpty());
    selection.set({5, 2}, true);
    QVERIFY(selection.range().isSingleCell());
    selection.set({2, 4}, true);
    QCOMPARE(selection.range(), (GridRange{2, 5, 2, 4}));
    selection.set({9, 0}, true);
    QCOMPARE(selection.range(), (GridRange{5, 9, 0, 2}));
    selection.set({9, 0}, false);
    QVERIFY(selection.range().isSingleCell());
    selection.span({99'999'999'999, 3}, {0, 0});
    QCOMPARE(selection.range().rowCount(), 100'000'000'000);
    QVERIFY(selection.range().contains(50'000'000'000, 1));
}

void TestGridColumns::selectionFollowsItsRows()
{
    GridSelection selection;
    selection.span({10, 0}, {100, 3});
    selection.shift(50, -20);
    QCOMPARE(selection.range(), (GridRange{10, 80, 0, 3}));
    selection.shift(0, 5);
    QCOMPARE(selection.range(), (GridRange{15, 85, 0, 3}));
    selection.clip(20, 2);
    QCOMPARE(selection.range(), (GridRange{15, 19, 0, 1}));
    selection.clip(0, 2);
    QVERIFY(!selection.current().isValid());
}

QTEST_GUILESS_MAIN(TestGridColumns)
#include "tst_gridcolumns.moc"
