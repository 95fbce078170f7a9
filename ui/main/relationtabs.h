// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QByteArray>
#include <QObject>

#include <functional>

namespace core {
class OpenDatabase;
}

namespace ui {

class MainWindow;
class RelationsTab;

// Opens the relations of a schema in a tab, one a schema and database, and connects it with the
// window: which table the action "object.relations" means, and what a table of the drawing opens.
class RelationTabs : public QObject
{
    Q_OBJECT

public:
    // `folder` tells the project's, empty for none.
    RelationTabs(MainWindow &window, std::function<QString()> folder);

    // With a table, that one becomes current. `at` among the tabs, -1 = last.
    void open(core::OpenDatabase &database, const QByteArray &schema, core::Oid table,
              bool inFront = true, int at = -1);
    // The key of such a tab of this database; false where it is none.
    bool reopen(core::OpenDatabase &database, const QString &key, bool inFront = true, int at = -1);

private:
    // Of the tab in front, else of what is chosen in the tree, else public or the first schema.
    void openWanted();
    void connectTab(RelationsTab *tab);

    MainWindow &m_window;
    std::function<QString()> m_folder;
};

} // namespace ui
