// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exportplan.h"

#include "core/result/typeoids.h"
#include "core/sql/classify.h"
#include "core/sql/position.h"
#include "core/sql/split.h"

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

bool givesARelation(StatementKind kind)
{
    // What version 17's grammar does not know may be a newer server's: that server judges.
    return kind == StatementKind::Select || kind == StatementKind::Values
           || kind == StatementKind::Unparsed;
}

Error notAQuery()
{
    return failure(ErrorKind::Usage, "export.notAQuery"_ba,
                   tr("Only one SELECT, VALUES, TABLE, EXPLAIN or SHOW can be exported."))
        .error();
}

/// `SELECT … FROM (text) AS q(c1, c2)`: the text stays whole on lines of its own, so that a comment
/// at its end ends there.
QByteArray wrapped(QByteArrayView head, QByteArrayView text, QByteArrayView tail)
{
    return head.toByteArray().append('\n').append(text).append('\n').append(tail);
}

constexpr QByteArrayView columnsHead = "SELECT * FROM (";

} // namespace

bool isJson(ExportFormat format)
{
    return format == ExportFormat::Json || format == ExportFormat::JsonLines;
}

Result<ExportPlan> queryPlan(const ExportSpec &spec, bool pooled)
{
    const QByteArrayView text = spec.source.query;
    const std::vector<SqlPart> statements = splitSql(text).statements();
    if (statements.size() != 1)
        return std::unexpected(notAQuery());
    const QByteArray sql = statements.front().of(text).toByteArray();
    const Classification classification = classify(sql);
    if (pooled) {
        if (const Refusal refusal = pooledRefusal(classification))
            return std::unexpected(*refusal);
    }
    const bool shows =
        classification.kind == StatementKind::Explain || classification.kind == StatementKind::Show;
    if (!shows && !givesARelation(classification.kind))
        return std::unexpected(notAQuery());
    ExportPlan plan;
    plan.request.statements.push_back({.sql = sql});
    plan.request.frame = Frame::Guarded;
    plan.request.rowsPerRead = 8; // nothing is known of the rows' size
    plan.shift = -int(positionOfByte(text, statements.front().begin).character - 1);
    return plan;
}

bool needsColumns(const ExportSpec &spec, const ExportPlan &plan)
{
    return isJson(spec.format)
           && givesARelation(classify(plan.request.statements.front().sql).kind);
}

ExportPlan columnsQuestion(const ExportPlan &plan)
{
    ExportPlan question = plan;
    QByteArray &sql = question.request.statements.front().sql;
    sql = wrapped(columnsHead, sql, ") AS q LIMIT 0");
    question.shift += int(columnsHead.size()) + 1;
    return question;
}

std::vector<Oid> unknownTypes(const Columns &columns)
{
    std::vector<Oid> types;
    for (const Column &column : columns) {
        const bool known = builtinFormat(column.type).has_value();
        if (!known && std::ranges::find(types, column.type) == types.end())
            types.push_back(column.type);
    }
    return types;
}

ExportPlan withColumns(ExportPlan plan, const Columns &columns, const TypeFormats &formats)
{
    plan.columns = formatColumns(columns);
    QByteArrayList list;
    QByteArrayList names;
    bool fixed = true;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto found = formats.constFind(columns[at].type);
        const bool onServer = found != formats.constEnd() && found->onServer;
        FormatColumn &format = (*plan.columns)[at];
        const QByteArray name = std::move(format.name);
        if (found != formats.constEnd())
            format = onServer ? FormatColumn{.kind = JsonKind::Verbatim} : found->format;
        format.name = name;
        plan.onServer.push_back(onServer);
        plan.types.push_back(onServer ? oids::json : columns[at].type);
        names.append("c" + QByteArray::number(at + 1));
        list.append(onServer ? "pg_catalog.to_json(q." + names.last() + ')' : "q." + names.last());
        fixed = fixed && columns[at].typeLength > 0;
    }
    plan.request.rowsPerRead = fixed ? 256 : plan.request.rowsPerRead;
    if (std::ranges::any_of(plan.onServer, std::identity())) {
        QByteArray &sql = plan.request.statements.front().sql;
        const QByteArray head = "SELECT " + list.join(',') + " FROM (";
        sql = wrapped(head, sql, ") AS q(" + names.join(',') + ')');
        plan.shift += int(head.size()) + 1;
    }
    return plan;
}

Error placed(Error error, const ExportPlan &plan)
{
    if (error.server && error.server->position > 0)
        error.position = std::max(error.server->position - plan.shift, 0);
    return error;
}

} // namespace core
