// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/searchfield.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAccessibleAnnouncementEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSide = 16;
constexpr int iconColumn = 28;
constexpr int endColumn = 26;

class ClearButton : public QAbstractButton
{
public:
    explicit ClearButton(QWidget *parent)
        : QAbstractButton(parent)
    {
        setFocusPolicy(Qt::NoFocus);
        setCursor(Qt::ArrowCursor);
        setAttribute(Qt::WA_Hover);
    }
    [[nodiscard]] QSize sizeHint() const override { return {24, 24}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &colors = theme(this);
        QRectF box(0, 0, 12, 12);
        box.moveCenter(QRectF(rect()).center());
        paintIcon(&painter, box, u"close"_s, underMouse() ? colors.text : colors.text2);
    }
};

} // namespace

SearchField::SearchField(const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
    , m_clear(new ClearButton(this))
    , m_iconName(u"search"_s)
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    m_clear->setObjectName(u"searchField.clear"_s);
    m_clear->setAccessibleName(tr("Clear"));
    m_clear->setToolTip(tr("Clear"));
    m_clear->hide();
    connect(m_clear, &QAbstractButton::clicked, this, &SearchField::clearByHand);
    connect(this, &QLineEdit::textChanged, this, [this] { arrange(); });
    arrange();
}

void SearchField::setHint(const QString &hint)
{
    m_hint = hint;
    arrange();
}

void SearchField::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    arrange();
}

void SearchField::setError(const QString &message)
{
    if (m_error == message)
        return;
    m_error = message;
    setToolTip(message);
    setAccessibleDescription(message);
    if (!message.isEmpty() && QAccessible::isActive()) {
        QAccessibleAnnouncementEvent news(this, message);
        QAccessible::updateAccessibility(&news);
    }
    arrange();
}

QString SearchField::error() const
{
    return m_error;
}

void SearchField::arrange()
{
    const int hint = m_hint.isEmpty()
                         ? 0
                         : QFontMetrics(ui::font(TextRole::Caption)).horizontalAdvance(m_hint) + 12;
    const bool clears = !text().isEmpty() && !isReadOnly();
    int end = clears ? endColumn : hint;
    if (!m_error.isEmpty())
        end += iconSide + 8;
    const int start = m_iconName.isEmpty() ? 0 : iconColumn - 6;
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    setTextMargins(rtl ? end : start, 0, rtl ? start : end, 0);
    m_clear->setVisible(clears);
    const QRect place(width() - endColumn, (height() - 24) / 2, 24, 24);
    m_clear->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
    update();
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const Theme &colors = theme(this);
    const auto mirrored = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    const int top = (height() - iconSide) / 2;
    if (!m_error.isEmpty()) {
        drawBox(&painter, rect(), controlRadius, {}, colors.danger.ink, hasFocus() ? 2 : 0);
        const int end = m_clear->isVisible() ? endColumn : 4;
        paintIcon(&painter, mirrored({width() - end - iconSide - 4, top, iconSide, iconSide}),
                  u"error"_s, colors.danger.ink);
    }
    if (!m_iconName.isEmpty())
        paintIcon(&painter, mirrored({8, (height() - 14) / 2, 14, 14}), m_iconName, colors.text2,
                  layoutDirection());
    if (text().isEmpty() && !m_hint.isEmpty()) {
        painter.setFont(ui::font(TextRole::Caption));
        painter.setPen(colors.text2);
        drawLine(&painter, mirrored(rect().adjusted(8, 0, -10, 0)), Qt::AlignRight,
                 layoutDirection(), m_hint);
    }
}

// What Esc does here comes before the window's command of that key.
bool SearchField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && !text().isEmpty()) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clearByHand();
        return;
    }
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier) {
        emit movedDown();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

// Not clear(), which says textChanged alone: whoever follows a person's edits would miss it.
void SearchField::clearByHand()
{
    selectAll();
    del();
}

void SearchField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    arrange();
}

void SearchField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange)
        arrange();
}

} // namespace ui
