// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/writefacts.h"

#include "core/sql/classify.h"
#include "core/sql/parsetree.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using Node = ParseTree::Node;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::WriteFacts)
};

/// "schema.name" of a RangeVar.
QString nameOf(const Node &relation)
{
    const QString schema = QString::fromUtf8(relation.member("schemaname").text());
    const QString name = QString::fromUtf8(relation.member("relname").text());
    return schema.isEmpty() ? name : schema + u'.' + name;
}

/// An object of DROP is a string, a list of them, a type, or a routine with its arguments.
QString dottedName(const Node &object)
{
    const Node routine = object.member("ObjectWithArgs").member("objname");
    const Node type = object.member("TypeName").member("names");
    QStringList parts;
    (routine.exists() ? routine
     : type.exists()  ? type
                      : object)
        .visit([&parts](const Node &inside) {
            if (inside.key() == "sval")
                parts << QString::fromUtf8(inside.text());
        });
    return parts.join(u'.');
}

bool holdsOption(const Node &list, QByteArrayView name)
{
    return std::ranges::any_of(list.children(), [name](const Node &option) {
        return option.member("DefElem").member("defname").text() == name;
    });
}

bool detachesConcurrently(const Node &alter)
{
    return std::ranges::any_of(alter.member("cmds").children(), [](const Node &item) {
        return item.member("AlterTableCmd")
            .member("def")
            .member("PartitionCmd")
            .member("concurrent")
            .isTrue();
    });
}

/// Who calls PreventInTransactionBlock() in PostgreSQL 17, as far as the text tells; empty for
/// everything else.
QByteArray refusingName(const Node &statement)
{
    static constexpr auto always = std::to_array<std::pair<QByteArrayView, QByteArrayView>>({
        {"CreatedbStmt", "CREATE DATABASE"},
        {"DropdbStmt", "DROP DATABASE"},
        {"CreateTableSpaceStmt", "CREATE TABLESPACE"},
        {"DropTableSpaceStmt", "DROP TABLESPACE"},
        {"AlterSystemStmt", "ALTER SYSTEM"},
        {"CreateSubscriptionStmt", "CREATE SUBSCRIPTION"},
        {"AlterSubscriptionStmt", "ALTER SUBSCRIPTION"},
        {"DropSubscriptionStmt", "DROP SUBSCRIPTION"},
    });
    const QByteArrayView key = statement.key();
    const auto *found =
        std::ranges::find(always, key, &std::pair<QByteArrayView, QByteArrayView>::first);
    if (found != always.end())
        return found->second.toByteArray();
    const bool concurrent = statement.member("concurrent").isTrue();
    if (key == "VacuumStmt" && statement.member("is_vacuumcmd").isTrue())
        return "VACUUM"_ba;
    if (key == "IndexStmt" && concurrent)
        return "CREATE INDEX CONCURRENTLY"_ba;
    if (key == "DropStmt" && concurrent)
        return "DROP INDEX CONCURRENTLY"_ba;
    if (key == "ClusterStmt" && !statement.member("relation").exists())
        return "CLUSTER"_ba;
    if (key == "AlterDatabaseStmt" && holdsOption(statement.member("options"), "tablespace"))
        return "ALTER DATABASE … SET TABLESPACE"_ba;
    if (key == "AlterTableStmt" && detachesConcurrently(statement))
        return "DETACH PARTITION CONCURRENTLY"_ba;
    if (key == "ReindexStmt") {
        const QByteArray kind = statement.member("kind").text();
        const bool one = kind == "REINDEX_OBJECT_INDEX" || kind == "REINDEX_OBJECT_TABLE";
        if (!one || holdsOption(statement.member("params"), "concurrently"))
            return one ? "REINDEX CONCURRENTLY"_ba : "REINDEX"_ba;
    }
    return {};
}

/// By its kind alone; empty where that says nothing.
QByteArrayView keepingName(StatementKind kind)
{
    switch (kind) {
    case StatementKind::TransactionControl:
        return "BEGIN, COMMIT, ROLLBACK";
    case StatementKind::SetSession:
        return "SET";
    case StatementKind::Cursor:
        return "DECLARE, FETCH, CLOSE";
    default:
        return sessionCommand(kind);
    }
}

/// What lasts in the session though the statement's kind does not say so.
QByteArray lastingName(const Node &statement, const Classification &found)
{
    bool temporary = false;
    statement.visit([&temporary](const Node &inside) {
        temporary = temporary || (inside.key() == "relpersistence" && inside.text() == "t");
    });
    if (temporary)
        return "CREATE TEMPORARY"_ba;
    for (const QByteArray &function : found.functions) {
        const QByteArray name = function.mid(function.lastIndexOf('.') + 1);
        const bool ofSession = name.contains("advisory_") && !name.contains("advisory_xact_")
                               && !name.contains("try_advisory_xact_");
        if (name.startsWith("pg_") && ofSession)
            return name;
    }
    return found.setsSession ? "set_config()"_ba : QByteArray();
}

void addDrop(const Node &drop, std::vector<Hazard> &hazards)
{
    const bool cascades = drop.member("behavior").text() == "DROP_CASCADE";
    const bool ofSchema = drop.member("removeType").text() == "OBJECT_SCHEMA";
    for (const Node &object : drop.member("objects").children()) {
        const QString name = dottedName(object);
        if (ofSchema && cascades && name == "public"_L1) {
            hazards.push_back({.kind = Hazard::Kind::DropsPublic,
                               .object = name,
                               .message = Text::tr("This drops the schema “public” with everything "
                                                   "in it.")});
            continue;
        }
        hazards.push_back(
            {.kind = Hazard::Kind::Drops,
             .object = name,
             .message = cascades
                            ? Text::tr("This drops %1 and everything that depends on it.").arg(name)
                            : Text::tr("This drops %1.").arg(name)});
    }
}

void addDroppedColumns(const Node &alter, std::vector<Hazard> &hazards)
{
    const QString table = nameOf(alter.member("relation"));
    for (const Node &item : alter.member("cmds").children()) {
        const Node command = item.member("AlterTableCmd");
        if (command.member("subtype").text() != "AT_DropColumn")
            continue;
        const QString column = QString::fromUtf8(command.member("name").text());
        hazards.push_back(
            {.kind = Hazard::Kind::Drops,
             .object = table + u'.' + column,
             .message =
                 Text::tr("This drops the column %1 of %2 with its values.").arg(column, table)});
    }
}

/// DROP of what has a statement of its own.
void addOtherDrop(const Node &statement, std::vector<Hazard> &hazards)
{
    static constexpr auto named = std::to_array<std::pair<QByteArrayView, QByteArrayView>>({
        {"DropdbStmt", "dbname"},
        {"DropTableSpaceStmt", "tablespacename"},
        {"DropSubscriptionStmt", "subname"},
        {"DropOwnedStmt", ""},
        {"DropRoleStmt", ""},
    });
    const auto *found = std::ranges::find(named, statement.key(),
                                          &std::pair<QByteArrayView, QByteArrayView>::first);
    if (found == named.end())
        return;
    const QString name = QString::fromUtf8(statement.member(found->second).text());
    if (statement.key() == "DropOwnedStmt") {
        hazards.push_back({.kind = Hazard::Kind::Drops,
                           .message = Text::tr("This drops everything that a role owns.")});
        return;
    }
    hazards.push_back({.kind = Hazard::Kind::Drops,
                       .object = name,
                       .message = name.isEmpty() ? Text::tr("This drops a role.")
                                                 : Text::tr("This drops %1.").arg(name)});
}

/// Whose inner statements run now: not those that a rule, a routine or PREPARE stores.
bool runsNow(const Node &statement, const Classification &found)
{
    static constexpr auto keys = std::to_array<QByteArrayView>(
        {"UpdateStmt", "DeleteStmt", "InsertStmt", "MergeStmt", "SelectStmt", "CopyStmt"});
    if (statement.key() == "ExplainStmt")
        return !found.readOnly;
    return std::ranges::find(keys, statement.key()) != keys.end();
}

void addWithoutWhere(const Node &statement, std::vector<Hazard> &hazards)
{
    statement.visit([&hazards](const Node &inside) {
        const bool updates = inside.key() == "UpdateStmt";
        if ((!updates && inside.key() != "DeleteStmt") || inside.member("whereClause").exists())
            return;
        const QString table = nameOf(inside.member("relation"));
        hazards.push_back(
            {.kind = updates ? Hazard::Kind::UpdatesAll : Hazard::Kind::DeletesAll,
             .object = table,
             .message =
                 updates
                     ? Text::tr("This UPDATE has no WHERE: it changes every row of %1.").arg(table)
                     : Text::tr("This DELETE has no WHERE: it deletes every row of %1.")
                           .arg(table)});
    });
}

/// Subtypes of ALTER TABLE whose lock lets readers and writers pass.
bool isLight(QByteArrayView subtype)
{
    static constexpr auto light = std::to_array<QByteArrayView>({
        "AT_ValidateConstraint",
        "AT_SetStatistics",
        "AT_ClusterOn",
        "AT_DropCluster",
        "AT_SetRelOptions",
        "AT_ResetRelOptions",
        "AT_SetOptions",
        "AT_ResetOptions",
    });
    return std::ranges::find(light, subtype) != light.end();
}

QString lockedBy(const Node &statement, const QString &table)
{
    const QByteArrayView key = statement.key();
    const bool concurrent = statement.member("concurrent").isTrue();
    if (key == "IndexStmt" && !concurrent) {
        return Text::tr("Building the index keeps writers out of %1; CONCURRENTLY would not.")
            .arg(table);
    }
    if (key == "AlterTableStmt") {
        const std::vector<Node> commands = statement.member("cmds").children();
        const bool heavy = std::ranges::any_of(commands, [](const Node &item) {
            return !isLight(item.member("AlterTableCmd").member("subtype").text());
        });
        return heavy ? Text::tr("ALTER TABLE keeps readers and writers out of %1.").arg(table)
                     : QString();
    }
    if (key == "ClusterStmt"
        || (key == "VacuumStmt" && holdsOption(statement.member("options"), "full")))
        return Text::tr("This rewrites the table and keeps readers and writers out of it.");
    if (key == "ReindexStmt" && !holdsOption(statement.member("params"), "concurrently"))
        return Text::tr("REINDEX keeps writers out; CONCURRENTLY would not.");
    if (key == "RefreshMatViewStmt" && !concurrent)
        return Text::tr("REFRESH keeps readers out of %1; CONCURRENTLY would not.").arg(table);
    if (key == "LockStmt")
        return Text::tr("LOCK keeps others out until the transaction ends.");
    return {};
}

void addHazards(const Node &statement, const Classification &found, std::vector<Hazard> &hazards)
{
    if (statement.key() == "DropStmt")
        addDrop(statement, hazards);
    else if (statement.key() == "AlterTableStmt")
        addDroppedColumns(statement, hazards);
    else
        addOtherDrop(statement, hazards);
    if (statement.key() == "TruncateStmt") {
        for (const Node &table : statement.member("relations").children()) {
            const QString name = nameOf(table.member("RangeVar"));
            hazards.push_back({.kind = Hazard::Kind::Truncates,
                               .object = name,
                               .message = Text::tr("This empties %1.").arg(name)});
        }
    }
    if (runsNow(statement, found))
        addWithoutWhere(statement, hazards);
    const QString table = nameOf(statement.member("relation"));
    if (const QString lock = lockedBy(statement, table); !lock.isEmpty())
        hazards.push_back({.kind = Hazard::Kind::Locks, .object = table, .message = lock});
}

bool tellsChangedRows(const Node &statement)
{
    static constexpr auto keys =
        std::to_array<QByteArrayView>({"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"});
    return std::ranges::find(keys, statement.key()) != keys.end();
}

void addSettings(const Node &statement, QByteArrayList &names)
{
    const auto add = [&names](const QByteArray &name) {
        if (!name.isEmpty() && !names.contains(name))
            names << name;
    };
    if (statement.key() == "VariableSetStmt")
        add(statement.member("name").text());
    statement.visit([&add](const Node &inside) {
        if (inside.key() != "FuncCall")
            return;
        const std::vector<Node> parts = inside.member("funcname").children();
        const std::vector<Node> arguments = inside.member("args").children();
        if (!parts.empty() && !arguments.empty() && parts.back().text() == "set_config")
            add(arguments.front().member("A_Const").member("sval").member("sval").text());
    });
}

void addKeeping(const Node &statement, const Classification &found, WriteFacts &facts)
{
    std::vector<StatementKind> kinds = found.inner;
    kinds.insert(kinds.begin(), found.kind);
    for (const StatementKind kind : kinds) {
        if (const QByteArrayView name = keepingName(kind); !name.isEmpty() && !facts.keepsState) {
            facts.keepsState = true;
            facts.name = name.toByteArray();
        }
    }
    if (const QByteArray name = lastingName(statement, found);
        !name.isEmpty() && !facts.keepsState) {
        facts.keepsState = true;
        facts.name = name;
    }
}

} // namespace

WriteFacts writeFacts(QByteArrayView sql)
{
    WriteFacts facts;
    const Result<ParseTree> tree = ParseTree::parse(sql);
    if (!tree)
        return facts;
    const Classification found = classify(sql);
    facts.onlyReads = found.readOnly && found.functions.isEmpty() && found.statements > 0;
    facts.isDdl = found.kind == StatementKind::Ddl;
    for (const Node &statement : tree->statements()) {
        const QByteArray kind = statement.member("kind").text();
        facts.commits = facts.commits
                        || (statement.key() == "TransactionStmt"
                            && (kind == "TRANS_STMT_COMMIT" || kind == "TRANS_STMT_PREPARE"
                                || kind == "TRANS_STMT_COMMIT_PREPARED"));
        facts.tellsChangedRows = tellsChangedRows(statement);
        addKeeping(statement, found, facts);
        addSettings(statement, facts.settings);
        if (const QByteArray name = refusingName(statement); !name.isEmpty()) {
            facts.refusesBlock = true;
            facts.name = name;
        }
        addHazards(statement, found, facts.hazards);
    }
    return facts;
}

} // namespace core
