// SPDX-License-Identifier: GPL-3.0-or-later
// Which layer a card stands in. Referenced tables come before those that reference them (longest
// path), but a layer takes only as many as fit well below one another (Coffman and Graham).
#include "core/diagram/layered_p.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace core {

namespace {

constexpr double wantedAspect = 1.6; // width to height
constexpr double slack = 1.15;       // lanes need room too
constexpr double leastHeight = 560;

struct Arcs {
    std::vector<std::vector<int>> parents;
    std::vector<std::vector<int>> children;
};

/// The keys as arcs from parent to child without circles: an arc that would close one is turned.
Arcs acyclicArcs(const Layered &layered)
{
    const std::size_t count = layered.tables.size();
    std::vector<std::vector<int>> out(count);
    std::vector<int> references(count, 0);
    for (const int index : layered.keys) {
        const int parent = layered.nodeOf[std::size_t(layered.key(index).to)];
        const int child = layered.child(index);
        if (parent == child || std::ranges::contains(out[std::size_t(parent)], child))
            continue;
        out[std::size_t(parent)].push_back(child);
        ++references[std::size_t(child)];
    }
    std::vector<int> order(count);
    std::ranges::copy(std::views::iota(0, int(count)), order.begin());
    std::ranges::stable_sort(order, {}, [&](int node) {
        return std::pair(references[std::size_t(node)], -int(out[std::size_t(node)].size()));
    });
    Arcs arcs{std::vector<std::vector<int>>(count), std::vector<std::vector<int>>(count)};
    const auto add = [&arcs](int parent, int child) {
        if (std::ranges::contains(arcs.children[std::size_t(parent)], child))
            return;
        arcs.children[std::size_t(parent)].push_back(child);
        arcs.parents[std::size_t(child)].push_back(parent);
    };
    enum class Seen : quint8 { No, OnPath, Done };
    std::vector<Seen> seen(count, Seen::No);
    // Depth first with a stack of our own: a chain of keys may be long.
    struct Step {
        int node;
        std::size_t next;
    };
    for (const int root : order) {
        std::vector<Step> path;
        if (seen[std::size_t(root)] == Seen::No)
            path.push_back({root, 0});
        while (!path.empty()) {
            const int node = path.back().node;
            seen[std::size_t(node)] = Seen::OnPath;
            if (path.back().next == out[std::size_t(node)].size()) {
                seen[std::size_t(node)] = Seen::Done;
                path.pop_back();
                continue;
            }
            const int child = out[std::size_t(node)][path.back().next++];
            if (seen[std::size_t(child)] == Seen::OnPath) {
                add(child, node);
            } else {
                add(node, child);
                if (seen[std::size_t(child)] == Seen::No)
                    path.push_back({child, 0});
            }
        }
    }
    return arcs;
}

/// The number of arcs on the longest way down from each node.
std::vector<int> depthsBelow(const Arcs &arcs)
{
    std::vector<int> depth(arcs.children.size(), 0);
    std::vector<int> open(arcs.children.size());
    std::vector<int> ready;
    for (std::size_t i = 0; i < open.size(); ++i) {
        open[i] = int(arcs.children[i].size());
        if (open[i] == 0)
            ready.push_back(int(i));
    }
    while (!ready.empty()) {
        const int node = ready.back();
        ready.pop_back();
        for (const int parent : arcs.parents[std::size_t(node)]) {
            int &own = depth[std::size_t(parent)];
            own = qMax(own, depth[std::size_t(node)] + 1);
            if (--open[std::size_t(parent)] == 0)
                ready.push_back(parent);
        }
    }
    return depth;
}

struct Stack {
    double limit = 0;
    double gap = 0;
    std::vector<double> heights = {}; // by layer

    [[nodiscard]] bool takes(int layer, double height) const
    {
        const double used = heights[std::size_t(layer)];
        return used == 0 || used + gap + height <= limit;
    }
    void put(int layer, double height) { heights[std::size_t(layer)] += height + gap; }
};

Stack emptyStack(const Layered &layered)
{
    double sum = 0;
    for (const LayerNode &node : layered.nodes)
        sum += node.height + layered.metrics.rowGap;
    const double pitch = layered.metrics.cardWidth + layered.metrics.columnGap;
    return {.limit = qMax(leastHeight * layered.metrics.rowHeight / 24,
                          std::sqrt(sum * pitch / wantedAspect) * slack),
            .gap = layered.metrics.rowGap};
}

/// A card that is referenced more than it references stands as near to its children as there is
/// room.
void pullRight(Layered &layered, const Arcs &arcs, Stack &stack)
{
    std::vector<int> order(layered.tables.size());
    std::ranges::copy(std::views::iota(0, int(order.size())), order.begin());
    std::ranges::stable_sort(order, std::greater(),
                             [&](int node) { return layered.node(node).layer; });
    for (const int index : order) {
        LayerNode &node = layered.node(index);
        const auto &children = arcs.children[std::size_t(index)];
        if (children.size() <= arcs.parents[std::size_t(index)].size())
            continue;
        int layer = layered.node(children.front()).layer;
        for (const int child : children)
            layer = qMin(layer, layered.node(child).layer);
        while (--layer > node.layer && !stack.takes(layer, node.height)) {
        }
        if (layer <= node.layer)
            continue;
        stack.heights[std::size_t(node.layer)] -= node.height + stack.gap;
        stack.put(layer, node.height);
        node.layer = layer;
    }
}

/// Layers are numbered from 0 without a hole.
void closeHoles(Layered &layered)
{
    std::vector<int> used;
    for (const LayerNode &node : layered.nodes)
        used.push_back(node.layer);
    std::ranges::sort(used);
    const auto [first, last] = std::ranges::unique(used);
    used.erase(first, last);
    for (LayerNode &node : layered.nodes)
        node.layer = int(std::ranges::lower_bound(used, node.layer) - used.begin());
}

} // namespace

void assignLayers(Layered &layered)
{
    const Arcs arcs = acyclicArcs(layered);
    const std::vector<int> depth = depthsBelow(arcs);
    Stack stack = emptyStack(layered);
    std::vector<int> open(arcs.parents.size());
    std::vector<int> ready;
    for (std::size_t i = 0; i < open.size(); ++i) {
        open[i] = int(arcs.parents[i].size());
        if (open[i] == 0)
            ready.push_back(int(i));
    }
    const auto urgency = [&](int node) {
        return std::tuple(-depth[std::size_t(node)], -int(arcs.children[std::size_t(node)].size()),
                          node);
    };
    for (int layer = 0; !ready.empty(); ++layer) {
        stack.heights.push_back(0);
        std::ranges::sort(ready, {}, urgency);
        std::vector<int> left;
        std::vector<int> taken;
        for (const int node : ready) {
            if (!stack.takes(layer, layered.node(node).height)) {
                left.push_back(node);
                continue;
            }
            stack.put(layer, layered.node(node).height);
            layered.node(node).layer = layer;
            taken.push_back(node);
        }
        for (const int node : taken) {
            for (const int child : arcs.children[std::size_t(node)]) {
                if (--open[std::size_t(child)] == 0)
                    left.push_back(child);
            }
        }
        ready = std::move(left);
    }
    pullRight(layered, arcs, stack);
    closeHoles(layered);
}

} // namespace core
