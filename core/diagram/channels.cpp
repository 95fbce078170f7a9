// SPDX-License-Identifier: GPL-3.0-or-later
// The ways of the lines. Between two layers lies a channel; each bundle that passes it has at most
// one upright there, on a track of its own. Which upright stands left of which decides how many
// lines cross, and whether level pieces of different bundles would lie on one another.
#include "core/diagram/layered_p.h"

#include <algorithm>
#include <cmath>

namespace core {

namespace {

constexpr double sameHeight = 5;     // level pieces nearer than that would read as one
constexpr qint64 overlapCost = 1000; // of such a pair; a crossing costs 1
constexpr std::size_t mostForSearch = 90;
constexpr int mostRounds = 6;
constexpr double levelShift = 5; // an end may move so far within its row to make a line level

/// What a bundle has in a channel.
struct Upright {
    int bundle = 0;
    std::vector<double> left = {}; // heights at which it reaches the channel's sides
    std::vector<double> right = {};
    double top = 0;
    double bottom = 0;
    int track = 0;

    [[nodiscard]] bool isLevel() const { return bottom - top < 1; }
    void measure()
    {
        top = 1e18;
        bottom = -1e18;
        for (const auto *ends : {&left, &right}) {
            for (const double y : *ends) {
                top = qMin(top, y);
                bottom = qMax(bottom, y);
            }
        }
    }
};
using Channel = std::vector<Upright>;

int inside(const std::vector<double> &ends, const Upright &upright)
{
    return int(std::ranges::count_if(
        ends, [&](double y) { return y > upright.top && y < upright.bottom; }));
}

/// What it costs that `a` stands left of `b`.
qint64 cost(const Upright &a, const Upright &b)
{
    qint64 sum = inside(a.right, b) + inside(b.left, a);
    for (const double ours : a.right) {
        for (const double theirs : b.left)
            sum += std::abs(ours - theirs) < sameHeight ? overlapCost : 0;
    }
    return sum;
}

bool meet(const Upright &a, const Upright &b)
{
    return a.top < b.bottom + sameHeight && b.top < a.bottom + sameHeight;
}

/// Orders the uprights from left to right: each in turn goes where it costs least.
void orderUprights(Channel &channel)
{
    // Those that go down stand further right the higher they begin; a good beginning.
    std::ranges::stable_sort(channel, {}, [](const Upright &upright) {
        return upright.left.empty() ? upright.top : -upright.left.front();
    });
    if (channel.size() > mostForSearch)
        return;
    bool better = true;
    for (int round = 0; round < mostRounds && better; ++round) {
        better = false;
        for (std::size_t i = 0; i < channel.size(); ++i) {
            qint64 now = 0;
            qint64 least = 0;
            std::size_t place = i;
            for (std::size_t k = i; k-- > 0;) {
                now += cost(channel[i], channel[k]) - cost(channel[k], channel[i]);
                if (now < least) {
                    least = now;
                    place = k;
                }
            }
            now = 0;
            for (std::size_t k = i + 1; k < channel.size(); ++k) {
                now += cost(channel[k], channel[i]) - cost(channel[i], channel[k]);
                if (now < least) {
                    least = now;
                    place = k;
                }
            }
            if (place == i)
                continue;
            better = true;
            const auto from = channel.begin() + qsizetype(i);
            const auto to = channel.begin() + qsizetype(place);
            if (place < i)
                std::rotate(to, from, from + 1);
            else
                std::rotate(from, from + 1, to + 1);
        }
    }
}

/// As few tracks as the order allows; tells how many.
int giveTracks(Channel &channel)
{
    int count = 0;
    for (std::size_t i = 0; i < channel.size(); ++i) {
        Upright &own = channel[i];
        if (own.isLevel())
            continue;
        own.track = 0;
        for (std::size_t k = 0; k < i; ++k) {
            if (!channel[k].isLevel() && meet(channel[k], own))
                own.track = qMax(own.track, channel[k].track + 1);
        }
        count = qMax(count, own.track + 1);
    }
    return count;
}

class Router
{
public:
    Router(Layered &layered, DiagramLayout &layout)
        : m_layered(layered)
        , m_layout(layout)
        , m_channels(layered.layers.size())
        , m_tracks(layered.layers.size(), 0)
        , m_x(layered.layers.size(), 0)
        , m_gap(layered.layers.size(), 0)
        , m_place(layered.bundles.size())
    {
    }

    void run()
    {
        straighten();
        collect();
        for (std::size_t i = 0; i < m_channels.size(); ++i) {
            orderUprights(m_channels[i]);
            m_tracks[i] = giveTracks(m_channels[i]);
        }
        placeColumns();
        for (const int index : m_layered.keys)
            m_layout.routes[std::size_t(index)].points = route(index);
    }

private:
    [[nodiscard]] const Bundle &bundleOf(int key) const
    {
        return m_layered.bundles[std::size_t(m_layered.bundleOf[std::size_t(key)])];
    }
    [[nodiscard]] double passingHeight(const Bundle &bundle, int layer) const
    {
        const int node = m_layered.passing(bundle, layer);
        return m_layered.node(node).y + m_layered.passingOffset(bundle, node);
    }
    [[nodiscard]] double keyHeight(int key) const
    {
        return m_layered.node(m_layered.child(key)).y + m_layered.keyOffset[std::size_t(key)];
    }

    /// A line that is level but for a few pixels becomes level.
    void straighten()
    {
        for (const int key : m_layered.keys) {
            const Bundle &bundle = bundleOf(key);
            const int layer = m_layered.node(m_layered.child(key)).layer;
            const int before = bundle.leftwards ? layer + 1 : layer - 1;
            if (m_layered.child(key) == bundle.target)
                continue;
            const double away = passingHeight(bundle, before) - keyHeight(key);
            double &offset = m_layered.keyOffset[std::size_t(key)];
            const double middle = m_layered.metrics.rowCentre(m_layered.key(key).fromRow);
            if (std::abs(away) <= levelShift && std::abs(offset + away - middle) <= levelShift)
                offset += away;
        }
    }

    [[nodiscard]] Upright &upright(int channel, int bundle)
    {
        Channel &all = m_channels[std::size_t(channel)];
        auto found = std::ranges::find(all, bundle, &Upright::bundle);
        if (found == all.end())
            found = all.insert(all.end(), {.bundle = bundle});
        return *found;
    }

    void collect()
    {
        for (std::size_t i = 0; i < m_layered.bundles.size(); ++i) {
            const Bundle &bundle = m_layered.bundles[i];
            const int own = m_layered.node(bundle.target).layer;
            const int last = own + int(bundle.lanes.size()) * (bundle.leftwards ? -1 : 1);
            for (int layer = own;; layer += bundle.leftwards ? -1 : 1) {
                // From this layer to the next one further from the target.
                Upright &here = upright(bundle.leftwards ? layer - 1 : layer, int(i));
                auto &near = bundle.leftwards ? here.right : here.left;
                auto &far = bundle.leftwards ? here.left : here.right;
                near.push_back(passingHeight(bundle, layer));
                if (layer == last)
                    break;
                far.push_back(passingHeight(bundle, layer + (bundle.leftwards ? -1 : 1)));
            }
            for (const int key : bundle.keys) {
                const int child = m_layered.child(key);
                const int layer = m_layered.node(child).layer;
                if (child == bundle.target || bundle.leftwards)
                    upright(layer, int(i)).left.push_back(keyHeight(key));
                else
                    upright(layer - 1, int(i)).right.push_back(keyHeight(key));
            }
        }
        for (Channel &channel : m_channels) {
            for (Upright &one : channel)
                one.measure();
        }
    }

    void placeColumns()
    {
        const DiagramMetrics &metrics = m_layered.metrics;
        double x = 0;
        for (std::size_t i = 0; i < m_channels.size(); ++i) {
            m_x[i] = x;
            const double wanted = 2 * metrics.stub + qMax(0, m_tracks[i] - 1) * metrics.track;
            m_gap[i] = qMax(metrics.columnGap, wanted);
            x += metrics.cardWidth + m_gap[i];
            // Around the middle; the last channel holds only loops, near to their cards.
            const bool last = i + 1 == m_channels.size();
            const double first =
                last ? metrics.stub
                     : double(qRound((m_gap[i] - qMax(0, m_tracks[i] - 1) * metrics.track) / 2));
            for (const Upright &one : m_channels[i]) {
                m_place[std::size_t(one.bundle)].emplace_back(
                    int(i), m_x[i] + metrics.cardWidth + first + one.track * metrics.track);
            }
        }
        for (const auto &layer : m_layered.layers) {
            for (const int index : layer) {
                const LayerNode &node = m_layered.node(index);
                if (!node.isLane()) {
                    m_layout.cards[std::size_t(node.table)] = QRectF(
                        m_x[std::size_t(node.layer)], node.y, metrics.cardWidth, node.height);
                }
            }
        }
    }

    [[nodiscard]] double trackOf(int bundle, int channel) const
    {
        const auto &places = m_place[std::size_t(bundle)];
        return std::ranges::find(places, channel, &std::pair<int, double>::first)->second;
    }

    [[nodiscard]] QList<QPointF> route(int key) const
    {
        const Bundle &bundle = bundleOf(key);
        const int index = m_layered.bundleOf[std::size_t(key)];
        const int child = m_layered.child(key);
        const int own = m_layered.node(bundle.target).layer;
        int layer = m_layered.node(child).layer;
        const double width = m_layered.metrics.cardWidth;
        const bool fromRight = bundle.leftwards || child == bundle.target;
        double y = keyHeight(key);
        QList<QPointF> points{{m_x[std::size_t(layer)] + (fromRight ? width : 0), y}};
        const auto cross = [&](int channel, double height) {
            const double x = trackOf(index, channel);
            if (std::abs(height - y) >= 0.5)
                points << QPointF(x, y) << QPointF(x, height);
            y = height;
        };
        if (child == bundle.target) {
            cross(layer, passingHeight(bundle, own));
        } else {
            const int step = bundle.leftwards ? 1 : -1;
            for (; layer != own; layer += step)
                cross(bundle.leftwards ? layer : layer - 1, passingHeight(bundle, layer + step));
        }
        points << QPointF(m_x[std::size_t(own)] + (bundle.leftwards ? 0 : width), y);
        return points;
    }

    Layered &m_layered;
    DiagramLayout &m_layout;
    std::vector<Channel> m_channels; // channel i lies right of layer i
    std::vector<int> m_tracks;
    std::vector<double> m_x;                                  // by layer
    std::vector<double> m_gap;                                // by channel
    std::vector<std::vector<std::pair<int, double>>> m_place; // by bundle: channel, x
};

} // namespace

void routeBundles(Layered &layered, DiagramLayout &layout)
{
    Router(layered, layout).run();
}

} // namespace core
