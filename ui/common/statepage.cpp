// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/statepage.h"

#include "ui/common/button.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/progressline.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPainter>
#include <QScrollArea>

#include <chrono>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int iconSide = 22;
constexpr int textWidth = 400;
constexpr int barWidth = 180;
constexpr int lowest = 96;

// The symbol in the ink of the page's state.
class StateIcon : public QWidget
{
public:
    using QWidget::QWidget;

    void show(const QString &name, Ink ink)
    {
        m_name = name;
        m_ink = ink;
        setVisible(!name.isEmpty());
        update();
    }

    [[nodiscard]] QSize sizeHint() const override { return {iconSide, iconSide}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(&painter, rect(), m_name, theme(this).ink(m_ink), layoutDirection());
    }

private:
    QString m_name;
    Ink m_ink = Ink::Text2;
};

Ink inkOf(StatePage::State state)
{
    if (state == StatePage::State::Failed)
        return Ink::Danger;
    return state == StatePage::State::Lost ? Ink::Warning : Ink::Text2;
}

TextLabel *centred(TextRole role, QWidget *parent)
{
    auto *label = new TextLabel({}, role, Ink::Text, parent);
    label->makeParagraph();
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setMaximumWidth(grown(textWidth));
    return label;
}

} // namespace

StatePage::StatePage(QWidget *parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_body(new QWidget)
    , m_icon(new StateIcon(m_body))
    , m_bar(new ProgressLine(m_body))
    , m_sentence(centred(TextRole::Name, m_body))
    , m_why(centred(TextRole::Caption, m_body))
    , m_action(new Button({}, Button::Kind::Plain, m_body))
    , m_second(new Button({}, Button::Kind::Plain, m_body))
{
    setBackgroundRole(QPalette::Base);
    m_action->setObjectName(u"statePage.action"_s);
    m_second->setObjectName(u"statePage.second"_s);
    m_bar->setFixedWidth(barWidth);
    m_why->setInk(Ink::Text2);
    build();
    m_delay.setSingleShot(true);
    m_delay.setInterval(150ms);
    connect(&m_delay, &QTimer::timeout, this, &StatePage::revealLoading);
    connect(m_action, &Button::clicked, this, &StatePage::actionTriggered);
    connect(m_second, &Button::clicked, this, &StatePage::secondActionTriggered);
    enter(State::Empty, {}, {}, {});
}

void StatePage::build()
{
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_second);
    buttons->addWidget(m_action);
    buttons->addStretch();
    // A column of its own in the middle: a paragraph of limited width does not centre itself.
    auto *middle = new QWidget(m_body);
    middle->setMaximumWidth(grown(textWidth));
    auto *row = new QHBoxLayout(m_body);
    row->setContentsMargins(16, 16, 16, 16);
    row->addStretch();
    row->addWidget(middle, 100);
    row->addStretch();
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(8);
    column->addWidget(m_sentence);
    column->addSpacing(6);
    column->addWidget(m_bar, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    column->addWidget(m_why);
    column->addSpacing(12);
    column->addLayout(buttons);
    column->addStretch(3);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(m_body);
    // The page's own ground shows through.
    m_scroll->viewport()->setAutoFillBackground(false);
    m_body->setAutoFillBackground(false);
    m_body->installEventFilter(this);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_scroll);
}

// A scroll area knows nothing of a height that depends on the width.
void StatePage::fit()
{
    const QLayout *row = m_body->layout();
    const int needed = row->hasHeightForWidth() ? row->totalHeightForWidth(m_body->width())
                                                : row->totalMinimumSize().height();
    if (m_body->minimumHeight() != needed)
        m_body->setMinimumHeight(needed);
}

bool StatePage::eventFilter(QObject *watched, QEvent *event)
{
    const bool changed = event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize;
    if (watched == m_body && changed)
        fit();
    return QWidget::eventFilter(watched, event);
}

QSize StatePage::sizeHint() const
{
    return m_body->sizeHint();
}

QSize StatePage::minimumSizeHint() const
{
    return {m_body->minimumSizeHint().width(), rowHeight(lowest)};
}

void StatePage::enter(State state, const QString &iconName, const QString &sentence,
                      const QString &why)
{
    m_delay.stop();
    m_state = state;
    static_cast<StateIcon *>(m_icon)->show(iconName, inkOf(state));
    m_bar->hide();
    m_sentence->setText(sentence);
    m_sentence->setRole(state == State::Loading ? TextRole::Body : TextRole::Name);
    m_sentence->setInk(state == State::Loading ? Ink::Text2 : Ink::Text);
    // What loads quickly says nothing: revealLoading().
    const bool says = state != State::Loading;
    m_sentence->setVisible(says && !sentence.isEmpty());
    m_why->setText(why);
    m_why->setVisible(says && !why.isEmpty());
    setAction({});
    setSecondAction({});
    setAccessibleName(sentence);
    setAccessibleDescription(why);
}

void StatePage::showEmpty(const QString &iconName, const QString &sentence, const QString &why)
{
    enter(State::Empty, iconName, sentence, why);
}

void StatePage::showLoading(const QString &sentence, const QString &why)
{
    if (m_state == State::Loading) {
        m_sentence->setText(sentence);
        m_why->setText(why);
        m_why->setVisible(!why.isEmpty() && m_bar->isVisibleTo(this));
        return;
    }
    enter(State::Loading, {}, sentence, why);
    m_delay.start();
}

void StatePage::revealLoading()
{
    m_bar->show();
    m_sentence->show();
    m_why->setVisible(!m_why->text().isEmpty());
}

void StatePage::showFailed(const QString &sentence, const QString &why)
{
    enter(State::Failed, u"error"_s, sentence, why);
}

void StatePage::showLost(const QString &sentence, const QString &why)
{
    enter(State::Lost, u"disconnected"_s, sentence, why);
}

StatePage::State StatePage::state() const
{
    return m_state;
}

void StatePage::setAction(const QString &text)
{
    m_action->setText(text);
    m_action->setVisible(!text.isEmpty());
}

void StatePage::setSecondAction(const QString &text)
{
    m_second->setText(text);
    m_second->setVisible(!text.isEmpty());
}

void StatePage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme(this).base);
}

} // namespace ui
