// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/endpointpopover.h"

#include "core/catalog/opendatabase.h"
#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/popover.h"
#include "ui/main/endpointpart.h"
#include "ui/main/poolersearch.h"

#include <QCoreApplication>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::EndpointPopover", text);
}

QString iconOf(core::EndpointRole role)
{
    return role == core::EndpointRole::Pooled ? u"pooled"_s : u"direct"_s;
}

struct PurposeRow {
    core::Purpose purpose;
    QString words;
};

std::vector<PurposeRow> purposes()
{
    return {{core::Purpose::Browse, tr("Tables and the schema")},
            {core::Purpose::Query, tr("Statements that read")},
            {core::Purpose::Export, tr("Exports")},
            {core::Purpose::SessionState, tr("Transactions, SET, temporary tables")},
            {core::Purpose::SchemaChange, tr("Changes of the schema")},
            {core::Purpose::Dump, tr("Dumps and restores")}};
}

/// What goes where, and why; refreshed in place.
class Routes : public QWidget
{
public:
    Routes(core::OpenDatabase &database, QWidget *parent)
        : QWidget(parent)
        , m_database(database)
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 4, 0, 0);
        column->setSpacing(8);
        column->addWidget(headingLabel(tr("What goes where"), this));
        for (const PurposeRow &row : purposes()) {
            auto *line = new FactLine(this);
            column->addWidget(line);
            m_lines.emplace_back(row, line);
        }
        refresh();
    }

    void refresh()
    {
        for (const auto &[row, line] : m_lines) {
            const auto route = m_database.connections().routeFor(row.purpose);
            if (route)
                line->setFact(
                    iconOf(route->endpoint.role), row.words,
                    tr("%1, %2").arg(core::roleName(route->endpoint.role), route->reason));
            else
                line->setFact(u"never"_s, row.words, route.error().message);
        }
    }

private:
    core::OpenDatabase &m_database; // the popover ends with it
    std::vector<std::pair<PurposeRow, FactLine *>> m_lines;
};

void addDerived(Popover *popover, const core::Database &known,
                const std::function<void(const core::DerivedDirect &)> &direct)
{
    const auto derived =
        known.pooled && !known.direct ? core::derivedDirect(known.pooled->info) : std::nullopt;
    if (!derived || !direct)
        return;
    auto *note = new Note(Meaning::Info,
                          tr("The direct address may be %1.")
                              .arg(isolated(u"%1:%2"_s.arg(derived->info.host(),
                                                           QString::number(derived->info.port())))),
                          derived->rule, popover);
    note->setObjectName(u"endpointPopover.derived"_s);
    Button *use = note->addButton(tr("Use it…"));
    use->setObjectName(u"endpointPopover.useDerived"_s);
    QObject::connect(use, &QAbstractButton::clicked, popover, [popover, direct, found = *derived] {
        popover->dismiss();
        direct(found);
    });
    popover->content()->addWidget(note);
}

} // namespace

Popover *makeEndpointPopover(QWidget *anchor, core::OpenDatabase &database, PoolerSearch &search,
                             const std::function<void(const core::DerivedDirect &)> &direct)
{
    auto *popover = new Popover(anchor);
    popover->setObjectName(u"endpointPopover"_s);
    popover->setAccessibleName(tr("Why this endpoint"));
    popover->content()->addWidget(
        headingLabel(tr("How %1 is reached").arg(isolated(database.name())), popover));
    std::vector<EndpointPart *> parts;
    const core::Database &known = database.database();
    const std::optional<core::Endpoint> &misnamed = database.connections().findings().misnamed;
    for (const auto &[endpoint, name] : {std::pair(&known.pooled, u"endpointPopover.pooled"_s),
                                         std::pair(&known.direct, u"endpointPopover.direct"_s),
                                         std::pair(&misnamed, u"endpointPopover.misnamed"_s)}) {
        if (!*endpoint)
            continue;
        parts.push_back(new EndpointPart(database, **endpoint, name, search, popover));
        popover->content()->addWidget(parts.back());
    }
    addDerived(popover, known, direct);
    auto *routes = new Routes(database, popover);
    popover->content()->addWidget(routes);
    const auto refresh = [parts, routes] {
        for (EndpointPart *part : parts)
            part->refresh();
        routes->refresh();
    };
    QObject::connect(&search, &PoolerSearch::stateChanged, popover, refresh);
    QObject::connect(&database, &core::OpenDatabase::connectionChanged, popover, refresh);
    // Before what it borrows is gone.
    QObject::connect(&database, &QObject::destroyed, popover, [popover] { delete popover; });
    return popover;
}

} // namespace ui
