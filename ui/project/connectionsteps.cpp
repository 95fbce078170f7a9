// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/connectionsteps.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/readingmargins.h"

#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QTime>

#include <utility>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using State = core::StepReport::State;

constexpr int padding = 14;
constexpr int symbol = 16;

std::pair<QString, Ink> symbolOf(State state)
{
    switch (state) {
    case State::Passed:
        return {u"ok"_s, Ink::Ok};
    case State::Failed:
        return {u"error"_s, Ink::Danger};
    case State::Unseen:
        return {u"info"_s, Ink::Text2};
    case State::Running:
        return {u"starting"_s, Ink::Accent};
    case State::Waiting:
        break;
    }
    return {u"not-reached"_s, Ink::Text3};
}

QString stateWords(State state, bool planned)
{
    switch (state) {
    case State::Passed:
        return ConnectionSteps::tr("passed");
    case State::Failed:
        return ConnectionSteps::tr("failed");
    case State::Unseen:
        return ConnectionSteps::tr("not seen from here");
    case State::Running:
        return ConnectionSteps::tr("running");
    case State::Waiting:
        break;
    }
    return planned ? ConnectionSteps::tr("not begun") : ConnectionSteps::tr("not reached");
}

} // namespace

// Symbol, title and time; the fact below, and below that what to do where it failed.
class ConnectionSteps::Row : public QWidget
{
public:
    explicit Row(QWidget *parent)
        : QWidget(parent)
        , m_title(new ElidedLabel({}, TextRole::Name, Ink::Text, this))
        , m_took(new TextLabel({}, TextRole::Caption, Ink::Text2, this))
        , m_fact(new TextLabel({}, TextRole::Caption, Ink::Text2, this))
        , m_advice(new TextLabel({}, TextRole::Caption, Ink::Text, this))
        , m_decoded(
              new Button(ConnectionSteps::tr("Try its decoded form"), Button::Kind::Plain, this))
    {
        auto *column = new QVBoxLayout(this);
        setReadingMargins(this, {padding + symbol + 10, 8, padding, 9});
        column->setSpacing(1);
        auto *first = new QHBoxLayout;
        first->setSpacing(8);
        first->addWidget(m_title, 1);
        first->addWidget(m_took);
        column->addLayout(first);
        m_fact->makeParagraph();
        m_advice->makeParagraph();
        column->addWidget(m_fact);
        column->addWidget(m_advice);
        auto *buttons = new QHBoxLayout;
        buttons->setContentsMargins(0, 6, 0, 0);
        buttons->addWidget(m_decoded);
        buttons->addStretch();
        column->addLayout(buttons);
        m_decoded->setCompact(true);
        m_decoded->hide();
    }

    // `planned`: no test has run yet, so nothing was missed.
    void present(const core::StepReport &step, bool decoded, bool planned)
    {
        m_state = step.state;
        const bool reached = step.state != State::Waiting;
        m_title->setText(step.title);
        m_title->setInk(reached ? Ink::Text : Ink::Text2);
        const bool timed = step.took.count() > 0 && reached && step.state != State::Running;
        m_took->setText(timed ? formatDuration(step.took) : QString());
        m_fact->setText(reached || planned ? step.fact
                                           : ConnectionSteps::tr("Not reached: %1").arg(step.fact));
        m_fact->setInk(step.state == State::Failed ? Ink::Danger
                       : reached                   ? Ink::Text2
                                                   : Ink::Text3);
        m_advice->setText(step.error ? step.error->advice : QString());
        m_advice->setVisible(!m_advice->text().isEmpty());
        m_decoded->setVisible(decoded && step.state == State::Failed);
        setAccessibleName(QStringList{step.title, stateWords(step.state, planned), step.fact,
                                      m_took->text(), m_advice->text()}
                              .join(u", "_s));
        update();
    }
    [[nodiscard]] Button *decodedButton() const { return m_decoded; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &look = theme(this);
        const auto [name, ink] = symbolOf(m_state);
        const QRect place =
            QStyle::visualRect(layoutDirection(), rect(), QRect(padding, 9, symbol, symbol));
        paintIcon(&painter, place, name, look.ink(ink), layoutDirection());
        drawHairLine(&painter, QRectF(rect()), Qt::TopEdge, look.line);
    }

private:
    State m_state = State::Waiting;
    ElidedLabel *m_title;
    TextLabel *m_took;
    TextLabel *m_fact;
    TextLabel *m_advice;
    Button *m_decoded;
};

ConnectionSteps::ConnectionSteps(QWidget *parent)
    : QWidget(parent)
    , m_title(headingLabel(tr("Test"), this))
    , m_button(new Button(u"run"_s, tr("Test"), Button::Kind::Plain, this))
    , m_list(new QVBoxLayout)
{
    setObjectName(u"connectionSheet.steps"_s);
    setAccessibleName(tr("Steps of the test"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(padding, 8, padding, 8);
    head->addWidget(m_title, 1);
    head->addWidget(m_button);
    column->addLayout(head);
    m_list->setSpacing(0);
    column->addLayout(m_list);
    column->addStretch(1);
    m_button->setObjectName(u"connectionSheet.test"_s);
    connect(m_button, &QAbstractButton::clicked, this, [this] {
        if (m_running)
            emit stopWanted();
        else
            emit testWanted();
    });
}

void ConnectionSteps::setSteps(const std::vector<core::StepReport> &steps, bool running,
                               bool decoded)
{
    while (m_rows.size() > steps.size()) {
        m_rows.back()->deleteLater();
        m_rows.back()->hide();
        m_rows.pop_back();
    }
    while (m_rows.size() < steps.size()) {
        auto *row = new Row(this);
        row->setObjectName(u"connectionSheet.step%1"_s.arg(m_rows.size()));
        row->decodedButton()->setObjectName(u"connectionSheet.decoded%1"_s.arg(m_rows.size()));
        connect(row->decodedButton(), &QAbstractButton::clicked, this,
                &ConnectionSteps::decodedWanted);
        m_list->addWidget(row);
        m_rows.push_back(row);
    }
    const bool ended = m_running && !running;
    m_running = running;
    m_tried = m_tried || running;
    for (std::size_t i = 0; i < steps.size(); ++i)
        m_rows[i]->present(steps[i], decoded, !m_tried);
    m_button->setText(running ? tr("Stop") : m_tried ? tr("Test again") : tr("Test"));
    m_button->setIconName(running ? u"stop"_s : u"run"_s);
    if (ended) {
        m_title->setText(tr("Test at %1").arg(QTime::currentTime().toString(u"HH:mm"_s)));
        announce(steps);
    }
}

void ConnectionSteps::announce(const std::vector<core::StepReport> &steps)
{
    QString words = tr("The test passed.");
    for (const core::StepReport &step : steps) {
        if (step.state == State::Failed)
            words = tr("%1 failed: %2").arg(step.title, step.fact);
    }
    QAccessibleAnnouncementEvent news(this, words);
    QAccessible::updateAccessibility(&news);
}

void ConnectionSteps::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &look = theme(this);
    painter.fillRect(rect(), look.base);
    const Qt::Edge edge = layoutDirection() == Qt::RightToLeft ? Qt::RightEdge : Qt::LeftEdge;
    drawHairLine(&painter, QRectF(rect()), edge, look.line);
    drawHairLine(&painter, QRectF(rect()), Qt::TopEdge, look.line);
}

} // namespace ui
