// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/objectkind.h"

#include <QObject>

#include <functional>
#include <optional>

namespace core {
class OpenDatabase;
}

namespace ui {

class Document;
class HighlighterLoader;
class MainWindow;
class ObjectTab;
class SchemaDock;

// Opens definitions of objects in tabs, one an object and database, and connects them with the
// window: which object the action "object.definition" means, and what a definition's links open.
class DefinitionTabs : public QObject
{
    Q_OBJECT

public:
    // `explain` shows what a failure means.
    DefinitionTabs(MainWindow &window, SchemaDock &schema, HighlighterLoader &highlighters,
                   std::function<void(core::OpenDatabase *, const core::Error &)> explain);

    void open(core::OpenDatabase &database, core::ObjectId object, bool inFront = true,
              int at = -1);
    // The key of such a tab of this database; false where it is none.
    bool reopen(core::OpenDatabase &database, const QString &key, bool inFront = true, int at = -1);

    // The relation whose definition it is; Oid{} = of something else, or another kind of tab.
    [[nodiscard]] static core::Oid relationOf(const Document *document);

private:
    // Under the cursor where the focus is, else what the tab in front is about, else what is
    // chosen in the tree.
    [[nodiscard]] std::optional<core::ObjectId> wanted() const;
    [[nodiscard]] bool isInTree() const;
    void openWanted();
    void copyName();
    void copyDdl();
    void connectTab(ObjectTab *tab);

    MainWindow &m_window;
    SchemaDock &m_schema;
    HighlighterLoader &m_highlighters;
    std::function<void(core::OpenDatabase *, const core::Error &)> m_explain;
};

} // namespace ui
