// SPDX-License-Identifier: GPL-3.0-or-later
// Lines to one column are a bundle: drawn as one as far as they go together, they are fewer to look
// at, and lead to the same place anyway.
#include "core/diagram/layered_p.h"

#include <algorithm>
#include <map>

namespace core {

namespace {

constexpr double furthestApart = 16; // of the ends at one row, for a row of 24

enum class Side : quint8 { Left, Right };

/// Where a line leaves or reaches a card.
struct End {
    int node = 0;
    int row = 0;
    Side side = Side::Left;
    auto operator<=>(const End &) const = default;
};

/// Ends of several lines at one row stand beside each other, around the row's middle.
class EndPlaces
{
public:
    void add(const End &end, double *offset) { m_ends[end].push_back(offset); }
    void spread(const DiagramMetrics &metrics)
    {
        for (const auto &[end, offsets] : m_ends) {
            const double scale = metrics.rowHeight / 24;
            const auto count = double(offsets.size());
            const double step = count > 1 ? qMin(10.0, furthestApart / (count - 1)) * scale : 0;
            for (std::size_t i = 0; i < offsets.size(); ++i) {
                *offsets[i] = metrics.rowCentre(end.row)
                              + double(qRound((double(i) - (count - 1) / 2) * step));
            }
        }
    }

private:
    std::map<End, std::vector<double *>> m_ends;
};

void collectBundles(Layered &layered)
{
    std::map<std::tuple<int, int, bool, bool>, int> known;
    for (const int index : layered.keys) {
        const DiagramKey &key = layered.key(index);
        const int target = layered.nodeOf[std::size_t(key.to)];
        const int child = layered.child(index);
        const bool leftwards = layered.node(child).layer < layered.node(target).layer;
        const auto [at, isNew] = known.try_emplace(
            {target, key.toRow, leftwards, key.fact.optional}, int(layered.bundles.size()));
        if (isNew) {
            layered.bundles.push_back({.target = target,
                                       .row = key.toRow,
                                       .leftwards = leftwards,
                                       .optional = key.fact.optional});
        }
        layered.bundles[std::size_t(at->second)].keys.push_back(index);
        layered.bundleOf[std::size_t(index)] = at->second;
    }
}

void placeEnds(Layered &layered)
{
    EndPlaces places;
    for (Bundle &bundle : layered.bundles)
        places.add({bundle.target, bundle.row, bundle.leftwards ? Side::Left : Side::Right},
                   &bundle.offset);
    for (const int index : layered.keys) {
        const Bundle &bundle = layered.bundles[std::size_t(layered.bundleOf[std::size_t(index)])];
        const int child = layered.child(index);
        const bool right = bundle.leftwards || child == bundle.target;
        places.add({child, layered.key(index).fromRow, right ? Side::Right : Side::Left},
                   &layered.keyOffset[std::size_t(index)]);
    }
    places.spread(layered.metrics);
}

void addLanes(Layered &layered)
{
    for (std::size_t i = 0; i < layered.bundles.size(); ++i) {
        Bundle &bundle = layered.bundles[i];
        const int own = layered.node(bundle.target).layer;
        int furthest = own;
        for (const int index : bundle.keys) {
            const int layer = layered.node(layered.child(index)).layer;
            furthest = bundle.leftwards ? qMin(furthest, layer) : qMax(furthest, layer);
        }
        const int step = bundle.leftwards ? -1 : 1;
        for (int layer = own + step; (furthest - layer) * step > 0; layer += step) {
            bundle.lanes.push_back(int(layered.nodes.size()));
            layered.nodes.push_back({.bundle = int(i), .layer = layer});
        }
    }
}

void addLinks(Layered &layered)
{
    const auto link = [&layered](int near, double nearOffset, int far, double farOffset,
                                 bool leftwards) {
        LayerLink made{near, far, nearOffset, farOffset};
        if (leftwards)
            made = {far, near, farOffset, nearOffset};
        layered.links[std::size_t(layered.node(made.left).layer)].push_back(made);
    };
    for (const Bundle &bundle : layered.bundles) {
        int before = bundle.target;
        for (const int lane : bundle.lanes) {
            link(before, layered.passingOffset(bundle, before), lane, 0, bundle.leftwards);
            before = lane;
        }
        for (const int index : bundle.keys) {
            const int child = layered.child(index);
            if (child == bundle.target)
                continue;
            const int near =
                layered.passing(bundle, layered.node(child).layer + (bundle.leftwards ? 1 : -1));
            link(near, layered.passingOffset(bundle, near), child,
                 layered.keyOffset[std::size_t(index)], bundle.leftwards);
        }
    }
}

} // namespace

int Layered::passing(const Bundle &bundle, int layer) const
{
    const int away = qAbs(layer - node(bundle.target).layer);
    return away == 0 ? bundle.target : bundle.lanes[std::size_t(away) - 1];
}

void makeBundles(Layered &layered)
{
    layered.bundleOf.assign(layered.graph.keys.size(), -1);
    layered.keyOffset.assign(layered.graph.keys.size(), 0);
    collectBundles(layered);
    placeEnds(layered);
    addLanes(layered);
    std::size_t count = 0;
    for (const LayerNode &node : layered.nodes)
        count = qMax(count, std::size_t(node.layer) + 1);
    layered.layers.assign(count, {});
    layered.links.assign(count, {});
    for (std::size_t i = 0; i < layered.nodes.size(); ++i)
        layered.layers[std::size_t(layered.nodes[i].layer)].push_back(int(i));
    addLinks(layered);
}

} // namespace core
