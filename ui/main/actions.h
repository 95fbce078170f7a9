// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

#include <span>

class QMenu;
class QMenuBar;

namespace ui {

// One command of the program. The table is the only list of them: menus, the palette and the
// shortcuts are made from it, so that every action is in all of them.
struct ActionSpec {
    const char *id;        // stable, "file.openFolder"
    const char *menu;      // of the menu bar; empty = palette only
    const char *text;      // untranslated, with mnemonic; ends in an ellipsis if a question follows
    const char *icon;      // bundled symbol, may be empty
    const char *shortcuts; // portable text, several parted by blanks; may be empty
    bool checkable = false;
    bool separatorBefore = false;
};

[[nodiscard]] std::span<const ActionSpec> actionTable();

// The QActions of the table. Lives as long as the window; connect `triggered` of action(id).
class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QWidget *window);

    [[nodiscard]] QAction *action(const QString &id) const; // never null for an id of the table
    [[nodiscard]] QList<QAction *> all() const { return m_order; }
    void fillMenuBar(QMenuBar *bar) const;
    // Moves F5 between "run all" (an editor is current) and "refresh".
    void setEditorCurrent(bool current);

private:
    QHash<QString, QAction *> m_byId;
    QList<QAction *> m_order;
};

} // namespace ui
