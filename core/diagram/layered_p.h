// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramlayout.h"

#include <vector>

namespace core {

// Parts of layOut(), one component of the graph at a time; in the order in which they work.

/// A card, or a lane: the place where a bundle passes a layer between its cards.
struct LayerNode {
    int table = -1; ///< index in the graph; -1 = a lane
    int bundle = -1;
    int layer = 0;
    double height = 0;
    double y = 0; ///< of its top
    [[nodiscard]] bool isLane() const { return table < 0; }
};

/// The lines that end at the same column and side of a table; they run together.
struct Bundle {
    int target = 0; ///< node
    int row = 0;
    bool leftwards = false; ///< they reach the target from its left: its children stand there
    bool optional = false;
    double offset = 0; ///< of its end, below the target's top
    std::vector<int> keys = {};
    std::vector<int> lanes = {}; ///< nodes, one a layer from the target on
};

/// A piece of a bundle between two neighbouring layers, for the order and the places of nodes.
struct LayerLink {
    int left = 0; ///< node
    int right = 0;
    double leftOffset = 0; ///< below the node's top
    double rightOffset = 0;
};

struct Layered {
    const DiagramGraph &graph;
    const DiagramMetrics &metrics;
    std::vector<int> tables = {};      ///< of the component; node i is the card of tables[i]
    std::vector<int> keys = {};        ///< the graph's, of the component
    std::vector<LayerNode> nodes = {}; ///< cards first, then lanes
    std::vector<Bundle> bundles = {};
    std::vector<std::vector<int>> layers = {}; ///< nodes from top to bottom
    std::vector<int> nodeOf = {};              ///< by table index; -1 = of another component
    std::vector<int> bundleOf = {};            ///< by key index
    std::vector<double> keyOffset = {}; ///< by key index: its beginning, below its card's top
    std::vector<std::vector<LayerLink>> links = {}; ///< links[i] joins layers i and i + 1

    [[nodiscard]] const DiagramKey &key(int index) const { return graph.keys[std::size_t(index)]; }
    [[nodiscard]] LayerNode &node(int index) { return nodes[std::size_t(index)]; }
    [[nodiscard]] const LayerNode &node(int index) const { return nodes[std::size_t(index)]; }
    /// The card at which a key begins.
    [[nodiscard]] int child(int keyIndex) const { return nodeOf[std::size_t(key(keyIndex).from)]; }
    /// Of a bundle in a layer between its target and its last child: the card or the lane.
    [[nodiscard]] int passing(const Bundle &bundle, int layer) const;
    /// How far down a bundle meets that node.
    [[nodiscard]] double passingOffset(const Bundle &bundle, int node) const
    {
        return node == bundle.target ? bundle.offset : 0;
    }
};

/// Gives every card a layer.
void assignLayers(Layered &layered);
/// Makes bundles, their ends, lanes and links.
void makeBundles(Layered &layered);
/// Orders the nodes of each layer so that few lines cross: by itself, and as dot answers where that
/// is better.
void orderNodes(Layered &layered, const DotRunner &dot);
/// Gives the nodes their places.
void placeNodes(Layered &layered);
/// The layers as dot reads them; and the order that its answer gives, none for an answer that is
/// not whole.
[[nodiscard]] QByteArray dotText(const Layered &layered);
[[nodiscard]] std::optional<std::vector<std::vector<int>>> dotOrder(const Layered &layered,
                                                                    const QByteArray &answer);
/// Finds the lines' ways between the layers; fills the cards and routes of this component, its top
/// left corner at 0, 0.
void routeBundles(Layered &layered, DiagramLayout &layout);

/// The space between two nodes of a layer, one below the other.
[[nodiscard]] double gapBetween(const DiagramMetrics &metrics, const LayerNode &above,
                                const LayerNode &below);

} // namespace core
