// SPDX-License-Identifier: GPL-3.0-or-later
// The order of the nodes of each layer, as Graphviz' dot finds it. Layers are ours, so are places
// and lines; names never reach it.
#include "core/diagram/layered_p.h"

#include <algorithm>

namespace core {

namespace {

QByteArray nodeName(int node)
{
    return 'n' + QByteArray::number(node);
}

QByteArray inches(double pixels)
{
    return QByteArray::number(qMax(0.02, pixels / 72), 'f', 3);
}

} // namespace

QByteArray dotText(const Layered &layered)
{
    QByteArray text = "digraph g {\nrankdir=LR; nodesep=0.3; ranksep=1;\n"
                      "node [shape=box, fixedsize=true, label=\"\"];\nedge [arrowhead=none];\n";
    for (const auto &layer : layered.layers) {
        text += "{ rank=same;";
        for (const int node : layer)
            text += ' ' + nodeName(node) + " [width=" + inches(layered.metrics.cardWidth)
                    + ", height=" + inches(layered.node(node).height) + "];";
        text += " }\n";
    }
    for (const auto &links : layered.links) {
        for (const LayerLink &link : links) {
            const bool lanes =
                layered.node(link.left).isLane() && layered.node(link.right).isLane();
            text += nodeName(link.left) + " -> " + nodeName(link.right)
                    + (lanes ? " [weight=8];\n" : ";\n");
        }
    }
    return text + "}\n";
}

std::optional<std::vector<std::vector<int>>> dotOrder(const Layered &layered,
                                                      const QByteArray &answer)
{
    // "node n12 1.5 3.25 …": the height counts from below.
    std::vector<std::optional<double>> heights(layered.nodes.size());
    for (const QByteArray &line : answer.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        if (words.size() < 4 || words[0] != "node" || !words[1].startsWith('n'))
            continue;
        bool isNumber = false;
        bool isHeight = false;
        const int node = words[1].sliced(1).toInt(&isNumber);
        const double height = words[3].toDouble(&isHeight);
        if (isNumber && isHeight && node >= 0 && node < int(heights.size()))
            heights[std::size_t(node)] = height;
    }
    if (!std::ranges::all_of(heights, [](const auto &height) { return height.has_value(); }))
        return std::nullopt;
    auto layers = layered.layers;
    for (auto &layer : layers)
        std::ranges::stable_sort(layer, std::greater(),
                                 [&](int node) { return *heights[std::size_t(node)]; });
    return layers;
}

} // namespace core
