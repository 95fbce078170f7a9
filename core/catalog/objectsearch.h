// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/namesearch.h"

#include <span>

namespace core {

/// One hit of a search over all names.
struct FoundObject {
    ObjectId object = {}; ///< of a column the relation that it is in
    ObjectKind kind = ObjectKind::Table;
    int column = 0; ///< attnum; 0 = not a column
    NamePattern::Match match = {};
};

struct ObjectSearch {
    int limit = 100;
    bool systemToo = false; ///< the server's own schemas, languages, roles …
    /// Columns, indexes, constraints, triggers, policies and rules. Without it what stands by
    /// itself.
    bool partsToo = true;
};

/// The best matches among every name of a catalog, best first; what stands by itself before what is
/// a part, then by schema and name. "sch.tab.col" and "tab.col" find columns (see namesearch.h).
/// Objects of extensions are among them.
[[nodiscard]] std::vector<FoundObject> searchObjects(const Catalog &catalog, const QString &pattern,
                                                     const ObjectSearch &search);

/// The server's own, not a person's: of pg_catalog or information_schema, made by initdb.
[[nodiscard]] bool isSystemObject(const Catalog &catalog, const ObjectInfo &object);

/// What a person reads of a hit, and could type: schema.table.column, schema.function(integer).
[[nodiscard]] QString displayName(const Catalog &catalog, const FoundObject &found);

} // namespace core
