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

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int scrollThickness = 12;
constexpr int menuPadding = 5;

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
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollThickness;
    case PM_ScrollBarSliderMin:
        return 24;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_MenuBarPanelWidth:
    case PM_MenuBarVMargin:
    case PM_MenuPanelWidth:
    case PM_ToolBarFrameWidth:
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetTitleBarButtonMargin:
        return 0;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 5; // wide enough to grasp; drawn as one line
    case PM_DefaultFrameWidth:
        if (qobject_cast<const QMenu *>(widget))
            return 0;
        return widget && widget->inherits("QLineEdit") ? 2 : 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return menuPadding;
    case PM_MenuBarHMargin:
        return 4;
    case PM_MenuBarItemSpacing:
        return 0;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_ToolBarIconSize:
        return 16;
    case PM_TreeViewIndentation:
        return 16;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 16;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 8;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 3;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_TextCursorWidth:
        return theme().isHighContrast() ? 2 : 1;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 12;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
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
