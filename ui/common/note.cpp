// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/note.h"

#include "ui/common/button.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/readingmargins.h"

#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSide = 16;
constexpr int sidePadding = 12;

QString iconFor(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Ok:
        return u"ok"_s;
    case Meaning::Warning:
        return u"warning"_s;
    case Meaning::Danger:
        return u"error"_s;
    case Meaning::Production:
        return u"production"_s;
    case Meaning::ReadOnly:
        return u"read-only"_s;
    case Meaning::Info:
    case Meaning::Neutral:
        break;
    }
    return u"info"_s;
}

} // namespace

Note::Note(QWidget *parent)
    : Note(Meaning::Info, {}, {}, parent)
{
}

Note::Note(Meaning meaning, const QString &sentence, const QString &second, QWidget *parent)
    : QFrame(parent)
    , m_meaning(meaning)
    , m_sentence(new TextLabel({}, TextRole::Name, Ink::Text, this))
    , m_second(new TextLabel({}, TextRole::Body, Ink::Text2, this))
{
    m_sentence->makeParagraph();
    m_second->makeParagraph();
    m_text = new QBoxLayout(QBoxLayout::TopToBottom);
    m_text->setSpacing(2);
    m_text->addWidget(m_sentence);
    m_text->addWidget(m_second);
    m_row = new QHBoxLayout(this);
    setReadingMargins(this, {sidePadding + iconSide + 12, 10, sidePadding, 10});
    m_row->setSpacing(8);
    m_row->addLayout(m_text, 1);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMeaning(meaning);
    setSentence(sentence);
    setSecond(second);
}

void Note::setMeaning(Meaning meaning)
{
    m_meaning = meaning;
    m_iconName = iconFor(meaning);
    update();
}

Meaning Note::meaning() const
{
    return m_meaning;
}

void Note::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    update();
}

void Note::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    arrange();
}

QString Note::sentence() const
{
    return m_sentence->text();
}

void Note::setSecond(const QString &second)
{
    m_second->setText(second);
    m_second->setVisible(!second.isEmpty());
    arrange();
}

QString Note::second() const
{
    return m_second->text();
}

Button *Note::addLink(const QString &text)
{
    auto *link = new Button(text, Button::Kind::Link, this);
    link->setObjectName(u"note.link%1"_s.arg(m_buttons.size()));
    link->setCompact(true);
    m_row->addWidget(link, 0, Qt::AlignVCenter);
    m_buttons.append(link);
    return link;
}

Button *Note::addButton(const QString &text)
{
    auto *button = new Button(text, Button::Kind::Plain, this);
    button->setObjectName(u"note.button%1"_s.arg(m_buttons.size()));
    button->setCompact(true);
    m_row->addWidget(button, 0, Qt::AlignVCenter);
    m_buttons.append(button);
    return button;
}

void Note::clearButtons()
{
    for (Button *button : std::as_const(m_buttons)) {
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
}

// Both texts stand in one line where they fit, else below each other.
void Note::arrange()
{
    int buttons = 0;
    for (const Button *button : std::as_const(m_buttons))
        buttons += button->sizeHint().width() + m_row->spacing();
    const QMargins margins = m_row->contentsMargins();
    const int room = width() - margins.left() - margins.right() - buttons;
    const auto lineWidth = [](const TextLabel *label) {
        return label->fontMetrics().horizontalAdvance(label->text()) + 2;
    };
    const bool oneLine = lineWidth(m_sentence) + 4 + lineWidth(m_second) <= room;
    const auto direction = oneLine ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_text->direction() != direction) {
        m_text->setDirection(direction);
        m_text->setSpacing(oneLine ? 4 : 2);
    }
    m_text->setStretch(0, 0);
    m_text->setStretch(1, oneLine ? 1 : 0);
    m_sentence->setWordWrap(!oneLine || m_second->text().isEmpty());
    m_second->setWordWrap(!oneLine);
}

void Note::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    const Tone tone = colors.tone(m_meaning);
    const int marker = colors.isHighContrast() ? 6 : 3;
    drawBox(&painter, rect(), controlRadius, tone.tint,
            colors.isHighContrast() ? tone.ink : QColor());
    const QRect edge(0, 0, marker, height());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), controlRadius, controlRadius);
    painter.setClipPath(shape);
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), edge), tone.ink);
    painter.restore();
    // Beside the first line, as it would be set in a text.
    const int line = m_sentence->fontMetrics().height();
    const bool oneLine =
        m_sentence->height() < 2 * line
        && (m_second->isHidden() || m_text->direction() == QBoxLayout::LeftToRight);
    const int top = oneLine ? (height() - iconSide) / 2 : m_sentence->y() + (line - iconSide) / 2;
    const QRect icon(sidePadding + 3, top, iconSide, iconSide);
    paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), icon), m_iconName, tone.ink,
              layoutDirection());
}

void Note::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    arrange();
    if (!event->spontaneous() && QAccessible::isActive()) {
        QAccessibleAnnouncementEvent news(this, sentence() + u' ' + second());
        QAccessible::updateAccessibility(&news);
    }
}

void Note::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

void Note::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace ui
