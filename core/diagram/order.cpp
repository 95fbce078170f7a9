// SPDX-License-Identifier: GPL-3.0-or-later
// The order of the nodes of a layer (barycentres, then exchanges of neighbours) and how far down
// each stands.
#include "core/diagram/layered_p.h"

#include <algorithm>

namespace core {

namespace {

constexpr int mostSweeps = 16;
constexpr int mostExchanges = 8;
constexpr int placingSweeps = 12;
constexpr std::size_t mostForExchange = 120; // nodes of a layer

/// Where a link meets a layer: its node's number in the order, and where in that node.
double meets(const LayerNode &node, int place, double offset)
{
    return place + (node.height > 0 ? offset / node.height * 0.98 : 0.5);
}

class Orderer
{
public:
    explicit Orderer(Layered &layered)
        : m_layered(layered)
        , m_place(layered.nodes.size(), 0)
        , m_left(layered.nodes.size())
        , m_right(layered.nodes.size())
    {
        for (const auto &links : layered.links) {
            for (const LayerLink &link : links) {
                m_right[std::size_t(link.left)].push_back(link);
                m_left[std::size_t(link.right)].push_back(link);
            }
        }
        number();
    }

    /// The order that is given, if fewer links cross in it.
    void take(std::vector<std::vector<int>> layers)
    {
        const qint64 now = crossings();
        std::swap(m_layered.layers, layers);
        number();
        if (crossings() < now)
            return;
        m_layered.layers = std::move(layers);
        number();
    }

    [[nodiscard]] qint64 order()
    {
        auto best = m_layered.layers;
        qint64 fewest = crossings();
        for (int sweep = 0; sweep < mostSweeps && fewest > 0; ++sweep) {
            sweepOnce(sweep % 2 == 0);
            exchange();
            const qint64 now = crossings();
            if (now < fewest) {
                fewest = now;
                best = m_layered.layers;
            }
        }
        m_layered.layers = std::move(best);
        number();
        return fewest;
    }

private:
    void number()
    {
        for (const auto &layer : m_layered.layers)
            number(layer);
    }
    void number(const std::vector<int> &layer)
    {
        for (std::size_t i = 0; i < layer.size(); ++i)
            m_place[std::size_t(layer[i])] = int(i);
    }
    [[nodiscard]] double leftEnd(const LayerLink &link) const
    {
        return meets(m_layered.node(link.left), m_place[std::size_t(link.left)], link.leftOffset);
    }
    [[nodiscard]] double rightEnd(const LayerLink &link) const
    {
        return meets(m_layered.node(link.right), m_place[std::size_t(link.right)],
                     link.rightOffset);
    }

    /// Pairs of links between neighbouring layers whose ends stand in opposite orders.
    [[nodiscard]] qint64 crossings() const
    {
        qint64 count = 0;
        for (const auto &links : m_layered.links) {
            std::vector<std::pair<double, double>> ends;
            for (const LayerLink &link : links)
                ends.emplace_back(leftEnd(link), rightEnd(link));
            std::ranges::sort(ends);
            // Sorted by the left end, each right end crosses the greater ones before it.
            std::vector<double> seen;
            for (const auto &[left, right] : ends) {
                const auto at = std::ranges::upper_bound(seen, right);
                count += seen.end() - at;
                seen.insert(at, right);
            }
        }
        return count;
    }

    /// From the first layer on by what stands before, or from the last by what stands behind.
    void sweepOnce(bool forwards)
    {
        const std::size_t count = m_layered.layers.size();
        for (std::size_t i = 1; i < count; ++i) {
            auto &layer = m_layered.layers[forwards ? i : count - 1 - i];
            const auto &other = m_layered.layers[forwards ? i - 1 : count - i];
            std::vector<std::pair<double, int>> wanted;
            for (const int node : layer) {
                const auto &links =
                    forwards ? m_left[std::size_t(node)] : m_right[std::size_t(node)];
                double sum = 0;
                for (const LayerLink &link : links)
                    sum += forwards ? leftEnd(link) : rightEnd(link);
                const double own = (m_place[std::size_t(node)] + 0.5) * double(other.size())
                                   / double(layer.size());
                wanted.emplace_back(links.empty() ? own : sum / double(links.size()), node);
            }
            std::ranges::stable_sort(wanted, {}, &std::pair<double, int>::first);
            std::ranges::transform(wanted, layer.begin(), &std::pair<double, int>::second);
            number(layer);
        }
    }

    /// Crossings of the links of two nodes of a layer, `above` standing above `below`.
    [[nodiscard]] int crossingsOf(int above, int below) const
    {
        int count = 0;
        for (const LayerLink &a : m_left[std::size_t(above)]) {
            for (const LayerLink &b : m_left[std::size_t(below)])
                count += leftEnd(a) > leftEnd(b) ? 1 : 0;
        }
        for (const LayerLink &a : m_right[std::size_t(above)]) {
            for (const LayerLink &b : m_right[std::size_t(below)])
                count += rightEnd(a) > rightEnd(b) ? 1 : 0;
        }
        return count;
    }

    void exchange()
    {
        bool better = true;
        for (int round = 0; round < mostExchanges && better; ++round) {
            better = false;
            for (auto &layer : m_layered.layers) {
                if (layer.size() > mostForExchange)
                    continue;
                for (std::size_t i = 1; i < layer.size(); ++i) {
                    if (crossingsOf(layer[i - 1], layer[i]) <= crossingsOf(layer[i], layer[i - 1]))
                        continue;
                    std::swap(layer[i - 1], layer[i]);
                    m_place[std::size_t(layer[i - 1])] = int(i) - 1;
                    m_place[std::size_t(layer[i])] = int(i);
                    better = true;
                }
            }
        }
    }

    Layered &m_layered;
    std::vector<int> m_place; // by node
    std::vector<std::vector<LayerLink>> m_left;
    std::vector<std::vector<LayerLink>> m_right;
};

double weightOf(const LayerNode &a, const LayerNode &b)
{
    if (a.isLane() && b.isLane())
        return 8;
    return a.isLane() || b.isLane() ? 2 : 1;
}

/// Moves the nodes of a layer as little as it takes away from where they would like to be, so that
/// none comes nearer to the next than it may: isotonic regression by pooling those that conflict.
void settle(Layered &layered, const std::vector<int> &layer, const std::vector<double> &wanted,
            const std::vector<double> &weights)
{
    struct Pool {
        double sum;
        double weight;
        std::size_t count;
        [[nodiscard]] double mean() const { return sum / weight; }
    };
    std::vector<double> before(layer.size(), 0); // heights and gaps above each
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < layer.size(); ++i) {
        if (i > 0) {
            const LayerNode &above = layered.node(layer[i - 1]);
            before[i] = before[i - 1] + above.height
                        + gapBetween(layered.metrics, above, layered.node(layer[i]));
        }
        pools.push_back({(wanted[i] - before[i]) * weights[i], weights[i], 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().weight += last.weight;
            pools.back().count += last.count;
        }
    }
    std::size_t i = 0;
    for (const Pool &pool : pools) {
        for (std::size_t k = 0; k < pool.count; ++k, ++i)
            layered.node(layer[i]).y = pool.mean() + before[i];
    }
}

/// What draws a node to a height: the other end of a link.
struct Pull {
    int other;
    double shift; // of the wanted place, from the other's
    double weight;
    bool fromLeft;
};
using Pulls = std::vector<std::vector<Pull>>; // by node

Pulls pullsOf(const Layered &layered)
{
    Pulls pulls(layered.nodes.size());
    for (const auto &links : layered.links) {
        for (const LayerLink &link : links) {
            const double weight = weightOf(layered.node(link.left), layered.node(link.right));
            const double shift = link.leftOffset - link.rightOffset;
            pulls[std::size_t(link.right)].push_back({link.left, shift, weight, true});
            pulls[std::size_t(link.left)].push_back({link.right, -shift, weight, false});
        }
    }
    return pulls;
}

/// From 0 on in whole numbers, no nearer to what stands above than it may.
void roundPlaces(Layered &layered)
{
    if (layered.nodes.empty())
        return;
    const double top = std::ranges::min(layered.nodes, {}, &LayerNode::y).y;
    for (const auto &layer : layered.layers) {
        const LayerNode *above = nullptr;
        for (const int index : layer) {
            LayerNode &node = layered.node(index);
            node.y = double(qRound64(node.y - top));
            if (above)
                node.y = qMax(node.y,
                              above->y + above->height + gapBetween(layered.metrics, *above, node));
            above = &node;
        }
    }
}

} // namespace

double gapBetween(const DiagramMetrics &metrics, const LayerNode &above, const LayerNode &below)
{
    if (above.isLane() && below.isLane())
        return metrics.track;
    return above.isLane() || below.isLane() ? metrics.rowGap / 2 : metrics.rowGap;
}

void orderNodes(Layered &layered, const DotRunner &dot)
{
    Orderer orderer(layered);
    if (orderer.order() == 0 || !dot)
        return;
    const std::optional<QByteArray> answer = dot(dotText(layered));
    if (auto layers = answer ? dotOrder(layered, *answer) : std::nullopt)
        orderer.take(std::move(*layers));
}

void placeNodes(Layered &layered)
{
    const Pulls pulls = pullsOf(layered);
    const std::size_t count = layered.layers.size();
    for (const auto &layer : layered.layers)
        settle(layered, layer, std::vector<double>(layer.size(), 0),
               std::vector<double>(layer.size(), 1));
    for (int sweep = 0; sweep < placingSweeps; ++sweep) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto &layer = layered.layers[sweep % 2 == 0 ? i : count - 1 - i];
            std::vector<double> wanted;
            std::vector<double> weights;
            for (const int node : layer) {
                double sum = 0;
                double weight = 0;
                for (const Pull &pull : pulls[std::size_t(node)]) {
                    // The first two rounds bring order in from one side, the others straighten.
                    if (sweep < 2 && pull.fromLeft != (sweep == 0))
                        continue;
                    sum += (layered.node(pull.other).y + pull.shift) * pull.weight;
                    weight += pull.weight;
                }
                wanted.push_back(weight > 0 ? sum / weight : layered.node(node).y);
                weights.push_back(weight > 0 ? weight : 0.1);
            }
            settle(layered, layer, wanted, weights);
        }
    }
    roundPlaces(layered);
}

} // namespace core
