// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddlgraph.h"

#include <QTest>

#include <algorithm>

using namespace core;

/// The order of definitions: by what they depend on, else by rank and name.
class TestDdlGraph : public QObject
{
    Q_OBJECT

private slots:
    void ordersByRankAndName();
    void dependenciesComeFirst();
    void findsRings();
    void aRingEndsNothing();
    void longChains();
};

void TestDdlGraph::ordersByRankAndName()
{
    const std::vector<DdlPlace> places = {{2, "a"}, {1, "b"}, {1, "a"}};
    QCOMPARE(ddlOrder(places, {{}, {}, {}}), (std::vector<int>{2, 1, 0}));
}

void TestDdlGraph::dependenciesComeFirst()
{
    // The first by rank waits for the last, and nothing else is held up by that.
    const std::vector<DdlPlace> places = {{1, "view"}, {3, "key"}, {2, "other"}};
    QCOMPARE(ddlOrder(places, {{}, {0}, {}}), (std::vector<int>{2, 1, 0}));
}

void TestDdlGraph::findsRings()
{
    QCOMPARE(ddlCycles({{1}, {2}, {}}).size(), 0U);
    const DdlEdges edges = {{1}, {2}, {0, 3}, {4}, {}, {5}};
    const auto rings = ddlCycles(edges);
    QCOMPARE(rings.size(), 1U);
    std::vector<int> ring = rings.front();
    std::ranges::sort(ring);
    QCOMPARE(ring, (std::vector<int>{0, 1, 2}));
}

void TestDdlGraph::aRingEndsNothing()
{
    const std::vector<DdlPlace> places = {{1, "b"}, {1, "a"}, {1, "c"}};
    QCOMPARE(ddlOrder(places, {{1}, {0, 2}, {}}), (std::vector<int>{1, 0, 2}));
}

void TestDdlGraph::longChains()
{
    constexpr int length = 200'000;
    std::vector<DdlPlace> places(length);
    DdlEdges edges(length);
    for (int at = 0; at + 1 < length; ++at)
        edges[std::size_t(at) + 1].push_back(at);
    QCOMPARE(ddlCycles(edges).size(), 0U);
    QCOMPARE(ddlOrder(places, edges).front(), length - 1);
    edges.front().push_back(length - 1);
    QCOMPARE(ddlCycles(edges).size(), 1U);
}

QTEST_APPLESS_MAIN(TestDdlGraph)
#include "tst_ddlgraph.moc"
