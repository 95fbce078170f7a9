// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "core/connect/databases.h"
#include "core/connect/poolerkind.h"
#include "core/project/addressedit.h"

#include <optional>
#include <vector>

namespace core {

/// One way to mend it. The sentence says what to do; `text` is what to paste or to run for it (a
/// line of an env file with the password masked, a statement, a command) and `before` the line that
/// it replaces. Neither ever holds a secret.
struct Fix {
    QString sentence = {};
    QString text = {};
    QString before = {};
    /// The action of the window that does it ("project.createLocal"); empty = none.
    QByteArray action = {};
    /// What `before` becomes `text` by, where that line may be changed for a person.
    std::optional<AddressParameter> change = {};
    bool operator==(const Fix &) const = default;
};

/// What a failure means: what happened, why in plain words, where, and what to do, the best way
/// first. `id` is stable ("pooler.preparedMissing"), the texts are for people and may change.
struct Explanation {
    QByteArray id = {};
    QString title = {};
    QString why = {};
    QString where = {};
    std::vector<Fix> fixes = {};
    bool operator==(const Explanation &) const = default;
};

/// A catalog of the same project, for "it is in the other database".
struct KnownCatalog {
    QString database = {}; ///< its name in the project
    CatalogPtr catalog = {};
};

/// A failure and what is known around it; the more, the better the explanation. Pointers are
/// borrowed for the call.
struct Failure {
    Error error = {};
    const Database *database = nullptr;       ///< of the project, where it happened
    const Endpoint *endpoint = nullptr;       ///< that was used or tried
    std::optional<PoolerFinding> pooler = {}; ///< what was found out of the endpoint
    CatalogPtr catalog = {};                  ///< of this database; may be null
    std::vector<KnownCatalog> others = {};
    QStringList projectDatabases = {};            ///< all names of the project's databases
    std::vector<SourceLocation> definitions = {}; ///< files that create what is missing
    QString statementPlace = {};                  ///< "Line 3, column 8"
    bool ownFrame = false;                        ///< it ran in a read-only frame of this program
};

/// The first rule that knows the failure; none where the server's own words say it all. Pure.
[[nodiscard]] std::optional<Explanation> explain(const Failure &failure);

/// Every id that explain() can give, in the order of the rules.
[[nodiscard]] QByteArrayList explanationIds();

/// The name that a relation.missing, column.missing or schema.missing error speaks of, as the
/// statement wrote it ("app.users"); empty where the error is another or hides it.
[[nodiscard]] QString missingName(const Error &error);

} // namespace core

Q_DECLARE_METATYPE(core::Explanation)
