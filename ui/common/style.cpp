// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/style.h"

#include "ui/common/buttonpaint.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"
#include "ui/common/tooltip.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTreeView>

#include <utility>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

// What Fusion answers otherwise. A splitter is wide enough to be grasped and drawn as one line.
constexpr std::pair<QStyle::PixelMetric, int> fixedMetrics[] = {
    {QStyle::PM_ScrollBarExtent, 12},
    {QStyle::PM_ScrollBarSliderMin, 24},
    {QStyle::PM_ScrollView_ScrollBarSpacing, 0},
    {QStyle::PM_ScrollView_ScrollBarOverlap, 0},
    {QStyle::PM_ButtonShiftHorizontal, 0},
    {QStyle::PM_ButtonShiftVertical, 0},
    {QStyle::PM_TabBarTabShiftVertical, 0},
    {QStyle::PM_TabBarTabShiftHorizontal, 0},
    {QStyle::PM_TabBarTabOverlap, 0},
    {QStyle::PM_TabBarBaseOverlap, 0},
    {QStyle::PM_TabBarTabHSpace, 24},
    {QStyle::PM_TabBarTabVSpace, 12},
    {QStyle::PM_MenuBarPanelWidth, 0},
    {QStyle::PM_MenuBarHMargin, 4},
    {QStyle::PM_MenuBarVMargin, 0},
    {QStyle::PM_MenuBarItemSpacing, 0},
    {QStyle::PM_MenuPanelWidth, 0},
    {QStyle::PM_MenuHMargin, 5},
    {QStyle::PM_MenuVMargin, 5},
    {QStyle::PM_ToolBarFrameWidth, 0},
    {QStyle::PM_DockWidgetFrameWidth, 0},
    {QStyle::PM_DockWidgetTitleBarButtonMargin, 0},
    {QStyle::PM_SplitterWidth, 5},
    {QStyle::PM_DockWidgetSeparatorExtent, 5},
    {QStyle::PM_SmallIconSize, 16},
    {QStyle::PM_ButtonIconSize, 16},
    {QStyle::PM_ListViewIconSize, 16},
    {QStyle::PM_TabBarIconSize, 16},
    {QStyle::PM_ToolBarIconSize, 16},
    {QStyle::PM_TreeViewIndentation, 16},
    {QStyle::PM_IndicatorWidth, 16},
    {QStyle::PM_IndicatorHeight, 16},
    {QStyle::PM_ExclusiveIndicatorWidth, 16},
    {QStyle::PM_ExclusiveIndicatorHeight, 16},
    {QStyle::PM_CheckBoxLabelSpacing, 8},
    {QStyle::PM_RadioButtonLabelSpacing, 8},
    {QStyle::PM_FocusFrameHMargin, 3},
    {QStyle::PM_FocusFrameVMargin, 3},
    {QStyle::PM_ToolTipLabelFrameWidth, 6},
    {QStyle::PM_LayoutHorizontalSpacing, 8},
    {QStyle::PM_LayoutVerticalSpacing, 8},
    {QStyle::PM_LayoutLeftMargin, 12},
    {QStyle::PM_LayoutTopMargin, 12},
    {QStyle::PM_LayoutRightMargin, 12},
    {QStyle::PM_LayoutBottomMargin, 12},
};

bool isTip(const QWidget *widget)
{
    return widget && widget->inherits("QTipLabel");
}

// Rounded corners of a window of its own need an alpha channel. On X11 without a compositor that
// gives black corners, so there a mask does it (SH_Menu_Mask).
bool popupsAreTranslucent()
{
    static const bool translucent = QGuiApplication::platformName() != "xcb"_L1;
    return translucent;
}

const Theme &themeOf(const QStyleOption *option)
{
    return theme(option->palette);
}

QRegion roundedRegion(const QRect &rect, int radius)
{
    QRegion region(rect.adjusted(radius, 0, -radius, 0));
    region += rect.adjusted(0, radius, 0, -radius);
    const int side = 2 * radius;
    for (const QPoint corner : {rect.topLeft(), QPoint(rect.right() - side + 1, rect.top()),
                                QPoint(rect.left(), rect.bottom() - side + 1),
                                QPoint(rect.right() - side + 1, rect.bottom() - side + 1)})
        region += QRegion(QRect(corner, QSize(side, side)), QRegion::Ellipse);
    return region;
}

} // namespace

Style::Style()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_tipLook(new TipLook(this))
{
    setObjectName("sluice"_L1);
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    // Names and messages of servers get into tooltips: never rich text.
    if (isTip(widget)) {
        static_cast<QLabel *>(widget)->setTextFormat(Qt::PlainText);
        widget->installEventFilter(m_tipLook);
    }
    const bool popup = qobject_cast<QMenu *>(widget) || isTip(widget);
    if (popup && popupsAreTranslucent())
        widget->setAttribute(Qt::WA_TranslucentBackground);
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    if (metric == PM_DefaultFrameWidth) {
        if (qobject_cast<const QMenu *>(widget))
            return 0;
        return widget && widget->inherits("QLineEdit") ? 2 : 1;
    }
    if (metric == PM_TextCursorWidth)
        return theme().isHighContrast() ? 2 : 1;
    for (const auto &[known, value] : fixedMetrics) {
        if (known == metric)
            return value;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_Menu_Mask:
    case SH_ToolTip_Mask:
        if (auto *mask = qstyleoption_cast<QStyleHintReturnMask *>(data);
            mask && option && !popupsAreTranslucent()) {
            mask->region = roundedRegion(option->rect, int(popupRadius));
            return 1;
        }
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 600;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Menu_SubMenuPopupDelay:
        return 150;
    case SH_Menu_FlashTriggeredItem:
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_ItemView_DrawDelegateFrame:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ScrollBar_Transient:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_ComboBox_ListMouseTracking:
    case SH_FocusFrame_AboveWidget:
    case SH_Menu_SupportsSections:
        return 1;
    case SH_TabBar_ElideMode:
        return Qt::ElideMiddle;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_Table_GridLineColor:
        return option ? int(themeOf(option).gridline.rgba()) : 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace ui
