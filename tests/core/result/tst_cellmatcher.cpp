// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/cellmatcher.h"
#include "core/result/rowsource.h"
#include "rows.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using core::CellHit;
using core::CellMatcher;
using core::FindOptions;
using core::RowStore;
using core::TypeCategory;

class TestCellMatcher : public QObject
{
    Q_OBJECT

private slots:
    void matches_data();
    void matches();
    void nullHoldsNothing();
    void badExpression();
    void findsInMemoryAndOnDisk();
    void stopsWhenAsked();
};

void TestCellMatcher::matches_data()
{
    QTest::addColumn<FindOptions>("options");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const FindOptions &options, const QByteArray &bytes,
                        bool expected) { QTest::newRow(name) << options << bytes << expected; };
    row("part", {u"2026"_s}, "INV-2026-04417", true);
    row("other case", {u"inv"_s}, "INV-2026", true);
    row("other case of the value", {u"INV"_s}, "inv-2026", true);
    row("case matters", {.text = u"inv"_s, .matchCase = true}, "INV-2026", false);
    row("other case beyond ASCII", {u"ŁÓDŹ"_s},
        "\xc5\x82\xc3\xb3"
        "d\xc5\xba",
        true);
    row("beyond ASCII, case matters", {.text = u"Łódź"_s, .matchCase = true},
        "w \xc5\x81\xc3\xb3"
        "d\xc5\xba",
        true);
    row("whole word", {.text = u"paid"_s, .wholeWord = true}, "was paid.", true);
    row("part of a word", {.text = u"paid"_s, .wholeWord = true}, "unpaid", false);
    row("word of signs", {.text = u"(x)"_s, .wholeWord = true}, "a (x) b", true);
    row("expression", {.text = u"^\\d+$"_s, .expression = true}, "48204110", true);
    row("expression fails", {.text = u"^\\d+$"_s, .expression = true}, "4820a", false);
    row("not an expression", {u"^\\d+$"_s}, "48204110", false);
    row("signs are signs", {u"a.b"_s}, "axb", false);
    row("longer than the value", {u"abc"_s}, "ab", false);
    row("value not UTF-8", {u"caf"_s}, "caf\xe9", true);
}

void TestCellMatcher::matches()
{
    QFETCH(const FindOptions, options);
    QFETCH(const QByteArray, bytes);
    const auto matcher = CellMatcher::make(options);
    QVERIFY(matcher);
    QTEST(matcher->matches(bytes, TypeCategory::Text), "expected");
}

void TestCellMatcher::nullHoldsNothing()
{
    const auto matcher = CellMatcher::make({u"t"_s});
    core::Cell cell;
    QVERIFY(!matcher->matches(cell, TypeCategory::Text));
    cell.state = core::Cell::State::Present;
    cell.bytes = "t";
    QVERIFY(matcher->matches(cell, TypeCategory::Text));
    cell.isNull = true;
    QVERIFY(!matcher->matches(cell, TypeCategory::Text));
    // Booleans are looked for by the words they are shown as.
    QVERIFY(CellMatcher::make({u"false"_s})->matches("f", TypeCategory::Boolean));
    QVERIFY(!CellMatcher::make({u"false"_s})->matches("t", TypeCategory::Boolean));
}

void TestCellMatcher::badExpression()
{
    const auto matcher = CellMatcher::make({.text = u"a(b"_s, .expression = true});
    QVERIFY(!matcher);
    QCOMPARE(matcher.error().id, "find.badExpression"_ba);
    QVERIFY(matcher.error().position > 0);
    QVERIFY(!matcher.error().place.isEmpty());
}

void TestCellMatcher::findsInMemoryAndOnDisk()
{
    QTemporaryDir dir;
    RowStore store(RowStore::Options{.residentBytes = 200'000, .folder = dir.path()});
    for (qint64 row = 0; row < 30'000; row += 100) {
        QVERIFY(store.append(rows::chunk(row, 100)));
        QVERIFY(store.trim());
    }
    QVERIFY(store.spilledBytes() > 0);
    const auto matcher = CellMatcher::make({u"777c"_s});
    const std::atomic<bool> cancelled = false;
    const std::vector<TypeCategory> categories(4, TypeCategory::Text);
    const auto hits =
        core::findInStore(store, {0, 30'000}, categories, *matcher, 1'000'000, cancelled);
    QVERIFY(hits);
    std::vector<CellHit> expected;
    for (qint64 row = 777; row < 30'000; row += 1'000) {
        for (int column = 0; column < 4; ++column) {
            if (!rows::isNull(row, column))
                expected.push_back({row, column});
        }
    }
    QCOMPARE(*hits, expected);
    const auto some = core::findInStore(store, {800, 9'000}, categories, *matcher, 3, cancelled);
    QVERIFY(some->size() >= 3);
    QCOMPARE(some->front().row, 1'777);
}

void TestCellMatcher::stopsWhenAsked()
{
    RowStore store;
    QVERIFY(store.append(rows::chunk(0, 1'000)));
    const auto matcher = CellMatcher::make({u"r"_s});
    const std::atomic<bool> cancelled = true;
    const auto hits =
        core::findInStore(store, {0, 1'000}, {TypeCategory::Text}, *matcher, 10, cancelled);
    QVERIFY(hits && hits->empty());
}

QTEST_GUILESS_MAIN(TestCellMatcher)
#include "tst_cellmatcher.moc"
