// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/catalogcommands.h"

#include "app/cli/rowprinter.h"
#include "core/browse/tablesource.h"
#include "core/catalog/describe.h"
#include "core/catalog/loader.h"
#include "core/result/typeoids.h"

#include <QFuture>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

QByteArray kindId(core::RelationKind kind)
{
    switch (kind) {
    case core::RelationKind::Table:
        return "table"_ba;
    case core::RelationKind::PartitionedTable:
        return "partitioned table"_ba;
    case core::RelationKind::View:
        return "view"_ba;
    case core::RelationKind::MaterializedView:
        return "materialized view"_ba;
    case core::RelationKind::ForeignTable:
        return "foreign table"_ba;
    case core::RelationKind::Sequence:
        return "sequence"_ba;
    }
    return {};
}

core::Columns listColumns()
{
    const auto column = [](const QString &name, quint32 type) {
        core::Column one;
        one.name = name;
        one.type = core::Oid(type);
        return one;
    };
    constexpr quint32 textType = 25;
    constexpr quint32 int8Type = 20;
    return {column(u"schema"_s, textType), column(u"name"_s, textType), column(u"kind"_s, textType),
            column(u"estimated_rows"_s, int8Type)};
}

core::ChunkPtr listRows(const core::Catalog &catalog, bool systemToo)
{
    core::ChunkBuilder rows(4);
    for (const core::SchemaInfo &schema : catalog.schemas()) {
        if (schema.system && !systemToo)
            continue;
        for (const core::RelationInfo &relation : catalog.relationsOf(schema)) {
            rows.append(schema.name);
            rows.append(relation.name);
            rows.append(kindId(relation.kind));
            const std::optional<double> estimate = catalog.estimatedRows(relation);
            if (estimate)
                rows.append(QByteArray::number(qint64(*estimate)));
            else
                rows.appendNull();
        }
    }
    return rows.take();
}

} // namespace

void CatalogCommand::interrupt()
{
    m_loading.cancel();
    Command::interrupt();
}

void CatalogCommand::runOn(core::ConnectionSet &connections)
{
    const auto session = connections.session(core::Purpose::Catalog);
    if (!session)
        return fail(session.error());
    m_loading = core::loadCatalog(**session);
    m_loading.then(this, [this, session = *session](const core::Result<core::CatalogPtr> &catalog) {
        if (!catalog)
            return fail(catalog.error());
        runWith(*session, *catalog);
    });
}

void TablesCommand::runWith(core::SessionThread &, const core::CatalogPtr &catalog)
{
    const auto style = rowStyle(arguments());
    if (!style)
        return fail(style.error());
    RowPrinter printer(*style);
    printer.begin(listColumns());
    printer.append(*listRows(*catalog, arguments().has(u"system"_s)));
    printer.finish();
    for (const QByteArray &refused : catalog->refused())
        say(tr("No permission to read %1; what it says is missing above.")
                .arg(QString::fromUtf8(refused))
            + u'\n');
    done();
}

void DescribeCommand::runWith(core::SessionThread &session, const core::CatalogPtr &catalog)
{
    const auto oid = catalog->resolve(arguments().operands.first());
    if (!oid)
        return fail(oid.error());
    core::loadRelationDetail(session, *oid)
        .then(this, [this, catalog, oid = *oid](const core::Result<core::RelationDetail> &detail) {
            if (!detail)
                return fail(detail.error());
            const core::RelationInfo &relation = *catalog->relation(oid);
            if (wantsJson())
                printJson(core::describeJson(*catalog, relation, *detail));
            else
                print(core::describeText(*catalog, relation, *detail));
            done();
        });
}

core::Result<RowsCommand::Window> RowsCommand::window() const
{
    Window window;
    bool fine = true;
    if (const auto limit = arguments().value(u"limit"_s)) {
        window.limit = limit->toLongLong(&fine);
        fine = fine && window.limit >= 0;
    }
    if (const auto at = arguments().value(u"at"_s); fine && at) {
        window.at = at->toDouble(&fine);
        fine = fine && window.at >= 0 && window.at <= 1;
    }
    if (fine)
        return window;
    return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                         tr("--limit takes a whole number, --at a fraction from 0 to 1."));
}

void RowsCommand::runWith(core::SessionThread &session, const core::CatalogPtr &catalog)
{
    const auto style = rowStyle(arguments());
    if (!style)
        return fail(style.error());
    const auto asked = window();
    if (!asked)
        return fail(asked.error());
    const auto oid = catalog->resolve(arguments().operands.first());
    if (!oid)
        return fail(oid.error());
    core::readRows(session, catalog, *oid, asked->limit, asked->at)
        .then(this, [this, style = *style](const core::Result<core::Table> &rows) {
            if (!rows)
                return fail(rows.error());
            RowPrinter printer(style);
            printer.begin(rows->columns);
            for (const core::ChunkPtr &chunk : rows->chunks)
                printer.append(*chunk);
            printer.finish();
            done();
        });
}

} // namespace cli
