// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"

#include <QFuture>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace core {

class SessionThread;

/// What is read only for a relation that is shown: definitions and sizes, in the server's own
/// words.
struct RelationDetail {
    struct Part {
        Oid oid = {};
        QString name = {};
        QString definition = {};
        bool operator==(const Part &) const = default;
    };
    Oid oid = {};
    qint64 heapBytes = -1;       ///< main fork of the relation itself; -1 = has none
    qint64 totalBytes = -1;      ///< with indexes and TOAST; partitions are not in it
    QString partitionKey = {};   ///< "RANGE (created_at)"
    QString partitionBound = {}; ///< "FOR VALUES FROM (…) TO (…)"
    QString viewDefinition = {};
    std::vector<Part> defaults =
        {}; ///< oid unused; name = column, definition = default or generation expression
    std::vector<Part> indexes = {};     ///< pg_get_indexdef
    std::vector<Part> constraints = {}; ///< pg_get_constraintdef
    std::vector<Part> triggers = {};
    std::vector<Part> policies = {};
    bool operator==(const RelationDetail &) const = default;
};

/// One round trip. Errors: relation.missing when there is none of this oid any more; the server's
/// and the session's.
[[nodiscard]] QFuture<Result<RelationDetail>> loadRelationDetail(SessionThread &session,
                                                                 Oid relation);

/// A relation for a terminal: heading, columns, keys, indexes, references both ways, comments.
/// Plain text, lines end in \n; names with control characters are shown with \u escapes so that a
/// line stays a line.
[[nodiscard]] QString describeText(const Catalog &catalog, const RelationInfo &relation,
                                   const RelationDetail &detail);
/// The same facts for programs; keys are stable, names are as the server has them.
[[nodiscard]] QJsonObject describeJson(const Catalog &catalog, const RelationInfo &relation,
                                       const RelationDetail &detail);

} // namespace core
