// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalogtypes.h"
#include "core/catalog/objectkind.h"

#include <QFuture>
#include <QStringList>

#include <vector>

namespace core {

class SessionThread;

/// One thing that breaks when an object is dropped: it goes with it (a view, a partition), or stays
/// and loses a part (a table its foreign key, a column its default), or fails when it is used (a
/// function whose body is a text).
struct Dependent {
    enum class How : quint8 {
        ForeignKey, ///< `id` is the table that has it, `part` its name
        Reads,      ///< a view, a function with a parsed body: `columns` of the object
        RowType,    ///< takes, returns or holds rows of it
        Partition,
        Inherits,
        Trigger,
        Rule,
        Policy,
        Check, ///< `part` of the table `id`
        Index,
        Default,  ///< `part` is the column
        Column,   ///< of that type
        Sequence, ///< owned by column `part`
        Publication,
        Statistics,
        Member, ///< of an extension, a schema, a role
        Text,   ///< a function that only names it: `verbs` tell what it does
        Other,
    };
    ObjectId id = {}; ///< what to open
    ObjectKind kind = ObjectKind::Table;
    How how = How::Other;
    QString schema = {};
    QString name = {}; ///< without schema; a function's with its arguments
    QString part = {};
    QStringList columns = {};
    QStringList verbs = {}; ///< "updates"
    ForeignKeyAction onDelete = ForeignKeyAction::NoAction;
    QString via = {};  ///< not of the object itself, but of this one, which depends on it
    bool goes = false; ///< it is dropped, too
    bool operator==(const Dependent &) const = default;
};

struct Dependents {
    QString identity = {};            ///< of the object: "public.invoices"
    std::vector<Dependent> list = {}; ///< what depends directly comes first
    bool complete = true;             ///< false: there are more than anybody would read
    bool operator==(const Dependents &) const = default;
};

/// Who depends on the object, by the server's own records, in one round trip. What the object is
/// made of (a table's indexes, constraints, defaults, policies) is not in it, its triggers and
/// rules are. Errors: object.missing; the server's and the session's.
[[nodiscard]] QFuture<Result<Dependents>> loadDependents(SessionThread &session, ObjectId object);

/// How it depends, in words: "foreign key, cascade", "reads total, issued_at".
[[nodiscard]] QString dependencyText(const Dependent &dependent);

} // namespace core
