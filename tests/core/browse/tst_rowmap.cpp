// SPDX-License-Identifier: GPL-3.0-or-later
// The bookkeeping of virtual positions, against a table in memory that answers fetches as a server
// would.
#include "core/browse/rowmap.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int step = 50;

/// Rows are numbers in order; the wrong place of a jump is part of what is tested.
class FakeTable
{
public:
    explicit FakeTable(int rows)
    {
        for (int row = 0; row < rows; ++row)
            m_keys.push_back(row * 10);
    }
    [[nodiscard]] const std::vector<int> &keys() const { return m_keys; }
    void remove(std::size_t at) { m_keys.erase(m_keys.begin() + qsizetype(at)); }
    [[nodiscard]] bool canInsertAfter(std::size_t at) const
    {
        return m_keys[at] % 10 == 0 && (at + 1 == m_keys.size() || m_keys[at + 1] % 10 == 0);
    }
    void insertAfter(std::size_t at)
    {
        m_keys.insert(m_keys.begin() + qsizetype(at) + 1, m_keys[at] + 5);
    }

    [[nodiscard]] Window window(std::size_t first, std::size_t end, bool reversed) const
    {
        ChunkBuilder builder(1);
        std::vector<ChunkPtr> chunks;
        for (std::size_t at = first; at < end; ++at) {
            const int key = m_keys[reversed ? end - 1 - (at - first) : at];
            builder.append(QByteArray::number(key));
            if ((at - first) % 16 == 15)
                chunks.push_back(builder.take());
        }
        if (!builder.isEmpty())
            chunks.push_back(builder.take());
        Window made(std::move(chunks), reversed);
        if (first < end) {
            made.begin = {{QByteArray::number(m_keys[first])}, true};
            made.end = {{QByteArray::number(m_keys[end - 1])}, true};
        }
        return made;
    }
    [[nodiscard]] std::size_t after(const Bound &bound) const
    {
        return std::size_t(std::ranges::upper_bound(m_keys, bound.values.front().toInt())
                           - m_keys.begin());
    }
    [[nodiscard]] std::size_t before(const Bound &bound) const
    {
        return std::size_t(std::ranges::lower_bound(m_keys, bound.values.front().toInt())
                           - m_keys.begin());
    }

private:
    std::vector<int> m_keys;
};

/// Carries a map's fetches out and keeps a view's place.
class Walker
{
public:
    Walker(FakeTable &table, double jumpError)
        : m_table(table)
        , m_jumpError(jumpError)
    {
    }

    RowMap map{{0}, step};
    qint64 top = 0;
    int fetches = 0;
    int jumps = 0;

    /// False when it does not come to an end.
    [[nodiscard]] bool show(qint64 first, int height, int direction)
    {
        top = first;
        for (int turn = 0; turn < 400; ++turn) {
            top = std::clamp(top, qint64(0), std::max(qint64(0), map.count().rows - 1));
            const auto fetch = map.next({top, height}, direction);
            if (!fetch)
                return true;
            ++fetches;
            carryOut(*fetch);
            map.evict({top, height}, cap);
        }
        return false;
    }
    qint64 cap = 1 << 30;

private:
    void carryOut(const Fetch &fetch)
    {
        const std::size_t all = m_table.keys().size();
        switch (fetch.kind) {
        case Fetch::Kind::First: {
            const std::size_t end = std::min(all, std::size_t(step));
            apply(map.placeFirst(m_table.window(0, end, false), end < step));
            break;
        }
        case Fetch::Kind::Last: {
            const std::size_t begin = all > step ? all - step : 0;
            apply(map.placeLast(m_table.window(begin, all, true), all - begin < step));
            break;
        }
        case Fetch::Kind::At: {
            ++jumps;
            const double fraction = double(fetch.position) / double(map.count().rows);
            const double place = (fraction * (1 + m_jumpError)) * double(all);
            const std::size_t begin = std::min(all - 1, std::size_t(std::max(0.0, place)));
            const std::size_t end = std::min(all, begin + step);
            apply(
                map.placeAt(fetch.position, m_table.window(begin, end, false), end - begin < step));
            break;
        }
        case Fetch::Kind::After: {
            const std::size_t begin = m_table.after(*map.endOf(fetch.segment));
            const std::size_t end = std::min(all, begin + step);
            apply(map.append(fetch.segment, m_table.window(begin, end, false), end - begin < step));
            break;
        }
        case Fetch::Kind::Before: {
            const std::size_t end = m_table.before(*map.beginOf(fetch.segment));
            const std::size_t begin = end > step ? end - step : 0;
            apply(map.prepend(fetch.segment, m_table.window(begin, end, true), end - begin < step));
            break;
        }
        }
    }
    void apply(const RowMap::Changes &changes)
    {
        for (const RowMap::Change &change : changes) {
            if (change.kind == RowMap::Change::Kind::Shifted && top >= change.range.first)
                top += change.delta;
        }
    }

    FakeTable &m_table;
    double m_jumpError;
};

std::optional<int> keyAt(const RowMap &map, qint64 row)
{
    const RowMap::Found found = map.find(row);
    return found.window ? std::optional(found.window->cell(found.row, 0).toInt()) : std::nullopt;
}

} // namespace

class TestRowMap : public QObject
{
    Q_OBJECT

private slots:
    void emptyTable();
    void smallTableIsExactAtOnce();
    void scrollsFromTopToBottom_data();
    void scrollsFromTopToBottom();
    void scrollsFromBottomToTop_data();
    void scrollsFromBottomToTop();
    void segmentsMeet();
    void jumpBeyondKeepsRows();
    void countedEndHoldsPositions();
    void evictsFarRowsOnly();
    void randomWalk_data();
    void randomWalk();
    void rowsComeAndGo();
};

void TestRowMap::emptyTable()
{
    FakeTable table(0);
    Walker walker(table, 0);
    QVERIFY(walker.show(0, 20, 1));
    QCOMPARE(walker.map.count(), (RowCount{0, RowCount::Kind::Exact}));
    QCOMPARE(walker.fetches, 1);
}

void TestRowMap::smallTableIsExactAtOnce()
{
    FakeTable table(step - 1);
    Walker walker(table, 0);
    QVERIFY(walker.show(0, 20, 1));
    QCOMPARE(walker.map.count(), (RowCount{step - 1, RowCount::Kind::Exact}));
    QCOMPARE(walker.fetches, 1);
    QVERIFY(walker.map.isExact(step - 2));
}

void TestRowMap::scrollsFromTopToBottom_data()
{
    QTest::addColumn<std::optional<double>>("estimate");
    QTest::newRow("nothing known") << std::optional<double>{};
    QTest::newRow("right") << std::optional<double>(1000);
    QTest::newRow("too many") << std::optional<double>(5000);
    QTest::newRow("too few") << std::optional<double>(10);
    QTest::newRow("none") << std::optional<double>(0);
}

void TestRowMap::scrollsFromTopToBottom()
{
    QFETCH(std::optional<double>, estimate);
    FakeTable table(1000);
    Walker walker(table, 0);
    (void)walker.map.setEstimate(estimate);
    for (qint64 top = 0; top < 1000; top += 15) {
        QVERIFY(walker.show(top, 20, 1));
        QCOMPARE(walker.top, top);
    }
    for (qint64 row = 0; row < 1000; ++row)
        QCOMPARE(keyAt(walker.map, row), std::optional(int(row) * 10));
    QCOMPARE(walker.map.count(), (RowCount{1000, RowCount::Kind::Exact}));
    QCOMPARE(walker.jumps, 0);
}

void TestRowMap::scrollsFromBottomToTop_data()
{
    QTest::addColumn<double>("estimate");
    QTest::addColumn<bool>("beginningSeen");
    for (const bool seen : {false, true}) {
        QTest::addRow("right, %d", seen) << 1000.0 << seen;
        QTest::addRow("too many, %d", seen) << 1700.0 << seen;
        QTest::addRow("too few, %d", seen) << 300.0 << seen;
    }
}

void TestRowMap::scrollsFromBottomToTop()
{
    QFETCH(double, estimate);
    QFETCH(bool, beginningSeen);
    FakeTable table(1000);
    Walker walker(table, 0);
    (void)walker.map.setEstimate(estimate);
    if (beginningSeen)
        QVERIFY(walker.show(0, 20, 1));
    QVERIFY(walker.show(qint64(estimate) - 20, 20, -1));
    QCOMPARE(keyAt(walker.map, walker.map.count().rows - 1), std::optional(9990));
    while (walker.top > 0) {
        const int topKey = keyAt(walker.map, walker.top).value();
        QVERIFY(walker.show(std::max(qint64(0), walker.top - 15), 20, -1));
        // The view's rows move with the view: the row that was on top is at most a page below.
        QVERIFY(topKey - keyAt(walker.map, walker.top).value() <= 150);
    }
    QCOMPARE(walker.map.count(), (RowCount{1000, RowCount::Kind::Exact}));
    for (qint64 row = 0; row < 1000; ++row)
        QCOMPARE(keyAt(walker.map, row), std::optional(int(row) * 10));
}

void TestRowMap::segmentsMeet()
{
    FakeTable table(1000);
    // The middle is thought to lie 10 % further down than it does.
    Walker walker(table, -0.1);
    (void)walker.map.setEstimate(1000);
    QVERIFY(walker.show(0, 20, 1));
    QVERIFY(walker.show(500, 20, 1));
    QCOMPARE(walker.jumps, 1);
    const int key = keyAt(walker.map, 500).value();
    QVERIFY(key < 5000);
    QVERIFY(!walker.map.isExact(500));
    for (qint64 top = 0; top < key / 10; top += 15)
        QVERIFY(walker.show(top, 20, 1));
    // The upper run has met the lower one, which now is where it belongs.
    QCOMPARE(keyAt(walker.map, key / 10), std::optional(key));
    QVERIFY(walker.map.isExact(key / 10));
    QCOMPARE(walker.jumps, 1);
}

void TestRowMap::jumpBeyondKeepsRows()
{
    FakeTable table(1000);
    Walker walker(table, 0.5);
    (void)walker.map.setEstimate(1000);
    // The jump lands on the last rows although it asked for the middle.
    QVERIFY(walker.show(700, 20, 1));
    QVERIFY(keyAt(walker.map, walker.top).has_value());
    QCOMPARE(keyAt(walker.map, walker.map.count().rows - 1), std::optional(9990));
    QCOMPARE(walker.map.count().rows, 1000);
    for (qint64 row = walker.top; row + 1 < walker.map.count().rows; ++row)
        QCOMPARE(keyAt(walker.map, row + 1).value() - keyAt(walker.map, row).value(), 10);
}

void TestRowMap::countedEndHoldsPositions()
{
    FakeTable table(1000);
    Walker walker(table, 0);
    (void)walker.map.setEstimate(3000);
    QVERIFY(walker.show(0, 20, 1));
    (void)walker.map.setCounted(1000);
    QCOMPARE(walker.map.count(), (RowCount{1000, RowCount::Kind::Exact}));
    QVERIFY(walker.show(990, 10, 1));
    QCOMPARE(keyAt(walker.map, 999), std::optional(9990));
    QVERIFY(walker.map.isExact(999));
    walker.map.clear();
    QCOMPARE(walker.map.count(), (RowCount{1000, RowCount::Kind::Estimated}));
}

void TestRowMap::evictsFarRowsOnly()
{
    FakeTable table(5000);
    Walker walker(table, 0);
    (void)walker.map.setEstimate(5000);
    walker.cap = 20'000;
    for (qint64 top = 0; top < 4000; top += 15) {
        QVERIFY(walker.show(top, 20, 1));
        QVERIFY(walker.map.residentBytes() < 40'000);
        for (qint64 row = top; row < top + 20; ++row)
            QCOMPARE(keyAt(walker.map, row), std::optional(int(row) * 10));
    }
    QVERIFY(!keyAt(walker.map, 0));
    // Back to what was forgotten: positions are as they were.
    for (qint64 top = 3990; top >= 0; top -= 15) {
        QVERIFY(walker.show(top, 20, -1));
        QCOMPARE(walker.top, top);
        QCOMPARE(keyAt(walker.map, top), std::optional(int(top) * 10));
    }
}

void TestRowMap::randomWalk_data()
{
    QTest::addColumn<double>("jumpError");
    QTest::addColumn<double>("estimate");
    QTest::newRow("exact") << 0.0 << 3000.0;
    QTest::newRow("jumps short") << -0.05 << 3000.0;
    QTest::newRow("jumps far") << 0.05 << 3000.0;
    QTest::newRow("estimate high") << 0.01 << 4000.0;
    QTest::newRow("estimate low") << -0.01 << 1800.0;
    QTest::newRow("all wrong") << 0.3 << 9000.0;
}

void TestRowMap::randomWalk()
{
    QFETCH(double, jumpError);
    QFETCH(double, estimate);
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QRandomGenerator random(seed);
        FakeTable table(3000);
        Walker walker(table, jumpError);
        walker.cap = 60'000;
        (void)walker.map.setEstimate(estimate);
        qint64 top = 0;
        for (int move = 0; move < 200; ++move) {
            const bool jump = random.bounded(5) == 0;
            const int way = random.bounded(2) == 0 ? -1 : 1;
            const qint64 rows = std::max(qint64(1), walker.map.count().rows);
            top = jump ? random.bounded(quint32(rows))
                       : std::clamp(walker.top + way * 17, qint64(0), rows - 1);
            QVERIFY2(walker.show(top, 20, way),
                     qPrintable(u"seed %1 move %2"_s.arg(seed).arg(move)));
            const qint64 end = std::min(walker.top + 20, walker.map.count().rows);
            for (qint64 row = walker.top; row + 1 < end; ++row) {
                const auto here = keyAt(walker.map, row);
                const auto next = keyAt(walker.map, row + 1);
                QVERIFY2(here && next,
                         qPrintable(u"seed %1 move %2 row %3"_s.arg(seed).arg(move).arg(row)));
                QCOMPARE(*next - *here, 10);
            }
        }
    }
}

void TestRowMap::rowsComeAndGo()
{
    for (quint32 seed = 1; seed <= 20; ++seed) {
        QRandomGenerator random(seed);
        FakeTable table(2000);
        Walker walker(table, 0.02);
        (void)walker.map.setEstimate(2000);
        for (int move = 0; move < 200; ++move) {
            const auto at = std::size_t(random.bounded(quint32(table.keys().size())));
            if (random.bounded(2) == 0)
                table.remove(at);
            else if (table.canInsertAfter(at))
                table.insertAfter(at);
            const int way = random.bounded(3) == 0 ? -1 : 1;
            const qint64 rows = std::max(qint64(1), walker.map.count().rows);
            const qint64 top = random.bounded(8) == 0
                                   ? qint64(random.bounded(quint32(rows)))
                                   : std::clamp(walker.top + way * 17, qint64(0), rows - 1);
            QVERIFY2(walker.show(top, 20, way),
                     qPrintable(u"seed %1 move %2"_s.arg(seed).arg(move)));
            const qint64 end = std::min(walker.top + 20, walker.map.count().rows);
            for (qint64 row = walker.top; row + 1 < end; ++row)
                QVERIFY(keyAt(walker.map, row).value() < keyAt(walker.map, row + 1).value());
        }
    }
}

QTEST_GUILESS_MAIN(TestRowMap)
#include "tst_rowmap.moc"
