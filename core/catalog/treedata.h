// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/treenodes.h"

#include <QVariant>

namespace core {

/// What CatalogTreeModel::data() answers for a node; empty for one that the catalog does not hold
/// any more.
[[nodiscard]] QVariant treeData(const TreeContent &content, const TreeRef &ref, int role);
/// The same for one of Kind::Object.
[[nodiscard]] QVariant objectTreeData(const TreeContent &content, const TreeRef &ref, int role);
/// A name as one line that reads as it is written, letter for letter.
[[nodiscard]] QString visibleName(QByteArrayView name);

} // namespace core
