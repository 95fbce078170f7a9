// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/style.h"

#include "ui/common/buttonpaint.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"

#include <QAbstractItemView>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>
#include <QTreeView>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

bool isTranslucent(const QWidget *widget)
{
    return widget && widget->window()->testAttribute(Qt::WA_TranslucentBackground);
}

bool hasFocus(const QStyleOption *option, const QWidget *widget)
{
    return option->state & QStyle::State_HasFocus || (widget && widget->hasFocus());
}

void arrow(const QStyleOption *option, QPainter *painter, const QString &name)
{
    QRectF box(0, 0, 12, 12);
    box.moveCenter(QRectF(option->rect).center());
    const Theme &colors = theme(option->palette);
    paintIcon(painter, box, name,
              option->state & QStyle::State_Enabled ? colors.text2 : colors.text3);
}

QString arrowName(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_IndicatorArrowUp:
    case QStyle::PE_IndicatorSpinUp:
        return u"chevron-up"_s;
    case QStyle::PE_IndicatorArrowLeft:
        return u"chevron-left"_s;
    case QStyle::PE_IndicatorArrowRight:
        return u"chevron-right"_s;
    default:
        return u"chevron-down"_s;
    }
}

// Panels without a look of their own. Rings are drawn by the parts and by FocusRing, highlights of
// rows by their items.
bool drawsNothing(QStyle::PrimitiveElement element)
{
    switch (element) {
    case QStyle::PE_FrameLineEdit:
    case QStyle::PE_FrameStatusBarItem:
    case QStyle::PE_FrameDockWidget:
    case QStyle::PE_FrameMenu:
    case QStyle::PE_FrameFocusRect:
    case QStyle::PE_PanelMenuBar:
    case QStyle::PE_PanelStatusBar:
    case QStyle::PE_PanelToolBar:
    case QStyle::PE_PanelItemViewRow:
    case QStyle::PE_PanelScrollAreaCorner:
        return true;
    default:
        return false;
    }
}

void toolButtonPanel(const QStyleOption *option, QPainter *painter)
{
    ButtonLook look;
    look.kind = Button::Kind::Flat;
    look.enabled = option->state & QStyle::State_Enabled;
    look.pointedAt = look.enabled && option->state & QStyle::State_MouseOver;
    look.down = option->state & QStyle::State_Sunken;
    look.checked = option->state & QStyle::State_On;
    paintButtonBody(painter, option->rect, look, theme(option->palette));
}

QSize buttonSize(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button)
        return {};
    return {std::max(buttonWidth(lookOf(*button, Button::Kind::Plain)), 48), rowHeight(28)};
}

} // namespace

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    if (drawsNothing(element))
        return;
    const Theme &colors = theme(option->palette);
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return paint::checkBox(option, painter, colors);
    case PE_IndicatorRadioButton:
        return paint::radioButton(option, painter, colors);
    case PE_PanelLineEdit:
        if (const auto *panel = qstyleoption_cast<const QStyleOptionFrame *>(option);
            panel && panel->lineWidth > 0)
            return paint::fieldFrame(option, painter, colors, hasFocus(option, widget));
        painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
        return;
    case PE_Frame:
        if (widget && (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit")))
            return paint::fieldFrame(option, painter, colors, hasFocus(option, widget));
        return paint::frame(option, painter, colors);
    case PE_FrameTabWidget:
    case PE_FrameGroupBox:
        return paint::frame(option, painter, colors);
    case PE_PanelMenu:
        return paint::popupPanel(option->rect, painter, colors, isTranslucent(widget));
    case PE_PanelTipLabel:
        return paint::popupPanel(option->rect, painter, colors, isTranslucent(widget));
    case PE_IndicatorBranch:
        return paint::branch(option, painter, colors);
    case PE_PanelItemViewItem:
        return paint::rowPanel(option, painter, colors,
                               qobject_cast<const QTreeView *>(widget) == nullptr);
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinUp:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight:
        return arrow(option, painter, arrowName(element));
    case PE_IndicatorTabClose:
        toolButtonPanel(option, painter);
        return arrow(option, painter, u"close"_s);
    case PE_FrameTabBarBase:
        return paint::tabBarBase(option, painter, colors);
    case PE_PanelButtonTool:
    case PE_FrameButtonTool:
        return toolButtonPanel(option, painter);
    case PE_IndicatorToolBarSeparator:
    case PE_IndicatorDockWidgetResizeHandle:
        return paint::separator(option, painter, colors);
    default:
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    const Theme &colors = theme(option->palette);
    switch (element) {
    case CE_PushButtonBevel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            paintButtonBody(painter, option->rect, lookOf(*button, Button::Kind::Plain), colors);
        return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            paintButtonContents(painter, option->rect, lookOf(*button, Button::Kind::Plain),
                                colors);
        return;
    case CE_MenuItem:
        return paint::menuItem(option, painter, colors);
    case CE_MenuBarItem:
        return paint::menuBarItem(option, painter, colors);
    case CE_MenuBarEmptyArea:
    case CE_MenuEmptyArea:
    case CE_MenuTearoff:
        return;
    case CE_TabBarTabShape:
        return paint::tab(option, painter, colors);
    case CE_TabBarTabLabel:
        return paint::tabLabel(option, painter, colors);
    case CE_ComboBoxLabel:
        return paint::comboBoxLabel(option, painter, colors);
    case CE_ProgressBar:
        return paint::progressBar(option, painter, colors);
    case CE_Splitter:
        return paint::separator(option, painter, colors);
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        return paint::header(option, painter, colors);
    case CE_HeaderLabel:
        return paint::headerLabel(option, painter, colors);
    case CE_FocusFrame:
        return drawRing(painter, option->rect, controlRadius + 2, colors.accent);
    case CE_SizeGrip:
        return;
    default:
        return QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                               QPainter *painter, const QWidget *widget) const
{
    const Theme &colors = theme(option->palette);
    switch (control) {
    case CC_ScrollBar:
        return paint::scrollBar(option, painter, colors, this, widget);
    case CC_ComboBox:
        return paint::comboBox(option, painter, colors);
    case CC_SpinBox:
        return paint::spinBox(option, painter, colors, this, widget);
    default:
        return QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    const QSize usual = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return buttonSize(option);
    case CT_LineEdit:
    case CT_SpinBox:
        return {usual.width(), rowHeight(28)};
    case CT_ComboBox:
        return {size.width() + 40, rowHeight(28)};
    case CT_ToolButton:
        return usual.expandedTo({24, 24});
    case CT_CheckBox:
    case CT_RadioButton:
        return {usual.width(), std::max(usual.height(), 24)};
    case CT_MenuItem:
        return paint::menuItemSize(option);
    case CT_MenuBarItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        const QString text = item ? item->text : QString();
        const QFontMetrics words(font(TextRole::Body));
        return {words.size(Qt::TextShowMnemonic, text).width() + 20, rowHeight(28)};
    }
    case CT_TabBarTab:
        return {usual.width(), rowHeight(36)};
    case CT_ItemViewItem:
        return {usual.width(), rowHeight(26)};
    case CT_HeaderSection:
        return {usual.width(), rowHeight(28)};
    default:
        return usual;
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option,
                            const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents: {
        const auto *panel = qstyleoption_cast<const QStyleOptionFrame *>(option);
        // The line edit keeps 2 px beside its text on its own.
        return panel && panel->lineWidth > 0 ? option->rect.adjusted(6, 2, -6, -2) : option->rect;
    }
    case SE_ComboBoxFocusRect:
        return {};
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                            SubControl part, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (bar)
            return paint::scrollBarPart(*bar, part,
                                        pixelMetric(PM_ScrollBarSliderMin, option, widget));
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, option->rect, option->rect.adjusted(4, 2, -28, -2));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QIcon Style::standardIcon(StandardPixmap which, const QStyleOption *option,
                          const QWidget *widget) const
{
    switch (which) {
    case SP_LineEditClearButton:
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_TabCloseButton:
        return icon(u"close"_s);
    // Every dock asks for it, also one with a title bar of its own, and again when it is restored;
    // the base style would look through the desktop's themes each time.
    case SP_TitleBarNormalButton:
        return icon(u"swap"_s);
    case SP_MessageBoxInformation:
        return icon(u"info"_s, Ink::Info);
    case SP_MessageBoxWarning:
        return icon(u"warning"_s, Ink::Warning);
    case SP_MessageBoxCritical:
        return icon(u"error"_s, Ink::Danger);
    case SP_MessageBoxQuestion:
        return icon(u"unknown"_s, Ink::Accent);
    case SP_DirIcon:
    case SP_DirClosedIcon:
    case SP_DirOpenIcon:
        return icon(u"folder"_s);
    case SP_FileIcon:
        return icon(u"file"_s);
    case SP_ToolBarHorizontalExtensionButton:
    case SP_ToolBarVerticalExtensionButton:
        return icon(u"more"_s);
    default:
        return QProxyStyle::standardIcon(which, option, widget);
    }
}

} // namespace ui
