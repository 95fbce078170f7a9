// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/sessionpanel.h"

#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using State = core::ActivitySession::State;

void dress(Chip *chip, const core::ActivitySession &session)
{
    if (session.isBlocked())
        return chip->setState(Meaning::Danger, u"read-only"_s, SessionPanel::tr("blocked"));
    switch (session.state) {
    case State::Active:
        return chip->setState(Meaning::Ok, u"run"_s, SessionPanel::tr("active"));
    case State::IdleInTransaction:
        return chip->setState(Meaning::Warning, u"pending"_s,
                              SessionPanel::tr("idle in transaction"));
    case State::Failed:
        return chip->setState(Meaning::Warning, u"warning"_s,
                              SessionPanel::tr("idle in a failed transaction"));
    case State::Hidden:
        return chip->setState(Meaning::Neutral, u"conceal"_s, SessionPanel::tr("not visible"));
    case State::Idle:
    case State::Other:
        break;
    }
    chip->setState(Meaning::Neutral, u"role"_s, SessionPanel::tr("idle"));
}

QString factsOf(const core::ActivitySession &session, int blocks)
{
    QStringList facts;
    if (!session.holds.isEmpty())
        facts << SessionPanel::tr("holds locks on %1")
                     .arg(isolated(session.holds.mid(0, 3).join(", "_L1)));
    if (blocks > 0)
        facts << SessionPanel::tr("blocks %n sessions", nullptr, blocks);
    if (session.isBlocked())
        facts << SessionPanel::tr("waits for a %1").arg(core::waitText(session));
    if (facts.isEmpty() && !session.database.isEmpty())
        facts << SessionPanel::tr("database %1").arg(isolated(session.database));
    if (!session.address.isEmpty())
        facts << SessionPanel::tr("from %1").arg(isolated(session.address));
    return facts.join(", "_L1);
}

} // namespace

SessionPanel::SessionPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new TextLabel(QString(), TextRole::Heading, Ink::Text, this))
    , m_state(new Chip(this))
    , m_facts(new ElidedLabel(QString(), TextRole::Body, Ink::Text2, this))
    , m_statement(new QPlainTextEdit(this))
    , m_hint(new TextLabel(QString(), TextRole::Caption, Ink::Text2, this))
    , m_cancel(new Button(tr("Cancel statement…"), Button::Kind::Plain, this))
    , m_end(new Button(tr("End session…"), Button::Kind::Plain, this))
{
    setObjectName(u"activity.session"_s);
    m_cancel->setObjectName(u"activity.cancel"_s);
    m_end->setObjectName(u"activity.end"_s);
    m_state->setObjectName(u"activity.state"_s);
    m_facts->setElideMode(Qt::ElideRight);
    m_hint->setObjectName(u"activity.hint"_s);
    m_hint->makeParagraph();
    m_statement->setObjectName(u"activity.statement"_s);
    m_statement->setAccessibleName(tr("Statement"));
    m_statement->setReadOnly(true);
    m_statement->setTabChangesFocus(true);
    m_statement->setFont(ui::font(TextRole::Mono));
    m_statement->setFixedHeight(QFontMetrics(ui::font(TextRole::Mono)).lineSpacing() * 3 + 16);
    auto *head = new QHBoxLayout;
    head->setSpacing(10);
    head->addWidget(m_title);
    head->addWidget(m_state);
    head->addWidget(m_facts, 1);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(10);
    foot->addStretch(1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_end);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 16, 10);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_statement);
    column->addWidget(m_hint); // beside the buttons it would be cut
    column->addLayout(foot);
    connect(m_cancel, &QAbstractButton::clicked, this,
            [this] { emit signalWanted(core::SessionSignal::Cancel); });
    connect(m_end, &QAbstractButton::clicked, this,
            [this] { emit signalWanted(core::SessionSignal::Terminate); });
    setSession(nullptr, nullptr, 0);
}

/// The same text is left as it is: somebody may have selected a part of it.
void SessionPanel::setStatement(const QString &text)
{
    if (m_statement->toPlainText() != text)
        m_statement->setPlainText(text);
}

void SessionPanel::setSession(const core::Activity *activity, const core::ActivitySession *session,
                              int blocks)
{
    const bool chosen = activity && session;
    m_state->setVisible(chosen);
    if (!chosen) {
        m_cancel->setEnabled(false);
        m_end->setEnabled(false);
        m_title->setText(tr("No session is chosen"));
        m_facts->setText(QString());
        setStatement({});
        m_hint->setText(tr("Choose one above to see its statement and what it holds."));
        return;
    }
    m_title->setText(tr("Session %1").arg(isolated(QString::number(session->pid))));
    dress(m_state, *session);
    m_facts->setText(factsOf(*session, blocks));
    setStatement(session->visible ? session->query : tr("Not visible to this role."));
    const QString cannotCancel = core::obstacle(*activity, *session, core::SessionSignal::Cancel);
    const QString cannotEnd = core::obstacle(*activity, *session, core::SessionSignal::Terminate);
    // Only what changes: a button that is switched off for a moment loses the focus.
    m_cancel->setEnabled(cannotCancel.isEmpty());
    m_cancel->setToolTip(cannotCancel);
    m_end->setEnabled(cannotEnd.isEmpty());
    m_end->setToolTip(cannotEnd);
    if (!cannotEnd.isEmpty())
        m_hint->setText(cannotEnd);
    else if (!cannotCancel.isEmpty())
        m_hint->setText(cannotCancel);
    else
        m_hint->setText(tr("Cancelling stops the statement, ending rolls back."));
}

void SessionPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &look = theme(this);
    painter.fillRect(rect(), look.window);
    drawHairLine(&painter, QRectF(rect()), Qt::TopEdge, look.line);
}

} // namespace ui
