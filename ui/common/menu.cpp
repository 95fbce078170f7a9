// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/menu.h"

#include <QAction>
#include <QShowEvent>
#include <QStyleOptionMenuItem>
#include <QVariant>

namespace ui {

namespace {

constexpr auto reasonProperty = "sluiceReason";

} // namespace

void Menu::setReason(QAction *action, const QString &reason)
{
    action->setProperty(reasonProperty, reason);
}

QString Menu::reason(const QAction *action)
{
    return action->property(reasonProperty).toString();
}

void Menu::showEvent(QShowEvent *event)
{
    const QWidget *owner = parentWidget();
    if (accessibleName().isEmpty() && !title().isEmpty())
        setAccessibleName(title().remove(u'&'));
    else if (accessibleName().isEmpty() && owner)
        setAccessibleName(owner->accessibleName().isEmpty() ? owner->window()->windowTitle()
                                                            : owner->accessibleName());
    QMenu::showEvent(event);
}

void Menu::initStyleOption(QStyleOptionMenuItem *option, const QAction *action) const
{
    QMenu::initStyleOption(option, action);
    const QString why = action ? reason(action) : QString();
    // Style draws what follows the line break as a caption below the words.
    if (!why.isEmpty() && !action->isEnabled())
        option->text += u'\n' + why;
}

} // namespace ui
