// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalogtypes.h"
#include "core/catalog/objectkind.h"

#include <QDateTime>
#include <QFuture>
#include <QStringList>

#include <optional>
#include <vector>

namespace core {

class SessionThread;

// What is shown of one object, in the server's own words; texts may hold whatever a name may hold.

struct ColumnDetail {
    int number = 0;
    QString name = {};
    QString type = {};
    bool notNull = false;
    bool mayRead = true;
    QString expression = {}; ///< default, or what a generated column is made of
    ColumnOrigin origin = ColumnOrigin::Plain;
    QString comment = {};
    QString labels = {}; ///< of an enum: "draft, sent, paid"
    bool hasStatistics = false;
    double nullFraction = 0;
    double distinct = 0; ///< as pg_stats has it: negative is a share of the rows
    int averageWidth = 0;
    QString mostCommon = {}; ///< an array literal, cut to 400 characters
    std::optional<double> correlation = {};
    bool operator==(const ColumnDetail &) const = default;
};

struct ConstraintDetail {
    Oid oid = {};
    QString name = {};
    char type = 'c'; ///< contype: p, u, f, c, x; n for a NOT NULL that rows may violate
    bool validated = true;
    bool deferrable = false;
    bool deferred = false;
    ForeignKeyAction onUpdate = ForeignKeyAction::NoAction;
    ForeignKeyAction onDelete = ForeignKeyAction::NoAction;
    std::vector<int> columns = {};
    QString columnNames = {}; ///< "organisation_id, number", quoted where needed
    Oid target = {};          ///< of a foreign key
    QString targetSchema = {};
    QString targetName = {};
    QString targetColumns = {};
    QString definition = {};
    QString expression = {}; ///< of a check
    QString comment = {};
    bool operator==(const ConstraintDetail &) const = default;
};

struct IndexDetail {
    Oid oid = {};
    QString name = {};
    QString definition = {};
    QString columns = {}; ///< "issued_at DESC", "gin (metadata)"
    qint64 bytes = -1;    ///< -1: of a partitioned table, it has no rows of its own
    std::optional<qint64> scans = {};
    bool unique = false;
    bool primary = false;
    bool valid = true;
    bool exclusion = false;
    bool clustered = false;
    bool replicaIdentity = false;
    QString comment = {};
    bool operator==(const IndexDetail &) const = default;
};

/// A trigger or, with an empty function, a rule.
struct TriggerDetail {
    ObjectId id = {};
    QString name = {};
    QString definition = {};
    QString what = {};  ///< "AFTER INSERT OR UPDATE", "INSTEAD OF DELETE"
    char enabled = 'O'; ///< O on, D off, R on replicas, A always
    bool inherited = false;
    Oid function = {};
    QString functionName = {};
    QString comment = {};
    bool operator==(const TriggerDetail &) const = default;
};

struct PolicyDetail {
    Oid oid = {};
    QString name = {};
    bool permissive = true;
    QString command = {}; ///< ALL, SELECT …
    QString roles = {};
    QString usingText = {};
    QString checkText = {};
    QString comment = {};
    bool operator==(const PolicyDetail &) const = default;
};

struct ChildDetail {
    bool isParent = false; ///< it is what the relation is a part of
    Oid oid = {};
    ObjectKind kind = ObjectKind::Table;
    QString schema = {};
    QString name = {};
    bool partition = false;
    bool detaching = false;
    QString bound = {};
    double rows = -1;
    qint64 bytes = -1; ///< estimated by the statistics
    bool operator==(const ChildDetail &) const = default;
};

struct PrivilegeDetail {
    QString column = {}; ///< empty = of the whole object
    QString grantee = {};
    QString grantor = {};
    QStringList privileges = {}; ///< "SELECT", with " *" where it may be passed on
    bool everybody = false;      ///< the grantee is PUBLIC
    bool operator==(const PrivilegeDetail &) const = default;
};

struct ActivityDetail {
    qint64 live = 0;
    qint64 dead = 0;
    qint64 changedSinceAnalyze = 0;
    QDateTime vacuum = {};
    QDateTime autovacuum = {};
    QDateTime analyze = {};
    QDateTime autoanalyze = {};
    qint64 sequentialScans = 0;
    qint64 indexScans = 0;
    qint64 inserted = 0;
    qint64 updated = 0;
    qint64 hotUpdated = 0;
    qint64 deleted = 0;
    std::optional<qint64> frozenAge = {};
    bool operator==(const ActivityDetail &) const = default;
};

struct RelationState {
    Persistence persistence = Persistence::Permanent;
    double rows = -1; ///< estimated; of a partitioned table, of all its leaves
    qint64 heapBytes = -1;
    qint64 indexBytes = -1;
    qint64 totalBytes = -1;
    bool bytesEstimated = false; ///< summed up over partitions from the statistics
    bool rowSecurity = false;
    bool forcedRowSecurity = false;
    bool rowSecurityActive = false; ///< it hides rows and statistics from this role
    bool mayRead = true;
    bool partition = false;
    QString partitionKey = {};
    QString partitionBound = {};
    QString options = {};
    QString tablespace = {};
    QString accessMethod = {};
    QString server = {}; ///< of a foreign table
    char replicaIdentity = 'd';
    QDateTime statisticsReset = {};
    bool operator==(const RelationState &) const = default;
};

struct ObjectDetail {
    enum class Part : quint8 {
        Identity,
        Facts,
        Privileges,
        Relation, ///< from here on of relations only
        Attributes,
        Constraints,
        Indexes,
        Triggers,
        Rules,
        Policies,
        Children,
        Activity,
    };
    ObjectId id = {};
    ObjectKind kind = ObjectKind::Table;
    QString schema = {};
    QString name = {};     ///< a function's with its arguments
    QString identity = {}; ///< as SQL writes it: "public.invoices", "public.f(bigint)"
    QString owner = {};
    QString comment = {};
    QString extension = {}; ///< that it is a member of
    Oid relation = {};      ///< that it is a part of: a trigger's table
    QString relationName = {};
    std::vector<std::pair<QByteArray, QString>> facts = {}; ///< what only some kinds have
    std::vector<PrivilegeDetail> privileges = {};
    std::optional<RelationState> state = {};
    std::vector<ColumnDetail> columns = {};
    std::vector<ConstraintDetail> constraints = {};
    std::vector<IndexDetail> indexes = {};
    std::vector<TriggerDetail> triggers = {};
    std::vector<TriggerDetail> rules = {};
    std::vector<PolicyDetail> policies = {};
    std::vector<ChildDetail> children = {};
    std::optional<ActivityDetail> activity = {};
    std::vector<Part> refused = {}; ///< what the server did not let this role read

    [[nodiscard]] bool isRefused(Part part) const;
    bool operator==(const ObjectDetail &) const = default;
};

/// One round trip. Errors: object.missing when it is not there any more; the server's and the
/// session's. What is refused to this role is named in ObjectDetail::refused.
[[nodiscard]] QFuture<Result<ObjectDetail>> loadObjectDetail(SessionThread &session,
                                                             ObjectId object);

/// object.missing, in words.
[[nodiscard]] Error objectMissing(ObjectId object);

} // namespace core
