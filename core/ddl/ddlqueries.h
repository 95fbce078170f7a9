// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"

#include <QByteArray>
#include <QLatin1StringView>

#include <span>
#include <vector>

namespace core {

/// What the columns of a query's answer are; sql/*.sql say it in full.
enum class DdlShape : quint8 {
    Objects,      ///< class, oid, rank, name, target, owner, text, needs, extra
    Tables,       ///< the same, then what follows the brackets and the statement
    TableColumns, ///< of tables
    Constraints,  ///< as objects, then the table and the words for its brackets
    Parts,        ///< constraints of domains: as objects
    Comments,     ///< and security labels
    Privileges,   ///< GRANT and REVOKE
    Dependencies, ///< pg_depend
};

struct DdlQuery {
    QLatin1StringView file;
    DdlShape shape = DdlShape::Objects;
    /// System catalogs of whose objects it tells something, alone or as parts; empty = of any.
    std::span<const quint32> classes = {};
    bool onlyWhole = false; ///< of no use for one object
};

/// All of the database, or one object.
enum class DdlScope : quint8 { All, AllWithMembers, One };

/// Those that are needed for an object of this system catalog, or for all (Oid{}).
[[nodiscard]] std::vector<const DdlQuery *> ddlQueries(DdlScope scope, Oid catalog = {});
/// The text for a server (PQserverVersion). A line that begins with `--all `, `--own ` (without
/// members of extensions), `--members ` or `--one ` stands for that scope only, one with `--15+ `,
/// `--16- ` or `--14 ` for those versions; the words may follow one another. $1 is the system
/// catalog and $2 the oid of the one object.
[[nodiscard]] QByteArray ddlSql(const DdlQuery &query, DdlScope scope, int serverVersion);
/// How many columns it answers with.
[[nodiscard]] int ddlColumnCount(DdlShape shape);

} // namespace core
