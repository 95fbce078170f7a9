// SPDX-License-Identifier: GPL-3.0-or-later
#include "scenes.h"

#include "tests/support/hostiletexts.h"
#include "ui/common/button.h"
#include "ui/common/chip.h"
#include "ui/common/sheet.h"
#include "ui/doctor/activitytree.h"
#include "ui/doctor/doctorpane.h"
#include "ui/doctor/doctortab.h"
#include "ui/doctor/signalsheet.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/gridview.h"
#include "ui/grid/tabletab.h"
#include "ui/main/documentarea.h"
#include "ui/main/jobspanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/resultspanel.h"

#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace test {

namespace {

bool waitFor(const std::function<bool()> &condition)
{
    return QTest::qWaitFor(condition, 30'000);
}

ui::GridView *grid(Scenes &scenes)
{
    auto *tab = qobject_cast<ui::TableTab *>(scenes.window().documents().current());
    return tab ? &tab->grid() : nullptr;
}

bool showTable(Scenes &scenes)
{
    return scenes.openTrusted() && scenes.openTable("invoices");
}

bool showHostileTable(Scenes &scenes)
{
    if (!scenes.openTrusted() || !scenes.openHostileTable())
        return false;
    grid(scenes)->setCurrent(0, 3);
    return true;
}

bool showTableFind(Scenes &scenes)
{
    if (!showTable(scenes))
        return false;
    scenes.studio().trigger(u"edit.find"_s);
    auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    if (!field)
        return false;
    QTest::keyClicks(field, u"note 1"_s);
    return true;
}

bool showTableDropped(Scenes &scenes)
{
    scenes.database().exec("CREATE TABLE IF NOT EXISTS dropped (id int);");
    if (!scenes.openTrusted() || !scenes.openTable("dropped"))
        return false;
    scenes.database().exec("DROP TABLE dropped");
    auto *tab = qobject_cast<ui::TableTab *>(scenes.window().documents().current());
    tab->refresh();
    return waitFor([tab] { return !tab->isRunning(); });
}

bool showEditor(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return false;
    QTest::keyClicks(scenes.window().newEditor("select 1;\nselect 'ä'")->editor(), u"-- x"_s);
    return scenes.isShown(u"editor.text"_s);
}

bool showEditorFind(Scenes &scenes)
{
    if (!showEditor(scenes))
        return false;
    scenes.studio().trigger(u"edit.find"_s);
    QTest::keyClicks(QApplication::focusWidget(), u"sel"_s);
    return scenes.isShown(u"editor.findBar"_s);
}

bool showEditorRestored(Scenes &scenes)
{
    if (!showEditor(scenes))
        return false;
    core::Leftover left;
    left.content.title = u"<b>Query</b>"_s;
    left.content.text = "select 1";
    left.time = QDateTime::currentDateTimeUtc();
    qobject_cast<ui::EditorTab *>(scenes.window().documents().current())->restore(left);
    return scenes.isShown(u"editor.note"_s);
}

bool showEditorRunning(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return false;
    ui::EditorTab *editor = scenes.window().newEditor("select pg_sleep(600)");
    editor->runAll();
    return waitFor([&] { return scenes.isShown(u"editor.cancel"_s); });
}

/// A column of every hostile name, and every hostile value in it.
QByteArray hostileSelect()
{
    QByteArrayList columns;
    for (const HostileText &hostile : hostileTexts()) {
        QByteArray value = hostile.text.toUtf8();
        QByteArray name = value;
        columns << '\'' + value.replace('\'', "''") + "' as \"" + name.replace('"', "\"\"") + '"';
    }
    return "select " + columns.join(", ");
}

bool showResults(Scenes &scenes)
{
    if (!scenes.openTrusted()
        || !scenes.runText(hostileSelect()
                           + "; select 2; select 3; do $$ begin raise notice"
                             " '<b>notice</b> %', repeat('long ', 100); end $$"))
        return false;
    ui::GridView *results = scenes.window().panels().results().currentGrid();
    if (!results)
        return false;
    results->setFocus();
    results->setCurrent(0, 12);
    return true;
}

bool showError(Scenes &scenes)
{
    return scenes.openTrusted()
           && scenes.runText("do $$ begin raise exception '<b>wrong</b> %', repeat('long ', 100)"
                             " using detail = '<i>detail</i>', hint = 'hint'; end $$")
           && scenes.isShown(u"messagesDock"_s);
}

/// One that ended, one that failed and one that runs.
bool showJobs(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return false;
    const auto session =
        scenes.window().currentDatabase()->connections().jobSession(core::Purpose::Export, 0);
    if (!session)
        return false;
    scenes.studio().trigger(u"view.jobsDock"_s);
    ui::JobsPanel &jobs = scenes.window().panels().jobs();
    const ProjectHome &home = scenes.studio().home();
    const auto run = [&](const QByteArray &query, const QString &path) {
        core::ExportSpec spec;
        spec.source.query = query;
        spec.target.path = path;
        jobs.run(std::make_unique<core::ExportJob>(**session, spec),
                 u"Export <b>x</b> "_s + u"long "_s.repeated(40), path, 1000);
    };
    run("select 1", home.homePath(u"<b>a.csv"_s));
    run("select 1 / 0", home.homePath(u"b.csv"_s));
    if (!waitFor([&] { return jobs.runningCount() == 0; }))
        return false;
    run("select generate_series(1, 2000000000)", home.homePath(u"c.csv"_s));
    return waitFor([&] { return scenes.isShown(u"jobs.cancel"_s); });
}

/// Sessions of hostile names, one chosen, and what the doctor found.
bool showDoctor(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return false;
    scenes.studio().trigger(u"database.activity"_s);
    auto *tab = qobject_cast<ui::DoctorTab *>(scenes.window().documents().current());
    if (!tab || !waitFor([&] {
            return !tab->doctor().findings().empty() && tab->tree().sessions().activity();
        }))
        return false;
    core::Explanation told{.id = "x", .title = u"⟦<b>title</b>⟧"_s, .why = u"<i>why</i>"_s};
    told.fixes = {{.sentence = u"<b>fix</b>"_s,
                   .text = u"postgresql://<b>user</b>@host/"_s + u"long "_s.repeated(40),
                   .before = u"before"_s}};
    tab->showExplanation(told);
    tab->setPaused(true);
    core::Activity activity = *tab->tree().sessions().activity();
    int pid = 1'000'000;
    for (const HostileText &hostile : hostileTexts()) {
        core::ActivitySession session;
        session.pid = ++pid;
        session.kind = u"client backend"_s;
        session.visible = true;
        session.state = core::ActivitySession::State::Active;
        session.user = session.application = session.query = hostile.text;
        session.holds = {hostile.text};
        session.stateChange = "1";
        if (pid % 2 == 0)
            session.blockedBy = {pid - 1};
        activity.sessions.push_back(session);
    }
    tab->tree().look(std::make_shared<const core::Activity>(activity));
    tab->tree().setCurrentIndex(tab->tree().sessions().index(0, 0));
    return scenes.isShown(u"activity.tree"_s);
}

bool showSignalSheet(Scenes &scenes)
{
    if (!showDoctor(scenes))
        return false;
    auto *tab = qobject_cast<ui::DoctorTab *>(scenes.window().documents().current());
    core::Activity activity = *tab->tree().sessions().activity();
    ui::makeSignalSheet(tab, *tab->database(), activity, activity.sessions.back(),
                        core::SessionSignal::Terminate)
        ->open();
    return scenes.isShown(u"signalSheet"_s);
}

bool showPalette(Scenes &scenes, const QString &pattern)
{
    if (!showTable(scenes))
        return false;
    scenes.studio().trigger(u"view.goTo"_s);
    scenes.studio().find<QLineEdit>(u"palette.field"_s)->setText(pattern);
    return scenes.isShown(u"palette"_s);
}

bool showSchemaMenu(Scenes &scenes)
{
    if (!scenes.openTrusted())
        return false;
    auto *tree = scenes.studio().find<QTreeView>(u"schemaDock.tree"_s);
    auto *filter = scenes.studio().find<QLineEdit>(u"schemaDock.filter"_s);
    filter->setText(u"invoices"_s);
    emit tree->customContextMenuRequested(tree->visualRect(tree->currentIndex()).center());
    return scenes.menu();
}

bool showTabMenu(Scenes &scenes)
{
    if (!showTable(scenes))
        return false;
    ui::DocumentArea &documents = scenes.window().documents();
    emit documents.menuWanted(documents.current(), scenes.window().mapToGlobal(QPoint(200, 100)));
    return scenes.menu();
}

bool showCloseSheet(Scenes &scenes)
{
    if (!showEditor(scenes))
        return false;
    scenes.studio().trigger(u"file.closeTab"_s);
    return scenes.isShown(u"closeSheet"_s);
}

bool showQuitSheet(Scenes &scenes)
{
    return showJobs(scenes) && !scenes.window().close() && scenes.isShown(u"quitSheet"_s);
}

bool showExportSheet(Scenes &scenes)
{
    if (!showHostileTable(scenes))
        return false;
    scenes.studio().trigger(u"database.export"_s);
    return scenes.isShown(u"exportSheet"_s);
}

bool showAfter(Scenes &scenes, bool (*show)(Scenes &), const QString &button)
{
    return show(scenes) && scenes.click(button);
}

QWidget *menuOf(Scenes &scenes)
{
    return scenes.menu();
}

bool showWriting(Scenes &scenes)
{
    if (!showEditor(scenes))
        return false;
    scenes.studio().trigger(u"database.write"_s);
    return scenes.studio()
        .writes()
        .permit(scenes.window().currentDatabase()->database())
        .has_value();
}

bool showGuard(Scenes &scenes)
{
    if (!showWriting(scenes))
        return false;
    auto *editor = qobject_cast<ui::EditorTab *>(scenes.window().documents().current());
    editor->setText("update invoices set note = note || '<b>'", u"q"_s);
    editor->runAll();
    return waitFor([&] { return scenes.isShown(u"guardSheet.preview"_s); });
}

bool showTransaction(Scenes &scenes)
{
    if (!showWriting(scenes))
        return false;
    auto *editor = qobject_cast<ui::EditorTab *>(scenes.window().documents().current());
    editor->setText("begin; select 1", u"q"_s);
    editor->runAll();
    return waitFor([&] { return scenes.isShown(u"editor.transaction"_s); });
}

bool showRow(Scenes &scenes, const QString &part)
{
    if (!scenes.openTrusted() || !scenes.openHostileTable())
        return false;
    auto *tab = qobject_cast<ui::TableTab *>(scenes.window().documents().current());
    tab->grid().setCurrent(0, 0);
    scenes.studio().trigger(part);
    return true;
}

// In a wide window the docks stand there already.
bool showDock(Scenes &scenes, bool pinned)
{
    if (!scenes.openTrusted() || !scenes.openHostileTable())
        return false;
    const auto *dock = scenes.studio().find<QDockWidget>(u"schemaDock"_s);
    if (dock->isVisible())
        return true;
    scenes.studio().trigger(u"view.schemaDock"_s);
    return dock->isVisible() && (!pinned || scenes.click(u"schemaDock.pin"_s));
}

} // namespace

std::vector<Scenes::Scene> scenesOfData()
{
    return {
        {"table", showTable},
        {"hostile table", showHostileTable},
        {"empty table",
         [](Scenes &scenes) { return scenes.openTrusted() && scenes.openTable("empty"); }},
        {"row", [](Scenes &scenes) { return showRow(scenes, u"view.inspectRow"_s); }},
        {"column", [](Scenes &scenes) { return showRow(scenes, u"view.inspectColumn"_s); }},
        {"open dock", [](Scenes &scenes) { return showDock(scenes, false); }},
        {"pinned dock", [](Scenes &scenes) { return showDock(scenes, true); }},
        {"find in a table", showTableFind},
        {"dropped table", showTableDropped},
        {"editor", showEditor},
        {"find in an editor", showEditorFind},
        {"restored text", showEditorRestored},
        {"running", showEditorRunning},
        {"results", showResults},
        {"error", showError},
        {"jobs", showJobs},
        {"doctor", showDoctor},
        {"signal sheet", showSignalSheet},
        {"palette", [](Scenes &scenes) { return showPalette(scenes, {}); }},
        {"palette of hostile names", [](Scenes &scenes) { return showPalette(scenes, u"b"_s); }},
        {"palette of commands", [](Scenes &scenes) { return showPalette(scenes, u"> "_s); }},
        {"palette without a match", [](Scenes &scenes) { return showPalette(scenes, u"zzz"_s); }},
        {"schema menu", showSchemaMenu, menuOf},
        {"tab menu", showTabMenu, menuOf},
        {"run menu",
         [](Scenes &scenes) { return showAfter(scenes, showEditor, u"editor.runMenu"_s); }, menuOf},
        {"database menu",
         [](Scenes &scenes) { return showAfter(scenes, showTable, u"header.database"_s); }, menuOf},
        {"close sheet", showCloseSheet},
        {"quit sheet", showQuitSheet},
        {"export sheet", showExportSheet},
        {"writing", showWriting},
        {"guard sheet", showGuard},
        {"open transaction", showTransaction},
        {"transaction popover",
         [](Scenes &scenes) {
             if (!showTransaction(scenes))
                 return false;
             emit scenes.studio().find<ui::Chip>(u"status.transaction"_s)->clicked();
             return scenes.isShown(u"transactionPopover"_s);
         }},
        {"mode popover",
         [](Scenes &scenes) {
             if (!showTable(scenes))
                 return false;
             emit scenes.studio().find<ui::Chip>(u"status.readOnly"_s)->clicked();
             return scenes.isShown(u"modePopover"_s);
         }},
        {"endpoint popover",
         [](Scenes &scenes) {
             return showAfter(scenes, showTable, u"status.endpoint"_s)
                    && scenes.isShown(u"endpointPopover"_s);
         }},
    };
}

} // namespace test
