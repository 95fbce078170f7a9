// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/actions.h"

#include "ui/common/icons.h"
#include "ui/common/menu.h"

#include <QMenuBar>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr ActionSpec table[] = {
    {"file.newEditor", "File", QT_TRANSLATE_NOOP("ui::Actions", "&New SQL editor"), "sql",
     "Ctrl+N"},
    {"file.openFolder", "File", QT_TRANSLATE_NOOP("ui::Actions", "&Open folder…"), "folder",
     "Ctrl+O"},
    {"file.openFile", "File", QT_TRANSLATE_NOOP("ui::Actions", "Open SQL &file…"), "file",
     "Ctrl+Shift+O"},
    {"file.openDemo", "File", QT_TRANSLATE_NOOP("ui::Actions", "Open the &demo project"), "seed",
     ""},
    {"file.save", "File", QT_TRANSLATE_NOOP("ui::Actions", "&Save"), "", "Ctrl+S", false, true},
    {"file.saveAs", "File", QT_TRANSLATE_NOOP("ui::Actions", "Save &as…"), "", "Ctrl+Shift+S"},
    {"file.print", "File", QT_TRANSLATE_NOOP("ui::Actions", "Pr&int…"), "", ""},
    {"file.closeTab", "File", QT_TRANSLATE_NOOP("ui::Actions", "&Close tab"), "close", "Ctrl+W",
     false, true},
    {"file.reopenTab", "File", QT_TRANSLATE_NOOP("ui::Actions", "&Reopen closed tab"), "undo",
     "Ctrl+Shift+T"},
    {"file.closeProject", "File", QT_TRANSLATE_NOOP("ui::Actions", "Close &project"), "", ""},
    {"file.quit", "File", QT_TRANSLATE_NOOP("ui::Actions", "&Quit"), "", "Ctrl+Q", false, true},

    {"edit.find", "Edit", QT_TRANSLATE_NOOP("ui::Actions", "&Find"), "search", "Ctrl+F"},
    {"edit.findNext", "Edit", QT_TRANSLATE_NOOP("ui::Actions", "Find &next"), "", "F3"},
    {"edit.findPrevious", "Edit", QT_TRANSLATE_NOOP("ui::Actions", "Find &previous"), "",
     "Shift+F3"},
    {"edit.jump", "Edit", QT_TRANSLATE_NOOP("ui::Actions", "&Jump to row or line…"), "", "Ctrl+G",
     false, true},

    {"view.palette", "View", QT_TRANSLATE_NOOP("ui::Actions", "&All commands…"), "search",
     "Ctrl+Shift+P Ctrl+Alt+I"},
    {"view.goTo", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Go to table or file…"), "", "Ctrl+P"},
    {"view.refresh", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Refresh"), "refresh", "F5"},
    {"view.projectDock", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Project"), "project", "Alt+1",
     true, true},
    {"view.schemaDock", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Schema"), "schema", "Alt+2",
     true},
    {"view.resultsDock", "View", QT_TRANSLATE_NOOP("ui::Actions", "R&esults"), "table", "Alt+3",
     true},
    {"view.inspectorDock", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Inspector"), "dock-right",
     "Alt+4", true},
    {"view.messagesDock", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Messages"), "info", "", true},
    {"view.jobsDock", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Jobs"), "jobs", "", true},
    {"view.leftDocks", "", QT_TRANSLATE_NOOP("ui::Actions", "Show or hide the left docks"),
     "dock-left", "", true},
    {"view.bottomDocks", "", QT_TRANSLATE_NOOP("ui::Actions", "Show or hide the bottom docks"),
     "dock-bottom", "", true},
    {"view.inspectCell", "", QT_TRANSLATE_NOOP("ui::Actions", "Inspect the cell"), "", "F2"},
    {"view.inspectRow", "", QT_TRANSLATE_NOOP("ui::Actions", "Inspect the row"), "", ""},
    {"view.inspectColumn", "", QT_TRANSLATE_NOOP("ui::Actions", "Inspect the column"), "", ""},
    {"view.rowBefore", "", QT_TRANSLATE_NOOP("ui::Actions", "Row before"), "chevron-up", "Alt+Up"},
    {"view.rowAfter", "", QT_TRANSLATE_NOOP("ui::Actions", "Row after"), "chevron-down",
     "Alt+Down"},
    {"view.menus", "", QT_TRANSLATE_NOOP("ui::Actions", "Open the menus"), "menu", "F10"},
    {"view.nextArea", "", QT_TRANSLATE_NOOP("ui::Actions", "Next area"), "", "F6"},
    {"view.previousArea", "", QT_TRANSLATE_NOOP("ui::Actions", "Previous area"), "", "Shift+F6"},
    {"view.nextTab", "", QT_TRANSLATE_NOOP("ui::Actions", "Next tab"), "", "Ctrl+Tab Ctrl+PgDown"},
    {"view.previousTab", "", QT_TRANSLATE_NOOP("ui::Actions", "Previous tab"), "",
     "Ctrl+Shift+Tab Ctrl+PgUp"},
    {"view.themeSystem", "View", QT_TRANSLATE_NOOP("ui::Actions", "Colours of the s&ystem"),
     "appearance", "", true, true},
    {"view.themeLight", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Light colours"), "", "", true},
    {"view.themeDark", "View", QT_TRANSLATE_NOOP("ui::Actions", "&Dark colours"), "", "", true},
    {"view.themeContrast", "", QT_TRANSLATE_NOOP("ui::Actions", "High contrast"), "", "", true},

    {"database.reload", "Database", QT_TRANSLATE_NOOP("ui::Actions", "&Reload the schema"),
     "refresh", ""},
    {"database.export", "Database", QT_TRANSLATE_NOOP("ui::Actions", "&Export…"), "export",
     "Ctrl+E", false, true},
    {"database.countExactly", "Database", QT_TRANSLATE_NOOP("ui::Actions", "&Count rows exactly"),
     "", ""},
    {"object.pin", "", QT_TRANSLATE_NOOP("ui::Actions", "Pin or unpin the object"), "pin",
     "Ctrl+Shift+D"},
    {"database.write", "Database", QT_TRANSLATE_NOOP("ui::Actions", "Allow &writing…"), "writing",
     "Ctrl+Alt+W", true, true},
    {"database.endpoint", "Database", QT_TRANSLATE_NOOP("ui::Actions", "Explain the en&dpoint"),
     "direct", "", false, true},
    {"database.pooler", "", QT_TRANSLATE_NOOP("ui::Actions", "Find out which pooler answers"),
     "pooled", ""},
    {"database.copyUrl", "Database", QT_TRANSLATE_NOOP("ui::Actions", "Copy &URL without password"),
     "copy", "", false, true},
    {"database.copyUrlWithPassword", "Database",
     QT_TRANSLATE_NOOP("ui::Actions", "Copy URL with &password"), "", ""},
    {"database.psql", "Database", QT_TRANSLATE_NOOP("ui::Actions", "Open ps&ql here"), "terminal",
     ""},
    {"database.activity", "Database", QT_TRANSLATE_NOOP("ui::Actions", "&Activity and doctor"),
     "activity", "Ctrl+Shift+A", false, true},
    {"database.doctor", "Database", QT_TRANSLATE_NOOP("ui::Actions", "Chec&k folder and server"),
     "check", ""},
    {"connection.new", "Database", QT_TRANSLATE_NOOP("ui::Actions", "&New saved connection…"),
     "add", "", false, true},
    {"connection.edit", "Database",
     QT_TRANSLATE_NOOP("ui::Actions", "Change this saved connec&tion…"), "edited", ""},
    {"connection.duplicate", "",
     QT_TRANSLATE_NOOP("ui::Actions", "Duplicate this saved connection…"), "copy", ""},
    {"connection.delete", "", QT_TRANSLATE_NOOP("ui::Actions", "Delete this saved connection…"),
     "delete", ""},

    {"query.runStatement", "Query", QT_TRANSLATE_NOOP("ui::Actions", "&Run statement"), "run",
     "Ctrl+Return"},
    {"query.runAll", "Query", QT_TRANSLATE_NOOP("ui::Actions", "Run &all"), "", ""},
    {"query.cancel", "Query", QT_TRANSLATE_NOOP("ui::Actions", "&Cancel"), "stop", "Esc"},
    {"database.commit", "Query", QT_TRANSLATE_NOOP("ui::Actions", "Co&mmit the transaction"),
     "check", "", false, true},
    {"database.rollback", "Query", QT_TRANSLATE_NOOP("ui::Actions", "Roll &back the transaction"),
     "undo", ""},

    {"project.overview", "Project", QT_TRANSLATE_NOOP("ui::Actions", "Project &overview"),
     "project", ""},
    {"project.password", "Project", QT_TRANSLATE_NOOP("ui::Actions", "Reveal or hide &password"),
     "reveal", ""},
    {"project.trust", "Project", QT_TRANSLATE_NOOP("ui::Actions", "&Trust this folder…"),
     "production", "", false, true},
    {"project.reload", "Project", QT_TRANSLATE_NOOP("ui::Actions", "&Read the folder again"),
     "refresh", ""},
    {"project.createLocal", "Project",
     QT_TRANSLATE_NOOP("ui::Actions", "&Create a local database…"), "database", "Ctrl+Shift+N"},

    {"object.definition", "Project", QT_TRANSLATE_NOOP("ui::Actions", "Open de&finition"),
     "columns", "F4", false, true},
    {"object.relations", "Project", QT_TRANSLATE_NOOP("ui::Actions", "Re&lations of the tables"),
     "relations", "Ctrl+Shift+R"},
    {"object.rows", "", QT_TRANSLATE_NOOP("ui::Actions", "Open rows"), "table", ""},
    {"object.copyName", "", QT_TRANSLATE_NOOP("ui::Actions", "Copy name"), "copy", ""},
    {"object.copyDdl", "", QT_TRANSLATE_NOOP("ui::Actions", "Copy definition"), "sql", ""},

    {"help.about", "Help", QT_TRANSLATE_NOOP("ui::Actions", "&About Sluice"), "info", ""},
};

constexpr const char *menus[] = {
    QT_TRANSLATE_NOOP("ui::Actions", "&File"),  QT_TRANSLATE_NOOP("ui::Actions", "&Edit"),
    QT_TRANSLATE_NOOP("ui::Actions", "&View"),  QT_TRANSLATE_NOOP("ui::Actions", "&Database"),
    QT_TRANSLATE_NOOP("ui::Actions", "&Query"), QT_TRANSLATE_NOOP("ui::Actions", "&Project"),
    QT_TRANSLATE_NOOP("ui::Actions", "&Help"),
};

QList<QKeySequence> sequences(const char *text)
{
    QList<QKeySequence> keys;
    const QStringList parts = QString::fromLatin1(text).split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts)
        keys << QKeySequence(part, QKeySequence::PortableText);
    return keys;
}

} // namespace

std::span<const ActionSpec> actionTable()
{
    return table;
}

Actions::Actions(QWidget *window)
    : QObject(window)
{
    for (const ActionSpec &spec : table) {
        auto *action = new QAction(tr(spec.text), this);
        action->setObjectName(u"action."_s + QLatin1StringView(spec.id));
        if (*spec.icon)
            action->setIcon(icon(QLatin1StringView(spec.icon)));
        action->setShortcuts(sequences(spec.shortcuts));
        action->setCheckable(spec.checkable);
        window->addAction(action);
        m_byId.insert(QString::fromLatin1(spec.id), action);
        m_order << action;
    }
}

QAction *Actions::action(const QString &id) const
{
    QAction *found = m_byId.value(id);
    Q_ASSERT_X(found, "Actions", "an id that is not in the table");
    return found;
}

void Actions::fillMenuBar(QMenuBar *bar) const
{
    for (const char *title : menus) {
        auto *menu = new Menu(tr(title), bar);
        const QByteArray name = QByteArray(title).replace('&', "");
        menu->setObjectName(u"menu."_s + QString::fromLatin1(name).toLower());
        for (const ActionSpec &spec : table) {
            if (name != spec.menu)
                continue;
            if (spec.separatorBefore)
                menu->addSeparator();
            menu->addAction(action(QString::fromLatin1(spec.id)));
        }
        bar->addMenu(menu);
    }
}

void Actions::setEditorCurrent(bool current)
{
    const QKeySequence f5(Qt::Key_F5);
    action(u"query.runAll"_s)->setShortcut(current ? f5 : QKeySequence());
    action(u"view.refresh"_s)->setShortcut(current ? QKeySequence() : f5);
    for (const QString &id : {u"query.runStatement"_s, u"query.runAll"_s})
        action(id)->setEnabled(current);
}

} // namespace ui
