// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/windowwalk.h"

#include "ui/common/sheet.h"
#include "ui/main/dockrail.h"

#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QTest>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace test {

namespace {

bool takesTab(const QWidget *widget)
{
    return (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled();
}

/// One of several of which one is chosen: the arrow keys go from one to the next.
bool goesByArrows(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return button && button->group() && button->group()->exclusive() && !button->isChecked();
}

/// What the key would do, for widgets that keep Tab for themselves as editors do.
void leave(const QWidget *from)
{
    for (QWidget *next = from->nextInFocusChain(); next != from; next = next->nextInFocusChain()) {
        if (takesTab(next) && next->isVisible())
            return next->setFocus(Qt::TabFocusReason);
    }
}

/// The part of the window in which Tab goes round: the sheet in front, the dock that lies over the
/// view, or all.
QWidget *areaOf(QWidget *window)
{
    QWidget *area = window;
    const auto *rail = window->findChild<ui::DockRail *>();
    if (rail && rail->opened() && !rail->isPinned())
        area = rail->opened();
    for (auto *sheet : window->findChildren<ui::Sheet *>()) {
        if (sheet->isOpen())
            area = sheet;
    }
    return area;
}

} // namespace

QStringList WindowWalk::unreachable()
{
    m_problems.clear();
    QWidget *area = areaOf(m_window);
    QSet<const QWidget *> met;
    const QList<QWidget *> all = controls();
    for (qsizetype step = 0; step < 2 * all.size() + 20; ++step) {
        QWidget *focus = QApplication::focusWidget();
        if (!focus)
            focus = m_window;
        met << focus;
        QTest::keyClick(focus, Qt::Key_Tab);
        if (QApplication::focusWidget() == focus)
            leave(focus);
    }
    for (const QWidget *control : all) {
        const bool inside = control == area || area->isAncestorOf(control);
        const bool other =
            m_exceptions.otherKeys.contains(control->objectName()) || goesByArrows(control);
        if (!inside || other || !control->isEnabled())
            continue;
        if (!takesTab(control))
            report(u"no Tab"_s, control);
        else if (!met.contains(control) && !met.contains(control->focusProxy()))
            report(u"not reached by Tab"_s, control);
    }
    return m_problems;
}

} // namespace test
