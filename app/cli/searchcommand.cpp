// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/searchcommand.h"

#include "app/cli/rowprinter.h"
#include "core/catalog/objectsearch.h"

using namespace Qt::StringLiterals;

namespace cli {

namespace {

core::Columns hitColumns()
{
    constexpr quint32 textType = 25;
    core::Columns columns;
    for (const QString &name : {u"kind"_s, u"name"_s, u"detail"_s}) {
        core::Column one;
        one.name = name;
        one.type = core::Oid(textType);
        columns.push_back(one);
    }
    return columns;
}

core::ChunkPtr hitRows(const core::Catalog &catalog, const std::vector<core::FoundObject> &hits)
{
    core::ChunkBuilder rows(3);
    for (const core::FoundObject &hit : hits) {
        const auto object = catalog.object(hit.object);
        const core::RelationInfo *const relation =
            hit.column != 0 ? catalog.relation(hit.object.object) : nullptr;
        const core::ColumnInfo *const column =
            relation ? catalog.column(*relation, hit.column) : nullptr;
        rows.append(column ? QByteArrayView("column") : core::objectKindName(hit.kind));
        rows.append(core::displayName(catalog, hit).toUtf8());
        const QByteArrayView detail = column   ? column->typeText
                                      : object ? object->detail
                                               : QByteArrayView{};
        if (detail.isEmpty())
            rows.appendNull();
        else
            rows.append(detail);
    }
    return rows.take();
}

} // namespace

void SearchCommand::runWith(core::SessionThread &, const core::CatalogPtr &catalog)
{
    const auto style = rowStyle(arguments());
    if (!style)
        return fail(style.error());
    core::ObjectSearch search;
    search.systemToo = arguments().has(u"system"_s);
    if (const auto limit = arguments().value(u"limit"_s)) {
        bool isNumber = false;
        search.limit = limit->toInt(&isNumber);
        if (!isNumber || search.limit < 0)
            return fail(usageError(tr("--limit takes a whole number.")));
    }
    RowPrinter printer(*style);
    printer.begin(hitColumns());
    printer.append(
        *hitRows(*catalog, core::searchObjects(*catalog, arguments().operands.first(), search)));
    printer.finish();
    for (const QByteArray &refused : catalog->refused())
        say(tr("No permission to read %1; what it says is missing above.")
                .arg(QString::fromUtf8(refused))
            + u'\n');
    done();
}

} // namespace cli
