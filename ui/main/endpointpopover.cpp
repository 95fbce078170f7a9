// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/endpointpopover.h"

#include "core/catalog/opendatabase.h"
#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/note.h"
#include "ui/common/popover.h"

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

void addEndpoint(Popover *popover, const core::Endpoint &endpoint)
{
    const QString place =
        isolated(u"%1:%2"_s.arg(endpoint.info.host(), QString::number(endpoint.info.port())));
    popover->content()->addWidget(new FactLine(
        iconOf(endpoint.role), tr("%1: %2").arg(core::roleName(endpoint.role), place),
        tr("Because of: %1. %2 in %3.")
            .arg(endpoint.reason, isolated(endpoint.source.key), isolated(endpoint.source.text())),
        popover));
}

void addPurposes(Popover *popover, const core::OpenDatabase &database)
{
    popover->content()->addSpacing(4);
    popover->content()->addWidget(headingLabel(tr("What goes where"), popover));
    for (const PurposeRow &row : purposes()) {
        const auto route = database.connections().routeFor(row.purpose);
        if (!route) {
            popover->content()->addWidget(
                new FactLine(u"never"_s, row.words, route.error().message, popover));
            continue;
        }
        QString second = tr("%1, %2").arg(core::roleName(route->endpoint.role), route->reason);
        popover->content()->addWidget(
            new FactLine(iconOf(route->endpoint.role), row.words, second, popover));
    }
}

} // namespace

Popover *makeEndpointPopover(QWidget *anchor, const core::OpenDatabase &database,
                             const std::function<void(const core::DerivedDirect &)> &direct)
{
    auto *popover = new Popover(anchor);
    popover->setObjectName(u"endpointPopover"_s);
    popover->setAccessibleName(tr("Why this endpoint"));
    popover->content()->addWidget(
        headingLabel(tr("How %1 is reached").arg(isolated(database.name())), popover));
    const core::Database &known = database.database();
    if (known.pooled)
        addEndpoint(popover, *known.pooled);
    if (known.direct)
        addEndpoint(popover, *known.direct);
    const auto derived =
        known.pooled && !known.direct ? core::derivedDirect(known.pooled->info) : std::nullopt;
    if (derived && direct) {
        auto *note =
            new Note(Meaning::Info,
                     tr("The direct address may be %1.")
                         .arg(isolated(u"%1:%2"_s.arg(derived->info.host(),
                                                      QString::number(derived->info.port())))),
                     derived->rule, popover);
        note->setObjectName(u"endpointPopover.derived"_s);
        Button *use = note->addButton(tr("Use it…"));
        use->setObjectName(u"endpointPopover.useDerived"_s);
        QObject::connect(use, &QAbstractButton::clicked, popover,
                         [popover, direct, found = *derived] {
                             popover->dismiss();
                             direct(found);
                         });
        popover->content()->addWidget(note);
    }
    addPurposes(popover, database);
    return popover;
}

} // namespace ui
