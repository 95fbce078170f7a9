// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace ui {

// A menu whose entries can say why they cannot be chosen: a caption below the entry's words.
class Menu : public QMenu
{
    Q_OBJECT

public:
    using QMenu::QMenu;

    // Empty takes the reason away. Shown while the action is disabled.
    static void setReason(QAction *action, const QString &reason);
    [[nodiscard]] static QString reason(const QAction *action);

protected:
    // Assistive technology knows a menu by its title, or by what it belongs to.
    void showEvent(QShowEvent *event) override;
    void initStyleOption(QStyleOptionMenuItem *option, const QAction *action) const override;
};

} // namespace ui
