// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exportplan.h"

#include "core/pq/quoting.h"
#include "core/result/typeoids.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::ExportJob", text);
}

/// The relation's name and kind; whether a chunk may take many rows. Rows can only be large if
/// values lie in the TOAST table and the statistics do not say that they are small on the average.
constexpr QByteArrayView relationSql =
    "SELECT n.nspname, c.relname, c.relkind,"
    " c.relkind IN ('r', 'm') AND (c.reltoastrelid = 0"
    " OR pg_catalog.pg_relation_size(c.reltoastrelid) = 0)"
    " OR (SELECT sum(coalesce(s.avg_width, nullif(t.typlen, -1), 1000000))"
    " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
    " LEFT JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname"
    " AND s.attname = a.attname"
    " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) < 4096"
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.oid = $1::pg_catalog.regclass AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')";

constexpr QByteArrayView columnsSql =
    "SELECT a.attname, a.atttypid FROM pg_catalog.pg_attribute a"
    " WHERE a.attrelid = $1::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped"
    " ORDER BY a.attnum";

constexpr QByteArrayView columnTypesSql =
    "SELECT DISTINCT a.atttypid AS oid FROM pg_catalog.pg_attribute a"
    " WHERE a.attrelid = $1::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped";

struct TableColumn {
    QByteArray name;
    Oid type;
};

std::vector<TableColumn> readColumns(const Table &table)
{
    std::vector<TableColumn> columns;
    for (qint64 row = 0; row < table.rowCount(); ++row)
        columns.push_back({table.cell(row, 0).toByteArray(), Oid{table.cell(row, 1).toUInt()}});
    return columns;
}

Result<std::vector<TableColumn>> chosen(const std::vector<TableColumn> &all,
                                        const QByteArrayList &names)
{
    if (names.isEmpty())
        return all;
    std::vector<TableColumn> columns;
    for (const QByteArray &name : names) {
        const auto found = std::ranges::find(all, name, &TableColumn::name);
        if (found == all.end()) {
            return failure(ErrorKind::Usage, "export.noSuchColumn"_ba,
                           tr("The table has no column “%1”.").arg(QString::fromUtf8(name)));
        }
        columns.push_back(*found);
    }
    return columns;
}

/// `"a",pg_catalog.to_json("b")`; `*` where nothing has to be said, which any name survives, also
/// one in bytes that are not UTF-8.
Result<QByteArray> selectList(const std::vector<TableColumn> &columns, const ExportPlan &plan,
                              bool all)
{
    if (all && std::ranges::none_of(plan.onServer, std::identity()))
        return "*"_ba;
    QByteArrayList list;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const Result<QByteArray> name = quotedIdentifier(QByteArrayView(columns[at].name));
        if (!name)
            return name;
        list.append(plan.onServer[at] ? "pg_catalog.to_json(" + *name + ')' : *name);
    }
    return list.join(',');
}

void setFormats(ExportPlan &plan, const std::vector<TableColumn> &columns,
                const TypeFormats &formats, bool json)
{
    plan.columns.emplace();
    for (const TableColumn &column : columns) {
        const TypeFormat type = formats.value(column.type);
        FormatColumn format = type.format;
        const bool onServer = json && type.onServer;
        if (onServer)
            format = {.kind = JsonKind::Verbatim};
        format.name = column.name;
        plan.columns->push_back(std::move(format));
        plan.onServer.push_back(onServer);
        plan.types.push_back(onServer ? oids::json : type.described);
    }
}

} // namespace

RequestSpec tableQuestion(const ExportSource &source)
{
    const QByteArray name =
        isValid(source.table) ? QByteArray::number(number(source.table)) : source.tableName;
    RequestSpec request;
    const QByteArray types = typeFormatsSql(columnTypesSql);
    for (const QByteArrayView sql : {relationSql, columnsSql, QByteArrayView(types)}) {
        Statement statement;
        statement.sql = sql.toByteArray();
        statement.parameters = {name};
        request.statements.push_back(std::move(statement));
    }
    return request;
}

Result<ExportPlan> tablePlan(const ExportSpec &spec, const std::vector<Table> &answer)
{
    const Table &relation = answer[0];
    if (relation.rowCount() == 0) {
        return failure(ErrorKind::Usage, "export.notATable"_ba,
                       tr("There is nothing under this name that has rows."));
    }
    const auto columns = chosen(readColumns(answer[1]), spec.columns);
    if (!columns)
        return std::unexpected(columns.error());
    const Result<QByteArray> name = quotedName(relation.cell(0, 0), relation.cell(0, 1));
    if (!name)
        return std::unexpected(name.error());
    ExportPlan plan;
    setFormats(plan, *columns, readTypeFormats(answer[2]), isJson(spec.format));
    const Result<QByteArray> list = selectList(*columns, plan, spec.columns.isEmpty());
    if (!list)
        return std::unexpected(list.error());
    // As COPY reads a table: itself, without what inherits from it.
    const QByteArray only = relation.cell(0, 2) == "r" ? "ONLY "_ba : QByteArray();
    plan.request.statements.push_back({.sql = "SELECT " + *list + " FROM " + only + *name});
    plan.request.rowsPerRead = relation.cell(0, 3) == "t" ? 256 : 8;
    return plan;
}

} // namespace core
