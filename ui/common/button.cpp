// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/button.h"

#include "ui/common/buttonpaint.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleOptionButton>

namespace ui {

namespace {

constexpr int iconOnlySide = 24;
constexpr int leastSide = 24;

} // namespace

Button::Button(const QString &text, Kind kind, QWidget *parent)
    : QPushButton(text, parent)
    , m_kind(kind)
{
    setAttribute(Qt::WA_Hover);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

Button::Button(const QString &iconName, const QString &text, Kind kind, QWidget *parent)
    : Button(text, kind, parent)
{
    setIconName(iconName);
}

Button *Button::iconOnly(const QString &iconName, const QString &name, QWidget *parent)
{
    auto *button = new Button(iconName, {}, Kind::Flat, parent);
    button->m_iconOnly = true;
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

Button::Kind Button::kind() const
{
    return m_kind;
}

void Button::setKind(Kind kind)
{
    m_kind = kind;
    updateGeometry();
    update();
}

void Button::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    setIcon(iconName.isEmpty() ? QIcon() : ui::icon(iconName));
    updateGeometry();
}

void Button::setFact(const QString &fact)
{
    m_fact = fact;
    updateGeometry();
    update();
}

QString Button::fact() const
{
    return m_fact;
}

void Button::setKeyHint(const QString &key)
{
    m_keyHint = key;
    updateGeometry();
    update();
}

void Button::setCompact(bool compact)
{
    m_compact = compact;
    updateGeometry();
}

void Button::setWordsHidden(bool hidden)
{
    if (m_wordsHidden == hidden || m_iconOnly || icon().isNull())
        return;
    m_wordsHidden = hidden;
    updateGeometry();
    update();
}

bool Button::wordsHidden() const
{
    return m_wordsHidden;
}

bool Button::isIconOnly() const
{
    return m_iconOnly;
}

int Button::widthFor(bool words) const
{
    const int height = rowHeight(m_compact ? 26 : 28);
    if (m_iconOnly || !words)
        return m_iconOnly ? std::max(iconOnlySide, height - 4) : height;
    QStyleOptionButton option;
    initStyleOption(&option);
    ButtonLook look = lookOf(option, m_kind);
    look.fact = m_fact;
    look.keyHint = m_keyHint;
    return std::max(buttonWidth(look), m_kind == Kind::Link ? 0 : leastSide);
}

int Button::fullWidth() const
{
    return widthFor(true);
}

QSize Button::sizeHint() const
{
    const int height = rowHeight(m_compact ? 26 : 28);
    const int side = std::max(iconOnlySide, height - 4);
    return {widthFor(!m_wordsHidden), m_iconOnly ? side : height};
}

QSize Button::minimumSizeHint() const
{
    return sizeHint();
}

void Button::paintEvent(QPaintEvent *)
{
    QStyleOptionButton option;
    initStyleOption(&option);
    ButtonLook look = lookOf(option, m_kind);
    if (m_wordsHidden || m_iconOnly) {
        look.text.clear();
    } else {
        look.fact = m_fact;
        look.keyHint = m_keyHint;
    }
    QPainter painter(this);
    paintButtonBody(&painter, rect(), look, theme(this));
    paintButtonContents(&painter, rect(), look, theme(this));
}

void Button::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!enter)
        return QPushButton::keyPressEvent(event);
    // Never handed on: a sheet or form around it has no default button.
    event->accept();
    if (!event->isAutoRepeat() && m_kind != Kind::Danger && m_kind != Kind::Production)
        click();
}

bool Button::event(QEvent *event)
{
    // The words that gave way stand in the tooltip, above the tip the button has of its own.
    if (event->type() == QEvent::ToolTip && m_wordsHidden && toolTip().isEmpty()) {
        setToolTip(text());
        const bool handled = QPushButton::event(event);
        setToolTip({});
        return handled;
    }
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
    return QPushButton::event(event);
}

} // namespace ui
