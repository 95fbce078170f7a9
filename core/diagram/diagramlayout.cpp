// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/diagramlayout.h"

#include "core/diagram/layered_p.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace core {

namespace {

constexpr double wantedAspect = 1.6;

/// Tables that keys join, and those keys.
struct Component {
    std::vector<int> tables = {};
    std::vector<int> keys = {};
    QSizeF size = {};
};

std::vector<Component> componentsOf(const DiagramGraph &graph)
{
    std::vector<int> root(graph.tables.size());
    std::ranges::iota(root, 0);
    const auto find = [&root](int table) {
        while (root[std::size_t(table)] != table) {
            root[std::size_t(table)] = root[std::size_t(root[std::size_t(table)])];
            table = root[std::size_t(table)];
        }
        return table;
    };
    for (const DiagramKey &key : graph.keys) {
        const int a = find(key.from);
        const int b = find(key.to);
        root[std::size_t(qMax(a, b))] = qMin(a, b);
    }
    std::vector<int> place(graph.tables.size(), -1);
    std::vector<Component> components;
    for (int table = 0; table < int(graph.tables.size()); ++table) {
        int &at = place[std::size_t(find(table))];
        if (at < 0) {
            at = int(components.size());
            components.emplace_back();
        }
        components[std::size_t(at)].tables.push_back(table);
    }
    for (int key = 0; key < int(graph.keys.size()); ++key) {
        const int at = place[std::size_t(find(graph.keys[std::size_t(key)].from))];
        components[std::size_t(at)].keys.push_back(key);
    }
    return components;
}

/// What a component covers, with its lines.
QRectF extent(const DiagramLayout &layout, const Component &component)
{
    QRectF covered;
    for (const int table : component.tables)
        covered |= layout.cards[std::size_t(table)];
    for (const int key : component.keys) {
        for (const QPointF &point : layout.routes[std::size_t(key)].points)
            covered |= QRectF(point, QSizeF(1, 1));
    }
    return covered;
}

void shift(DiagramLayout &layout, const Component &component, const QPointF &by)
{
    for (const int table : component.tables)
        layout.cards[std::size_t(table)].translate(by);
    for (const int key : component.keys) {
        for (QPointF &point : layout.routes[std::size_t(key)].points)
            point += by;
    }
}

void layOutComponent(const DiagramGraph &graph, const DiagramMetrics &metrics, Component &component,
                     DiagramLayout &layout, const DotRunner &dot)
{
    Layered layered{.graph = graph, .metrics = metrics};
    layered.tables = component.tables;
    layered.keys = component.keys;
    layered.nodeOf.assign(graph.tables.size(), -1);
    for (const int table : component.tables) {
        layered.nodeOf[std::size_t(table)] = int(layered.nodes.size());
        layered.nodes.push_back(
            {.table = table, .height = metrics.cardHeight(graph.tables[std::size_t(table)])});
    }
    assignLayers(layered);
    makeBundles(layered);
    orderNodes(layered, dot);
    placeNodes(layered);
    routeBundles(layered, layout);
    const QRectF covered = extent(layout, component);
    shift(layout, component, -covered.topLeft());
    component.size = covered.size();
}

/// Side by side in rows, the greatest first.
double packRows(std::vector<Component> &components, const DiagramMetrics &metrics,
                DiagramLayout &layout, double width)
{
    const double gap = metrics.columnGap;
    double x = 0;
    double y = 0;
    double height = 0;
    for (Component &component : components) {
        if (x > 0 && x + component.size.width() > width) {
            x = 0;
            y += height + gap;
            height = 0;
        }
        shift(layout, component, {x, y});
        x += component.size.width() + gap;
        height = qMax(height, component.size.height());
    }
    return components.empty() ? 0 : y + height + gap;
}

/// In columns, each into the shortest.
void packColumns(const std::vector<int> &tables, const DiagramGraph &graph,
                 const DiagramMetrics &metrics, DiagramLayout &layout, double top, double width)
{
    const double pitch = metrics.cardWidth + metrics.columnGap;
    const auto count = std::size_t(qMax(1.0, std::floor((width + metrics.columnGap) / pitch)));
    std::vector<double> bottoms(count, top);
    for (const int table : tables) {
        const auto shortest = std::ranges::min_element(bottoms);
        const double height = metrics.cardHeight(graph.tables[std::size_t(table)]);
        layout.cards[std::size_t(table)] = {double(shortest - bottoms.begin()) * pitch, *shortest,
                                            metrics.cardWidth, height};
        *shortest += height + metrics.rowGap;
    }
}

void measure(DiagramLayout &layout, double margin)
{
    QRectF covered;
    for (const QRectF &card : layout.cards)
        covered |= card;
    for (const DiagramRoute &route : layout.routes) {
        for (const QPointF &point : route.points)
            covered |= QRectF(point, QSizeF(1, 1));
    }
    layout.bounds =
        covered.isNull() ? QRectF() : covered.adjusted(-margin, -margin, margin, margin);
}

/// The short way between two cards wherever they stand: out of the sides that face each other, or
/// both out of the right one.
QList<QPointF> shortWay(const QRectF &from, double fromY, const QRectF &to, double toY,
                        const DiagramMetrics &metrics, int lane)
{
    const double aside = (lane % 5 - 2) * metrics.track * 0.6;
    const auto joined = [&](double fromX, double toX, double x) {
        if (std::abs(fromY - toY) < 0.5 && fromX != toX)
            return QList<QPointF>{{fromX, fromY}, {toX, toY}};
        return QList<QPointF>{{fromX, fromY}, {x, fromY}, {x, toY}, {toX, toY}};
    };
    if (to.right() + 2 * metrics.stub <= from.left()) {
        const double room = (from.left() - to.right()) / 2 - metrics.stub;
        return joined(from.left(), to.right(),
                      (from.left() + to.right()) / 2 + qBound(-room, aside, room));
    }
    if (from.right() + 2 * metrics.stub <= to.left()) {
        const double room = (to.left() - from.right()) / 2 - metrics.stub;
        return joined(from.right(), to.left(),
                      (to.left() + from.right()) / 2 + qBound(-room, aside, room));
    }
    const double x = qMax(from.right(), to.right()) + metrics.stub + (lane % 5) * metrics.track;
    return {{from.right(), fromY}, {x, fromY}, {x, toY}, {to.right(), toY}};
}

} // namespace

DiagramLayout layOut(const DiagramGraph &graph, const DiagramMetrics &metrics, const DotRunner &dot)
{
    DiagramLayout layout;
    layout.cards.resize(graph.tables.size());
    layout.routes.resize(graph.keys.size());
    std::vector<Component> joined;
    std::vector<int> alone;
    double area = 0;
    double widest = 0;
    for (Component &component : componentsOf(graph)) {
        if (component.keys.empty()) {
            const int table = component.tables.front();
            alone.push_back(table);
            area += (metrics.cardWidth + metrics.columnGap)
                    * (metrics.cardHeight(graph.tables[std::size_t(table)]) + metrics.rowGap);
            continue;
        }
        layOutComponent(graph, metrics, component, layout, dot);
        area += (component.size.width() + metrics.columnGap)
                * (component.size.height() + metrics.columnGap);
        widest = qMax(widest, component.size.width());
        joined.push_back(std::move(component));
    }
    std::ranges::stable_sort(joined, std::greater(),
                             [](const Component &component) { return component.tables.size(); });
    const double width = qMax(widest, std::sqrt(area * wantedAspect));
    const double top = packRows(joined, metrics, layout, width);
    packColumns(alone, graph, metrics, layout, top, width);
    measure(layout, metrics.margin);
    return layout;
}

DiagramLayout moved(const DiagramGraph &graph, const DiagramMetrics &metrics,
                    const DiagramLayout &layout, const std::vector<std::pair<int, QPointF>> &places)
{
    DiagramLayout changed = layout;
    std::vector<bool> elsewhere(graph.tables.size(), false);
    for (const auto &[table, place] : places) {
        QRectF &card = changed.cards[std::size_t(table)];
        elsewhere[std::size_t(table)] = card.topLeft() != place;
        card.moveTopLeft(place);
    }
    for (std::size_t i = 0; i < graph.keys.size(); ++i) {
        const DiagramKey &key = graph.keys[i];
        if (!elsewhere[std::size_t(key.from)] && !elsewhere[std::size_t(key.to)])
            continue;
        const QRectF &from = changed.cards[std::size_t(key.from)];
        const QRectF &to = changed.cards[std::size_t(key.to)];
        double fromY = from.top() + metrics.rowCentre(key.fromRow);
        double toY = to.top() + metrics.rowCentre(key.toRow);
        if (key.from == key.to && key.fromRow == key.toRow) {
            fromY += metrics.track / 2;
            toY -= metrics.track / 2;
        }
        changed.routes[i].points = shortWay(from, fromY, to, toY, metrics, key.to + key.toRow);
    }
    measure(changed, metrics.margin);
    return changed;
}

std::vector<DiagramStep> roundedSteps(const QList<QPointF> &points, double radius)
{
    std::vector<DiagramStep> steps;
    const auto towards = [](const QPointF &from, const QPointF &to, double length) {
        const QPointF way = to - from;
        const double whole = std::hypot(way.x(), way.y());
        return whole > 0 ? from + way * (length / whole) : from;
    };
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (i + 1 == points.size()) {
            steps.push_back({.to = points[i]});
            break;
        }
        const QPointF before = points[i - 1] - points[i];
        const QPointF after = points[i + 1] - points[i];
        const double room =
            qMin(std::hypot(before.x(), before.y()), std::hypot(after.x(), after.y())) / 2;
        const double own = qMin(radius, room);
        steps.push_back({.to = towards(points[i], points[i - 1], own)});
        steps.push_back(
            {.to = towards(points[i], points[i + 1], own), .corner = points[i], .round = true});
    }
    return steps;
}

} // namespace core
