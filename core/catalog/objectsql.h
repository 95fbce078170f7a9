// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/catalog/objectinfo.h"
#include "core/session/request.h"

#include <QLatin1StringView>
#include <QString>

namespace core {

// System catalogs as pg_depend names them: their oids are fixed (PostgreSQL's catalog headers).
namespace catalogs {
inline constexpr Oid pgType{1247};
inline constexpr Oid pgProc{1255};
inline constexpr Oid pgAuthid{1260};
inline constexpr Oid pgAttrdef{2604};
inline constexpr Oid pgConstraint{2606};
inline constexpr Oid pgRewrite{2618};
inline constexpr Oid pgTrigger{2620};
inline constexpr Oid pgExtension{3079};
inline constexpr Oid pgPolicy{3256};
inline constexpr Oid pgStatisticExt{3381};
inline constexpr Oid pgPublication{6104};
} // namespace catalogs

/// A statement of sql/ (its name without ".sql") about one object: $1 is its catalog, $2 its oid.
[[nodiscard]] Statement statementOf(QLatin1StringView file, ObjectId object);
/// The same about a relation: $1 is its oid.
[[nodiscard]] Statement statementOf(QLatin1StringView file, Oid relation);
/// `letter` is relkind, prokind or typtype, NUL where the catalog alone says it.
[[nodiscard]] ObjectKind objectKindOf(Oid catalog, char letter);
/// A name as pg_identify_object() gives it, without the quotes that SQL needs.
[[nodiscard]] QString unquotedName(const QString &name);

/// It can be opened in the grid.
[[nodiscard]] bool isRelationWithRows(ObjectKind kind);

} // namespace core
