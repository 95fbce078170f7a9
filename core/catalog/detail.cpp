// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/describe.h"
#include "core/catalog/factrows.h"
#include "core/catalog/queries.h"
#include "core/result/typeoids.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr DetailQuery queries[] = {DetailQuery::Relation, DetailQuery::Defaults,
                                   DetailQuery::Indexes,  DetailQuery::Constraints,
                                   DetailQuery::Triggers, DetailQuery::Policies};

QString textOf(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

std::vector<RelationDetail::Part> parts(const Table &table)
{
    std::vector<RelationDetail::Part> found;
    FactRows row(table.chunks);
    while (row.next())
        found.push_back({row.oid(0), textOf(row.text(1)), textOf(row.text(2))});
    return found;
}

Result<RelationDetail> readDetail(Oid relation, const Result<std::vector<Table>> &answers)
{
    if (!answers)
        return std::unexpected(answers.error());
    FactRows row(answers->front().chunks);
    if (!row.next()) {
        return failure(
            ErrorKind::Server, "relation.missing"_ba,
            QCoreApplication::translate("core::Catalog", "The table is not there any more."),
            QCoreApplication::translate("core::Catalog", "Object %1.").arg(number(relation)),
            QCoreApplication::translate("core::Catalog", "Read the catalog again."));
    }
    RelationDetail detail;
    detail.oid = relation;
    if (!row.isNull(0))
        detail.heapBytes = row.number<qint64>(0);
    if (!row.isNull(1))
        detail.totalBytes = row.number<qint64>(1);
    detail.partitionKey = textOf(row.text(2));
    detail.partitionBound = textOf(row.text(3));
    detail.viewDefinition = textOf(row.text(4));
    detail.defaults = parts((*answers)[1]);
    detail.indexes = parts((*answers)[2]);
    detail.constraints = parts((*answers)[3]);
    detail.triggers = parts((*answers)[4]);
    detail.policies = parts((*answers)[5]);
    return detail;
}

} // namespace

QFuture<Result<RelationDetail>> loadRelationDetail(SessionThread &session, Oid relation)
{
    RequestSpec spec;
    for (const DetailQuery query : queries) {
        spec.statements.push_back(
            {detailSql(query), {QByteArray::number(number(relation))}, {oids::oid}});
    }
    return collect(session, std::move(spec))
        .then(&session, [relation](const Result<std::vector<Table>> &answers) {
            return readDetail(relation, answers);
        });
}

} // namespace core
