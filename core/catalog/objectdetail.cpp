// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/objectdetail.h"

#include "core/catalog/allowedread.h"
#include "core/catalog/factrows.h"
#include "core/catalog/objectsql.h"
#include "core/session/sessionthread.h"
#include "core/sql/lexer.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using Part = ObjectDetail::Part;

constexpr QLatin1StringView files[] = {
    "object_identity"_L1, "object_facts"_L1,       "object_privileges"_L1, "object_relation"_L1,
    "object_columns"_L1,  "object_constraints"_L1, "object_indexes"_L1,    "object_triggers"_L1,
    "object_rules"_L1,    "object_policies"_L1,    "object_children"_L1,   "object_activity"_L1};

QString textOf(const FactRows &row, int column)
{
    return QString::fromUtf8(row.text(column));
}

template<class Number> std::optional<Number> maybe(const FactRows &row, int column)
{
    return row.isNull(column) ? std::nullopt : std::optional(row.number<Number>(column));
}

QDateTime timeOf(const FactRows &row, int column)
{
    return row.isNull(column)
               ? QDateTime()
               : QDateTime::fromMSecsSinceEpoch(qint64(row.number<double>(column) * 1000.0));
}

/// Behind USING, without the method if that is what is taken when nothing is said. Names may hold
/// any word, so that the text is read as the server's scanner does.
QString indexColumns(const QByteArray &definition)
{
    SqlLexer lexer(definition);
    SqlToken token = lexer.next();
    while (token.kind != SqlToken::Kind::End
           && (token.kind != SqlToken::Kind::Word || lexer.textOf(token) != "USING"))
        token = lexer.next();
    if (token.kind == SqlToken::Kind::End)
        return QString::fromUtf8(definition);
    const SqlToken method = lexer.next();
    QString rest = QString::fromUtf8(definition.sliced(method.begin));
    if (lexer.textOf(method) != "btree")
        return rest;
    const qsizetype open = rest.indexOf(u'(');
    qsizetype close = rest.size() - 1;
    // Only where nothing follows the columns the brackets say nothing.
    if (open < 0 || rest[close] != u')' || rest.contains(") "_L1))
        return open < 0 ? rest : rest.mid(open);
    return rest.mid(open + 1, close - open - 1);
}

QString triggerWhat(int type)
{
    QStringList events;
    for (const auto &[bit, word] : {std::pair(4, u"INSERT"_s), std::pair(16, u"UPDATE"_s),
                                    std::pair(8, u"DELETE"_s), std::pair(32, u"TRUNCATE"_s)}) {
        if (type & bit)
            events << word;
    }
    const QString when = type & 64 ? u"INSTEAD OF "_s : type & 2 ? u"BEFORE "_s : u"AFTER "_s;
    return when + events.join(" OR "_L1) + (type & 1 ? u", each row"_s : u", each statement"_s);
}

QString commandOf(char letter)
{
    switch (letter) {
    case 'r':
    case '1':
        return u"SELECT"_s;
    case 'a':
    case '3':
        return u"INSERT"_s;
    case 'w':
    case '2':
        return u"UPDATE"_s;
    case 'd':
    case '4':
        return u"DELETE"_s;
    default:
        return u"ALL"_s;
    }
}

ColumnOrigin originOf(const FactRows &row)
{
    const char identity = row.letter(5);
    const char generated = row.letter(6);
    if (identity != '\0')
        return identity == 'a' ? ColumnOrigin::IdentityAlways : ColumnOrigin::IdentityByDefault;
    if (generated != '\0')
        return generated == 'v' ? ColumnOrigin::GeneratedVirtual : ColumnOrigin::GeneratedStored;
    return row.isNull(4) ? ColumnOrigin::Plain : ColumnOrigin::Default;
}

bool readIdentity(FactRows row, ObjectDetail &detail)
{
    if (!row.next())
        return false;
    detail.kind = objectKindOf(detail.id.catalog, row.letter(7));
    detail.schema = unquotedName(textOf(row, 1));
    detail.identity = textOf(row, 3);
    detail.name = unquotedName(textOf(row, 2));
    if (detail.name.isEmpty()) // a part of a table
        detail.name = detail.identity;
    detail.owner = textOf(row, 4);
    detail.comment = textOf(row, 5);
    detail.extension = textOf(row, 6);
    detail.relation = row.oid(8);
    if (isValid(detail.relation))
        detail.relationName = textOf(row, 9) + u'.' + textOf(row, 10);
    return true;
}

void readFacts(FactRows row, ObjectDetail &detail)
{
    while (row.next())
        detail.facts.emplace_back(row.text(0).toByteArray(), textOf(row, 1));
}

void readPrivileges(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        detail.privileges.push_back({.column = textOf(row, 0),
                                     .grantee = textOf(row, 1),
                                     .grantor = textOf(row, 3),
                                     .privileges = textOf(row, 2).split(", "_L1),
                                     .everybody = row.number<quint32>(4) == 0});
    }
}

void readState(FactRows row, ObjectDetail &detail)
{
    if (!row.next())
        return;
    RelationState state;
    const bool summed = row.letter(0) == 'p';
    state.persistence = row.letter(1) == 'u'   ? Persistence::Unlogged
                        : row.letter(1) == 't' ? Persistence::Temporary
                                               : Persistence::Permanent;
    state.rows = summed ? maybe<double>(row, 6).value_or(-1) : row.number<double>(2);
    state.heapBytes = maybe<qint64>(row, 3).value_or(-1);
    state.indexBytes = maybe<qint64>(row, 4).value_or(-1);
    state.totalBytes = maybe<qint64>(row, summed ? 7 : 5).value_or(-1);
    state.bytesEstimated = summed;
    state.rowSecurity = row.flag(8);
    state.forcedRowSecurity = row.flag(9);
    state.partition = row.flag(10);
    state.partitionKey = textOf(row, 11);
    state.partitionBound = textOf(row, 12);
    state.options = textOf(row, 13);
    state.tablespace = textOf(row, 14);
    state.accessMethod = textOf(row, 15);
    state.replicaIdentity = row.letter(16);
    state.mayRead = row.flag(17);
    state.rowSecurityActive = row.flag(18);
    state.statisticsReset = timeOf(row, 19);
    state.server = textOf(row, 20);
    detail.state = state;
}

void readColumns(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        ColumnDetail column;
        column.number = row.number<int>(0);
        column.name = textOf(row, 1);
        column.type = textOf(row, 2);
        column.notNull = row.flag(3);
        column.expression = textOf(row, 4);
        column.origin = originOf(row);
        column.comment = textOf(row, 7);
        column.labels = textOf(row, 8);
        column.mayRead = row.flag(9);
        column.hasStatistics = !row.isNull(10);
        column.nullFraction = row.number<double>(10);
        column.distinct = row.number<double>(11);
        column.averageWidth = row.number<int>(12);
        column.mostCommon = textOf(row, 13);
        column.correlation = maybe<double>(row, 14);
        detail.columns.push_back(std::move(column));
    }
}

void readConstraints(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        ConstraintDetail constraint;
        constraint.oid = row.oid(0);
        constraint.name = textOf(row, 1);
        constraint.type = row.letter(2);
        row.numbers(3, constraint.columns);
        constraint.validated = row.flag(4);
        constraint.deferrable = row.flag(5);
        constraint.deferred = row.flag(6);
        constraint.onUpdate = foreignKeyAction(row.letter(7));
        constraint.onDelete = foreignKeyAction(row.letter(8));
        constraint.columnNames = textOf(row, 9);
        constraint.target = row.oid(10);
        constraint.targetSchema = textOf(row, 11);
        constraint.targetName = textOf(row, 12);
        constraint.targetColumns = textOf(row, 13);
        constraint.definition = textOf(row, 14);
        constraint.comment = textOf(row, 15);
        constraint.expression = textOf(row, 16);
        detail.constraints.push_back(std::move(constraint));
    }
}

void readIndexes(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        detail.indexes.push_back({.oid = row.oid(0),
                                  .name = textOf(row, 1),
                                  .definition = textOf(row, 2),
                                  .columns = indexColumns(row.text(2).toByteArray()),
                                  .bytes = maybe<qint64>(row, 3).value_or(-1),
                                  .scans = maybe<qint64>(row, 4),
                                  .unique = row.flag(5),
                                  .primary = row.flag(6),
                                  .valid = row.flag(7),
                                  .exclusion = row.flag(8),
                                  .clustered = row.flag(9),
                                  .replicaIdentity = row.flag(10),
                                  .comment = textOf(row, 11)});
    }
}

void readTriggers(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        detail.triggers.push_back({.id = {catalogs::pgTrigger, row.oid(0)},
                                   .name = textOf(row, 1),
                                   .definition = textOf(row, 2),
                                   .what = triggerWhat(row.number<int>(4)),
                                   .enabled = row.letter(3),
                                   .inherited = row.flag(5),
                                   .function = row.oid(6),
                                   .functionName = textOf(row, 7) + u'.' + textOf(row, 8),
                                   .comment = textOf(row, 9)});
    }
}

void readRules(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        detail.rules.push_back(
            {.id = {catalogs::pgRewrite, row.oid(0)},
             .name = textOf(row, 1),
             .definition = textOf(row, 2),
             .what = commandOf(row.letter(4)) + (row.flag(5) ? u" DO INSTEAD"_s : u" DO ALSO"_s),
             .enabled = row.letter(3),
             .comment = textOf(row, 6)});
    }
}

void readPolicies(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        detail.policies.push_back({.oid = row.oid(0),
                                   .name = textOf(row, 1),
                                   .permissive = row.flag(2),
                                   .command = commandOf(row.letter(3)),
                                   .roles = textOf(row, 4),
                                   .usingText = textOf(row, 5),
                                   .checkText = textOf(row, 6),
                                   .comment = textOf(row, 7)});
    }
}

void readChildren(FactRows row, ObjectDetail &detail)
{
    while (row.next()) {
        detail.children.push_back({.isParent = row.flag(0),
                                   .oid = row.oid(1),
                                   .kind = objectKindOf(classCatalog, row.letter(4)),
                                   .schema = textOf(row, 2),
                                   .name = textOf(row, 3),
                                   .partition = row.flag(5),
                                   .detaching = row.flag(9),
                                   .bound = textOf(row, 6),
                                   .rows = row.number<double>(7),
                                   .bytes = maybe<qint64>(row, 8).value_or(-1)});
    }
}

void readActivity(FactRows row, ObjectDetail &detail)
{
    if (!row.next())
        return;
    detail.activity = ActivityDetail{.live = row.number<qint64>(0),
                                     .dead = row.number<qint64>(1),
                                     .changedSinceAnalyze = row.number<qint64>(2),
                                     .vacuum = timeOf(row, 3),
                                     .autovacuum = timeOf(row, 4),
                                     .analyze = timeOf(row, 5),
                                     .autoanalyze = timeOf(row, 6),
                                     .sequentialScans = row.number<qint64>(7),
                                     .indexScans = row.number<qint64>(8),
                                     .inserted = row.number<qint64>(9),
                                     .updated = row.number<qint64>(10),
                                     .hotUpdated = row.number<qint64>(11),
                                     .deleted = row.number<qint64>(12),
                                     .frozenAge = maybe<qint64>(row, 13)};
}

using Reader = void (*)(FactRows, ObjectDetail &);
// In the order of Part, without the first.
constexpr Reader readers[] = {readFacts,       readPrivileges, readState,    readColumns,
                              readConstraints, readIndexes,    readTriggers, readRules,
                              readPolicies,    readChildren,   readActivity};

Result<ObjectDetail> readDetail(ObjectId object,
                                const Result<std::vector<std::optional<Table>>> &answers)
{
    if (!answers)
        return std::unexpected(answers.error());
    ObjectDetail detail;
    detail.id = object;
    const std::optional<Table> &identity = answers->front();
    if (!identity)
        detail.refused.push_back(Part::Identity);
    else if (!readIdentity(FactRows(identity->chunks), detail))
        return std::unexpected(objectMissing(object));
    for (std::size_t at = 1; at < answers->size(); ++at) {
        if (const std::optional<Table> &answer = (*answers)[at])
            readers[at - 1](FactRows(answer->chunks), detail);
        else
            detail.refused.push_back(Part(at));
    }
    return detail;
}

} // namespace

bool ObjectDetail::isRefused(Part part) const
{
    return std::ranges::contains(refused, part);
}

Error objectMissing(ObjectId object)
{
    return {.kind = ErrorKind::Server,
            .id = "object.missing"_ba,
            .message = QCoreApplication::translate("core::Catalog", "It is not there any more."),
            .place = QCoreApplication::translate("core::Catalog", "Object %1 of catalog %2.")
                         .arg(number(object.object))
                         .arg(number(object.catalog)),
            .advice = QCoreApplication::translate("core::Catalog", "Read the catalog again.")};
}

QFuture<Result<ObjectDetail>> loadObjectDetail(SessionThread &session, ObjectId object)
{
    RequestSpec spec;
    const bool isRelation = object.catalog == classCatalog;
    for (std::size_t at = 0; at < std::size(files); ++at) {
        if (at < std::size_t(Part::Relation))
            spec.statements.push_back(statementOf(files[at], object));
        else if (isRelation)
            spec.statements.push_back(statementOf(files[at], object.object));
    }
    return collectAllowed(session, std::move(spec))
        .then(&session, [object](const Result<std::vector<std::optional<Table>>> &answers) {
            return readDetail(object, answers);
        });
}

} // namespace core
