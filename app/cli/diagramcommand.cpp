// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/diagramcommand.h"

#include "core/base/atomicfile.h"
#include "core/catalog/relationname.h"
#include "core/diagram/diagramsvg.h"
#include "core/diagram/diagramtext.h"
#include "core/diagram/dot.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cli {

/// Without a name, all but the server's own; a table alone, with what shares a key with it.
core::Result<std::vector<core::Oid>> DiagramCommand::tables(const core::Catalog &catalog) const
{
    std::vector<core::Oid> chosen;
    const auto add = [&chosen](const std::vector<core::Oid> &more) {
        for (const core::Oid table : more) {
            if (!std::ranges::contains(chosen, table))
                chosen.push_back(table);
        }
    };
    const QStringList names = arguments().operands;
    for (const core::SchemaInfo &schema : catalog.schemas()) {
        if (names.isEmpty() && !schema.system)
            add(core::diagramTables(catalog, schema));
    }
    for (const QString &name : names) {
        const auto parts = core::parseRelationName(name);
        const core::SchemaInfo *schema =
            parts && parts->size() == 1 ? catalog.schema(parts->front()) : nullptr;
        const auto relation = catalog.resolve(name);
        if (relation)
            add(names.size() == 1 ? core::neighbourhood(catalog, *relation)
                                  : std::vector<core::Oid>{*relation});
        else if (schema)
            add(core::diagramTables(catalog, *schema));
        else
            return std::unexpected(relation.error());
    }
    return chosen;
}

void DiagramCommand::write(const QByteArray &bytes)
{
    const auto output = arguments().value(u"output"_s);
    if (!output) {
        (void)writeOutput(bytes); // done() tells what became of it
        return done();
    }
    if (const auto written = core::writeFileAtomically(*output, bytes); !written)
        return fail(written.error());
    done();
}

void DiagramCommand::runWith(core::SessionThread &, const core::CatalogPtr &catalog)
{
    if (catalog->refused().contains("pg_constraint"_ba)) {
        return fail({.kind = core::ErrorKind::Server,
                     .id = "relation.keysRefused"_ba,
                     .message = tr("No permission to read the foreign keys."),
                     .place = u"pg_constraint"_s});
    }
    const auto chosen = tables(*catalog);
    if (!chosen)
        return fail(chosen.error());
    const core::DiagramGraph graph = core::diagramGraph(*catalog, *chosen);
    const core::DiagramMetrics metrics;
    if (!arguments().has(u"svg"_s) && !wantsJson())
        return write(core::diagramText(*catalog, graph).toUtf8());
    const core::DiagramLayout layout = core::layOut(graph, metrics, [](const QByteArray &text) {
        return core::runDot(core::dotProgram(), text, std::chrono::seconds(10));
    });
    if (arguments().has(u"svg"_s))
        return write(core::diagramSvg(graph, layout, metrics));
    write(QJsonDocument(core::diagramJson(graph, layout)).toJson());
}

} // namespace cli
