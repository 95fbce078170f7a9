// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/endpointpart.h"

#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/format.h"
#include "ui/common/progressline.h"
#include "ui/main/poolersearch.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int textStart = 24; // of a FactLine

QString placeText(const core::Endpoint &endpoint)
{
    return isolated(u"%1:%2"_s.arg(endpoint.info.host(), QString::number(endpoint.info.port())));
}

/// The same address as the connections know it now: its role may have changed.
core::Endpoint asKnown(const core::OpenDatabase &database, const core::Endpoint &endpoint)
{
    const core::Database &known = database.database();
    for (const auto *now :
         {&known.pooled, &known.direct, &database.connections().findings().misnamed}) {
        if (*now && (*now)->source.key == endpoint.source.key
            && core::poolerPlace(**now) == core::poolerPlace(endpoint))
            return **now;
    }
    return endpoint;
}

} // namespace

EndpointPart::EndpointPart(core::OpenDatabase &database, const core::Endpoint &endpoint,
                           const QString &name, PoolerSearch &search, QWidget *parent)
    : QWidget(parent)
    , m_database(&database)
    , m_endpoint(endpoint)
    , m_search(search)
    , m_address(new FactLine(this))
    , m_answer(new FactLine(this))
    , m_progress(new ProgressLine(this))
    , m_button(new Button(tr("Find out which pooler answers"), Button::Kind::Link, this))
{
    m_address->setObjectName(name);
    m_answer->setObjectName(name + u".pooler"_s);
    m_progress->setObjectName(name + u".progress"_s);
    m_progress->setAccessibleName(tr("Finding out which pooler answers"));
    m_button->setObjectName(name + u".ask"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_address);
    column->addWidget(m_answer);
    column->addWidget(m_progress);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(textStart, 0, 0, 0);
    row->addWidget(m_button);
    row->addStretch();
    column->addLayout(row);
    connect(m_button, &QAbstractButton::clicked, this, &EndpointPart::press);
    refresh();
}

void EndpointPart::refresh()
{
    if (!m_database)
        return;
    showAddress();
    showAnswer();
}

void EndpointPart::showAddress()
{
    const core::Endpoint now = asKnown(*m_database, m_endpoint);
    m_address->setFact(now.role == core::EndpointRole::Pooled ? u"pooled"_s : u"direct"_s,
                       tr("%1: %2").arg(core::roleName(now.role), placeText(now)),
                       tr("Because of: %1. %2 in %3.")
                           .arg(now.reason, isolated(now.source.key), isolated(now.source.text())));
}

void EndpointPart::showAnswer()
{
    const PoolerSearch::State state = m_search.stateOf(*m_database, m_endpoint);
    const core::PoolerFinding *found = m_database->connections().findings().of(m_endpoint);
    const bool busy = state.runs || state.waits;
    m_answer->setMeaning(state.error && !busy ? Meaning::Danger : Meaning::Neutral);
    if (busy) {
        m_answer->setFact(
            u"running"_s, tr("Finding out which pooler answers"),
            tr("Two connections take turns with small reads. Nothing of them stays."));
    } else if (state.error) {
        const QString advice = state.error->advice.isEmpty()
                                   ? core::adviceFor(m_database, *state.error)
                                   : state.error->advice;
        m_answer->setFact(u"error"_s, state.error->message, advice);
    } else if (found) {
        m_answer->setFact(
            u"info"_s,
            found->kind == core::PoolerKind::None ? tr("No pooler was seen")
                                                  : tr("%1 answers").arg(core::poolerName(*found)),
            QStringList{found->evidence, core::poolerConsequence(*found)}.join(u' ').trimmed());
    }
    m_answer->setVisible(busy || state.error || found);
    m_progress->setVisible(busy);
    m_progress->setRange(0, state.all);
    m_progress->setValue(state.done);
    m_button->setText(busy                   ? tr("Cancel")
                      : found || state.error ? tr("Ask again")
                                             : tr("Find out which pooler answers"));
    m_button->setAccessibleName(tr("%1, %2").arg(m_button->text(), placeText(m_endpoint)));
}

void EndpointPart::press()
{
    if (!m_database)
        return;
    const PoolerSearch::State state = m_search.stateOf(*m_database, m_endpoint);
    if (state.runs || state.waits)
        m_search.cancel(*m_database, m_endpoint);
    else
        m_search.ask(*m_database, asKnown(*m_database, m_endpoint));
}

} // namespace ui
