// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"

#include <QByteArrayView>

#include <optional>

namespace core {

// Plain facts of a Catalog about what is neither a relation nor one of its columns, indexes and
// constraints. Views point into the Catalog that handed the fact out.

struct ObjectInfo {
    ObjectId id = {};
    ObjectKind kind = ObjectKind::Table;
    Oid schema = {};      ///< Oid{} = none: of the database, of the cluster, or of its parent
    ObjectId parent = {}; ///< table of a trigger, domain of a constraint, family of an operator
                          ///< class, server of a user mapping …; {} = none
    Oid extension = {};   ///< it is a member of
    QByteArrayView name = {};
    /// What tells it apart or says what it is: "(integer, text) → boolean", an enum's labels, an
    /// extension's version.
    QByteArrayView detail = {};
    QByteArrayView owner = {};
    QByteArrayView comment = {};
};

struct RoleInfo {
    Oid oid = {};
    bool superuser = false;
    bool inherits = true;
    bool createsRoles = false;
    bool createsDatabases = false;
    bool mayLogIn = false;
    bool replicates = false;
    bool bypassesRowSecurity = false;
    int connectionLimit = -1; ///< -1 = none
    QByteArrayView name = {};
    QByteArrayView validUntil = {}; ///< its password; empty = for ever
};

struct RoleMembership {
    Oid member = {};
    Oid role = {};
    bool admin = false;
    bool inherits = true;
    bool sets = true; ///< may SET ROLE
};

/// What moves when the catalog of a database is changed; see fingerprint.sql.
struct CatalogFingerprint {
    QByteArray transaction = {}; ///< the next one's number
    QByteArray written = {};     ///< rows written to the catalogs; empty where they are not counted
    bool operator==(const CatalogFingerprint &) const = default;
};

/// Whether something may have changed between two fingerprints of one database. Where the server
/// does not count, every transaction may have.
[[nodiscard]] bool mayDiffer(const CatalogFingerprint &before, const CatalogFingerprint &now);

/// The system catalog in which objects of a kind stand: 1259 (pg_class) of a table.
[[nodiscard]] Oid systemCatalogOf(ObjectKind kind);
inline constexpr Oid classCatalog{1259};
inline constexpr Oid schemaCatalog{2615};

/// "materialized view", as catalog queries and the terminal name a kind.
[[nodiscard]] QByteArrayView objectKindName(ObjectKind kind);
[[nodiscard]] std::optional<ObjectKind> objectKindNamed(QByteArrayView name);

} // namespace core
