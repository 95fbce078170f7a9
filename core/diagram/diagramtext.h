// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramlayout.h"

#include <QJsonObject>

namespace core {

/// The twin of the drawing in words: each table, what it references and what references it, also
/// outside of the drawing.
[[nodiscard]] QString diagramText(const Catalog &catalog, const DiagramGraph &graph);

/// {"tables": [{"name", "columns", "x", "y", "width", "height"}], "keys": [{"name", "from", "to",
/// "fromColumns", "toColumns", "unique", "optional", "validated", "points"}]}
[[nodiscard]] QJsonObject diagramJson(const DiagramGraph &graph, const DiagramLayout &layout);

/// One key as seen from one of its ends: "organisation_id → organisations.id, many to one".
[[nodiscard]] QString referenceLine(const RelationFact &fact);
[[nodiscard]] QString referencedLine(const RelationFact &fact);

} // namespace core
