// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/labels.h"

#include "ui/common/format.h"
#include "ui/common/paint.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyle>
#include <QToolTip>

namespace ui {

namespace {

// Inks of a label lie in its palette, so that a selectable label, which paints a document, has them
// too. The theme then is the application's: the label's own palette is the result.
QPalette inkedPalette(const QPalette &inherited, Ink ink)
{
    const Theme &now = theme();
    QPalette palette = inherited;
    for (auto role : {QPalette::WindowText, QPalette::Text}) {
        palette.setColor(QPalette::Active, role, now.ink(ink));
        palette.setColor(QPalette::Inactive, role, now.ink(ink));
        palette.setColor(QPalette::Disabled, role, now.text3);
    }
    return palette;
}

} // namespace

TextLabel::TextLabel(const QString &text, TextRole role, Ink ink, QWidget *parent)
    : QLabel(parent)
    , m_role(role)
    , m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    dress();
}

void TextLabel::setInk(Ink ink)
{
    m_ink = ink;
    dress();
}

void TextLabel::setRole(TextRole role)
{
    m_role = role;
    dress();
}

void TextLabel::makeParagraph()
{
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize TextLabel::minimumSizeHint() const
{
    if (!wordWrap())
        return QLabel::minimumSizeHint();
    const QMargins margins = contentsMargins();
    return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 20),
            fontMetrics().height() + margins.top() + margins.bottom()};
}

void TextLabel::dress()
{
    const QScopedValueRollback guard(m_dressing, true);
    setFont(ui::font(m_role));
    QPalette own;
    own.setResolveMask(0);
    setPalette(inkedPalette(own, m_ink));
    // QLabel aligns by the direction of the text; a name in Latin letters belongs to the leading
    // edge of a right-to-left window all the same.
    const Qt::Alignment side = alignment() & Qt::AlignHorizontal_Mask;
    const bool leading = side == Qt::AlignLeft || side == (Qt::AlignLeft | Qt::AlignAbsolute)
                         || side == (Qt::AlignRight | Qt::AlignAbsolute);
    if (leading)
        setAlignment((alignment() & Qt::AlignVertical_Mask)
                     | QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft));
}

void TextLabel::changeEvent(QEvent *event)
{
    const bool changes = event->type() == QEvent::ApplicationFontChange
                         || event->type() == QEvent::PaletteChange
                         || event->type() == QEvent::LayoutDirectionChange;
    if (!m_dressing && changes)
        dress();
    QLabel::changeEvent(event);
}

TextLabel *plainLabel(const QString &text, QWidget *parent)
{
    return new TextLabel(text, TextRole::Body, Ink::Text, parent);
}

TextLabel *headingLabel(const QString &text, QWidget *parent)
{
    return new TextLabel(text, TextRole::Heading, Ink::Text, parent);
}

TextLabel *captionLabel(const QString &text, QWidget *parent)
{
    return new TextLabel(text, TextRole::Caption, Ink::Text2, parent);
}

ElidedLabel::ElidedLabel(const QString &text, TextRole role, Ink ink, QWidget *parent)
    : QLabel(parent)
    , m_role(role)
    , m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    setFont(ui::font(role));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    QLabel::setText(text);
    updateGeometry();
}

QString ElidedLabel::text() const
{
    return QLabel::text();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setInk(Ink ink)
{
    m_ink = ink;
    update();
}

void ElidedLabel::setRole(TextRole role)
{
    m_role = role;
    const QScopedValueRollback guard(m_dressing, true);
    setFont(ui::font(role));
    updateGeometry();
}

bool ElidedLabel::isElided() const
{
    return fontMetrics().horizontalAdvance(sentenceLine(text())) > contentsRect().width();
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins margins = contentsMargins();
    return {fontMetrics().horizontalAdvance(sentenceLine(text())) + 1 + margins.left()
                + margins.right(),
            fontMetrics().height() + margins.top() + margins.bottom()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    const int least = fontMetrics().horizontalAdvance(u'…') * 3;
    return {std::min(least, sizeHint().width()), sizeHint().height()};
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        if (isElided())
            QToolTip::showText(help->globalPos(), text(), this);
        else
            event->ignore();
        return true;
    }
    return QLabel::event(event);
}

void ElidedLabel::changeEvent(QEvent *event)
{
    if (!m_dressing && event->type() == QEvent::ApplicationFontChange)
        setRole(m_role);
    QLabel::changeEvent(event);
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    painter.setPen(isEnabled() ? colors.ink(m_ink) : colors.text3);
    const QRect room = contentsRect();
    const QString shown = fontMetrics().elidedText(sentenceLine(text()), m_mode, room.width());
    drawLine(&painter, room, alignment(), layoutDirection(), shown);
}

HairLine::HairLine(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent)
    , m_orientation(orientation)
{
    const bool flat = orientation == Qt::Horizontal;
    setSizePolicy(flat ? QSizePolicy::Expanding : QSizePolicy::Fixed,
                  flat ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

QSize HairLine::sizeHint() const
{
    return {1, 1};
}

void HairLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawHairLine(&painter, rect(), m_orientation == Qt::Horizontal ? Qt::TopEdge : Qt::LeftEdge,
                 theme(this).line);
}

} // namespace ui
