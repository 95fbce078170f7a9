// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"

#include <QByteArray>

#include <vector>

namespace core {

/// What is put in order: a statement or a few that belong together.
struct DdlPlace {
    int rank = 0; ///< of the kind; lower first, as far as dependencies allow
    QByteArray name =
        {}; ///< within the rank; never an oid, so that equal databases give equal texts
};

/// Before which others something stands: `before[i]` must follow `i`. Indices into the places.
using DdlEdges = std::vector<std::vector<int>>;

/// Groups of more than one that depend on each other in a ring.
[[nodiscard]] std::vector<std::vector<int>> ddlCycles(const DdlEdges &edges);

/// All places, each after what it depends on, else by rank and name. Where a ring is left, it is
/// entered at its first by rank and name.
[[nodiscard]] std::vector<int> ddlOrder(const std::vector<DdlPlace> &places, const DdlEdges &edges);

} // namespace core
