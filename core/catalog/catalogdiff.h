// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"

#include <QString>

#include <vector>

namespace core {

/// What two loads of a catalog may say differently of one object.
enum class CatalogAspect : quint8 {
    MadeAnew, ///< dropped and made again under its old name
    Owner,
    Comment,
    Extension,
    Detail, ///< ObjectInfo::detail; what a role may do
    Persistence,
    Parent, ///< of a partition or an inheriting table
    RowSecurity,
    Type,
    NotNull,
    Origin, ///< of a column's values: default, identity, generated
    Collation,
    KeyColumns, ///< of an index or a constraint
    Method,
    Uniqueness,
    Validity,
    Target, ///< of a foreign key
    Actions,
    Memberships, ///< of a role
};

struct CatalogChange {
    enum class Kind : quint8 { Added, Removed, Changed };
    struct Fact {
        CatalogAspect aspect = CatalogAspect::Detail;
        QString before = {}; ///< in SQL's words, or empty
        QString after = {};
        bool operator==(const Fact &) const = default;
    };
    Kind kind = Kind::Changed;
    ObjectKind object = ObjectKind::Table; ///< of a column: its relation's
    bool isColumn = false;
    ObjectId id = {};  ///< in the later catalog; in the earlier one of what was removed
    QString name = {}; ///< "schema"."table"."column", as Catalog::displayName() writes it
    std::vector<Fact> facts = {}; ///< of a changed one
};

/// Whether oids mean the same in both catalogs.
enum class CatalogsAre : quint8 { LoadsOfOneDatabase, OfTwoDatabases };

/// What was added, removed and changed from one catalog to a later one, both with details. Objects
/// are the same that have the same kind, path of names and (functions, operators) arguments. Parts
/// of a relation that is itself added or removed are not told, objects of such a schema are. In the
/// order of the later catalog; removed objects follow those of their schema. Takes time linear in
/// what the catalogs hold. What a Catalog does not hold is not compared: bodies, expressions.
[[nodiscard]] std::vector<CatalogChange>
catalogChanges(const Catalog &before, const Catalog &after,
               CatalogsAre are = CatalogsAre::LoadsOfOneDatabase);

/// "2 tables added, 1 column changed"; empty for no change.
[[nodiscard]] QString changesText(const std::vector<CatalogChange> &changes);

} // namespace core
