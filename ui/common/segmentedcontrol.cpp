// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/segmentedcontrol.h"

#include "ui/common/fonts.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

// One segment; exclusive buttons of a group already move with the arrow keys.
class Segment : public QAbstractButton
{
public:
    Segment(const QString &text, QWidget *parent)
        : QAbstractButton(parent)
    {
        setText(text);
        setCheckable(true);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {QFontMetrics(ui::font(TextRole::Heading)).horizontalAdvance(text()) + 26,
                rowHeight(26)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &colors = theme(this);
        const bool stark = colors.isHighContrast();
        const auto segments =
            parentWidget()->findChildren<QAbstractButton *>(Qt::FindDirectChildrenOnly);
        const bool rtl = layoutDirection() == Qt::RightToLeft;
        const bool leftmost = this == (rtl ? segments.last() : segments.first());
        const bool rightmost = this == (rtl ? segments.first() : segments.last());
        // The outline belongs to the whole: a middle piece shows only its upper and lower line.
        const QRectF whole = QRectF(rect()).adjusted(leftmost ? 0 : -8, 0, rightmost ? 0 : 8, 0);
        QColor fill = colors.control;
        if (isChecked())
            fill = stark ? colors.text : colors.inactiveSelection;
        else if (isEnabled() && underMouse())
            fill = colors.hover;
        drawBox(&painter, whole, controlRadius, isEnabled() ? fill : colors.window, colors.edge);
        if (!leftmost)
            drawHairLine(&painter, rect(), Qt::LeftEdge, colors.edge);
        QColor ink = isChecked() ? (stark ? colors.base : colors.text) : colors.text2;
        if (!isEnabled())
            ink = colors.text3;
        painter.setPen(ink);
        painter.setFont(ui::font(isChecked() ? TextRole::Name : TextRole::Body));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextSingleLine | Qt::TextHideMnemonic,
                         text());
    }
};

} // namespace

SegmentedControl::SegmentedControl(const QStringList &segments, QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    int id = 0;
    for (const QString &text : segments) {
        auto *segment = new Segment(text, this);
        segment->setObjectName(u"segment%1"_s.arg(id));
        row->addWidget(segment);
        m_group.addButton(segment, id++);
    }
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&m_group, &QButtonGroup::idToggled, this, [this](int index, bool checked) {
        // Qt sees to it only once a button of the group gets the focus, and then may leave Tab with
        // one that is not the chosen one.
        m_group.button(index)->setFocusPolicy(checked ? Qt::StrongFocus : Qt::ClickFocus);
        if (!checked)
            return;
        setFocusProxy(m_group.button(index));
        emit currentChanged(index);
    });
    if (QAbstractButton *first = m_group.button(0)) {
        const QSignalBlocker quiet(&m_group);
        first->setChecked(true);
        setFocusProxy(first);
    }
}

int SegmentedControl::current() const
{
    return m_group.checkedId();
}

void SegmentedControl::setCurrent(int index)
{
    if (QAbstractButton *segment = m_group.button(index))
        segment->setChecked(true);
}

int SegmentedControl::count() const
{
    return int(m_group.buttons().size());
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled)
{
    if (QAbstractButton *segment = m_group.button(index))
        segment->setEnabled(enabled);
}

void SegmentedControl::setSegmentText(int index, const QString &text)
{
    QAbstractButton *segment = m_group.button(index);
    if (!segment || segment->text() == text)
        return;
    segment->setText(text);
    segment->updateGeometry();
}

} // namespace ui
