// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"
#include "core/project/project.h"

#include <vector>

namespace core {

/// What a person says of a database, whatever its address looks like.
enum class ExposureMark : quint8 { None, Production, NotProduction };

/// One logical database of a project; at least one of its endpoints is there.
struct Database {
    QString name = {};    ///< "main", or the lower-cased prefix of its variable; "web/main" where
                          ///< packages of a monorepo would have the same one
    QString package = {}; ///< relative folder of the package; empty = the project itself
    std::optional<Endpoint> pooled = {};
    std::optional<Endpoint> direct = {};
    ExposureMark mark = ExposureMark::None; ///< never from the folder: see databasemarks.h
    bool operator==(const Database &) const = default;

    /// Those that there are, pooled first; borrowed.
    [[nodiscard]] std::vector<const Endpoint *> endpoints() const;
    /// Direct where there is one, else pooled.
    [[nodiscard]] const Endpoint &any() const;
    /// As the server calls it.
    [[nodiscard]] QString serverName() const { return any().info.database(); }
};

/// A variable that would be a database of its own and is not set: applications then use another.
struct Fallback {
    QString name = {};          ///< "auth"; findDatabase() takes it for the database below
    SourceLocation source = {}; ///< where it is set to nothing, or an example names it
    QString database = {};      ///< "main"
    QString explanation = {};   ///< one sentence
    bool operator==(const Fallback &) const = default;
};

/// Every database of a project, and what became of the values that are none.
struct DatabaseSet {
    std::vector<Database> databases = {}; ///< "main" first, then by name
    std::vector<Fallback> fallbacks = {};
    std::vector<UrlValue> broken = {}; ///< addresses that do not parse; `error` says where
    std::vector<IgnoredValue> ignored =
        {}; ///< the project's, and those that pairing had no place for
    std::vector<ProjectWarning> warnings = {};
    bool operator==(const DatabaseSet &) const = default;
};

/// Pairs pooled and direct addresses (P3). Pure.
[[nodiscard]] DatabaseSet pairDatabases(const Project &project);

/// A database by its name here or, where that is unique, by the server's name for it; empty = main
/// or the only one. Errors: database.none (says what was searched), database.unknown and
/// database.ambiguous (name the choices).
[[nodiscard]] Result<Database> findDatabase(const DatabaseSet &set, const QString &name);

} // namespace core

Q_DECLARE_METATYPE(core::Database)
Q_DECLARE_METATYPE(core::DatabaseSet)
