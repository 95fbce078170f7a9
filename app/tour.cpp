// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tour.h"

#include "core/base/paths.h"
#include "core/catalog/opendatabase.h"
#include "ui/common/button.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/sheet.h"
#include "ui/common/themecontroller.h"
#include "ui/editor/editortab.h"
#include "ui/grid/gridview.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/jobspanel.h"
#include "ui/main/paneldocks.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {

namespace {

constexpr int longestStep = 60'000; // milliseconds
constexpr int lookEvery = 50;

void tell(const QString &line)
{
    std::fputs((line + u'\n').toLocal8Bit().constData(), stdout);
    std::fflush(stdout);
}

template<class Widget> Widget *named(const QWidget &window, const QString &name)
{
    return window.findChild<Widget *>(name);
}

void press(const QWidget &window, const QString &name)
{
    if (auto *button = named<QAbstractButton>(window, name))
        button->click();
}

} // namespace

Tour::Tour(Application &application, const QString &folder, const QString &directory)
    : m_application(application)
    , m_folder(QFileInfo(folder).canonicalFilePath())
    , m_directory(QDir(directory).absolutePath())
{
    m_timer.setInterval(lookEvery);
    connect(&m_timer, &QTimer::timeout, this, &Tour::look);
}

void Tour::start()
{
    if (!QDir().mkpath(m_directory)) {
        tell(tr("%1 cannot be made.").arg(m_directory));
        return end(false);
    }
    plan();
    m_timer.start();
    m_clock.start();
}

void Tour::plan()
{
    ui::MainWindow &window = m_application.window();
    m_steps.push_back({u"open"_s, [] {},
                       [&window] {
                           return window.currentDatabase() != nullptr
                                  || window.findChild<ui::Sheet *>(u"trustSheet"_s) != nullptr;
                       }});
    m_steps.push_back({u"trust"_s,
                       [this, &window] {
                           if (isDemo())
                               return press(window, u"trust.accept"_s);
                           if (!window.findChild<ui::Sheet *>(u"trustSheet"_s))
                               return;
                           tell(tr("This folder is not trusted. Look at what it names and trust "
                                   "it: sluicectl --project FOLDER trust"));
                           end(false);
                       },
                       [&window] {
                           const core::OpenDatabase *database = window.currentDatabase();
                           return database
                                  && database->catalogState()
                                         == core::OpenDatabase::CatalogState::Loaded;
                       }});
    planBrowsing();
    if (isDemo())
        planDemo();
    m_steps.push_back({u"dark"_s,
                       [this] {
                           // Not by its action, which would change the person's settings.
                           m_application.themes().setChoice(ui::ThemeController::Choice::Dark);
                       },
                       [] { return true; }});
    m_steps.push_back({u"light"_s,
                       [this, before = m_application.themes().choice()] {
                           m_application.themes().setChoice(before);
                       },
                       [] { return true; }, false});
}

/// The copy that packaging/run has made.
bool Tour::isDemo() const
{
    const QString demos = QFileInfo(core::dataDirectory() + u"/demo"_s).canonicalFilePath();
    return !demos.isEmpty() && m_folder.startsWith(demos + u'/');
}

/// What runs and writes something is for the demo alone: another folder may be anybody's.
void Tour::planDemo()
{
    planQuery();
    planExport();
}

void Tour::planBrowsing()
{
    ui::MainWindow &window = m_application.window();
    const auto table = [&window] {
        return qobject_cast<ui::TableTab *>(window.documents().current());
    };
    m_steps.push_back({u"browse"_s,
                       [&window] {
                           // The biggest table of the folder's database, whatever it is.
                           const core::CatalogPtr catalog = window.currentDatabase()->catalog();
                           core::Oid biggest = {};
                           double most = -1;
                           for (const core::RelationInfo &relation : catalog->relations()) {
                               const core::SchemaInfo *schema = catalog->schema(relation.schema);
                               const double rows = catalog->estimatedRows(relation).value_or(0);
                               if (schema && !schema->system && relation.hasPrimaryKey
                                   && !relation.partition && rows > most
                                   && relation.kind == core::RelationKind::Table) {
                                   most = rows;
                                   biggest = relation.oid;
                               }
                           }
                           const auto invoices = catalog->resolve(u"invoices");
                           window.openRelation(invoices.value_or(biggest));
                       },
                       [table] { return table() && table()->hasRows(); }});
    m_steps.push_back({u"cell"_s,
                       [table] {
                           ui::GridView &grid = table()->grid();
                           grid.setCurrent(4, grid.columns().columnCount() - 1);
                       },
                       [] { return true; }});
    m_steps.push_back({u"end"_s, [table] { table()->grid().scrollToFraction(1.0); },
                       [table] { return table()->hasRows(); }});
}

void Tour::planQuery()
{
    ui::MainWindow &window = m_application.window();
    const auto editor = [&window] {
        return qobject_cast<ui::EditorTab *>(window.documents().current());
    };
    m_steps.push_back({u"query"_s,
                       [&window, editor] {
                           (void)window.newEditor(
                               "-- What lies where\nselect c.relname as name, c.relkind as kind,\n"
                               "       c.reltuples::bigint as estimated_rows,\n"
                               "       pg_size_pretty(pg_total_relation_size(c.oid)) as size\n"
                               "from pg_class c\njoin pg_namespace n on n.oid = c.relnamespace\n"
                               "where n.nspname = 'public'\norder by c.reltuples desc;\n",
                               tr("sizes.sql"));
                           editor()->runAll();
                       },
                       [editor] { return editor() && editor()->run() && !editor()->isRunning(); }});
    m_steps.push_back({u"error"_s,
                       [&window, editor] {
                           (void)window.newEditor(
                               "select relname, count(*)\nfrom pg_klass\ngroup by 1;\n",
                               tr("mistake.sql"));
                           editor()->runAll();
                       },
                       [editor] { return editor() && editor()->run() && !editor()->isRunning(); }});
    m_steps.push_back({u"cancel"_s,
                       [&window, editor] {
                           (void)window.newEditor("select pg_sleep(600);\n", tr("sleep.sql"));
                           QObject::connect(editor(), &ui::EditorTab::runStarted, editor(),
                                            [tab = editor()](ui::QueryRun *run) {
                                                QObject::connect(run, &ui::QueryRun::started, tab,
                                                                 &ui::EditorTab::cancelRunning);
                                            });
                           editor()->runAll();
                       },
                       [editor] {
                           return editor() && editor()->run() && !editor()->isRunning()
                                  && editor()->run()->wasCancelled();
                       }});
}

void Tour::planExport()
{
    ui::MainWindow &window = m_application.window();
    const std::pair<QString, int> formats[] = {
        {u"export-csv"_s, 0}, {u"export-jsonl"_s, 1}, {u"export-json"_s, 2}};
    for (const auto &[name, format] : formats) {
        m_steps.push_back(
            {name + u"-sheet"_s,
             [&window, this, format = format] {
                 for (ui::Document *document : window.documents().documents()) {
                     if (qobject_cast<ui::TableTab *>(document))
                         window.documents().makeCurrent(document);
                 }
                 window.actions().action(u"database.export"_s)->trigger();
                 if (auto *path = named<QLineEdit>(window, u"exportSheet.path"_s))
                     path->setText(m_directory + u"/export.csv"_s);
                 if (auto *choice = named<ui::SegmentedControl>(window, u"exportSheet.format"_s))
                     choice->setCurrent(format);
             },
             [&window] { return window.findChild<ui::Sheet *>(u"exportSheet"_s) != nullptr; },
             format == 0});
        m_steps.push_back({name, [&window] { press(window, u"exportSheet.export"_s); },
                           [&window] { return window.panels().jobs().runningCount() == 0; },
                           format == 2});
    }
}

void Tour::look()
{
    if (m_at >= m_steps.size())
        return end(true);
    Step &step = m_steps[m_at];
    if (!std::exchange(m_begun, true)) {
        step.act();
        return;
    }
    if (step.isDone()) {
        if (std::exchange(m_settled, true)) // one more turn, so that what arrived is painted
            advance();
        return;
    }
    m_settled = false;
    if (m_clock.elapsed() > longestStep) {
        tell(tr("%1: not done after a minute").arg(step.name));
        savePicture(step.name + u"-stuck"_s);
        end(false);
    }
}

void Tour::advance()
{
    const Step &step = m_steps[m_at];
    if (step.picture)
        savePicture(step.name);
    tell(tr("%1: done in %2 ms").arg(step.name).arg(m_clock.elapsed()));
    ++m_at;
    m_begun = false;
    m_settled = false;
    m_clock.restart();
}

void Tour::savePicture(const QString &name)
{
    const QString file = u"%1/%2-%3.png"_s.arg(
        m_directory, QString::number(++m_pictures).rightJustified(2, u'0'), name);
    if (m_application.window().grab().save(file))
        tell(u"  "_s + file);
}

void Tour::end(bool well)
{
    m_timer.stop();
    const QStringList exports = QDir(m_directory).entryList({u"export.*"_s}, QDir::Files);
    for (const QString &name : exports)
        tell(u"  %1/%2, %3 bytes"_s.arg(m_directory, name)
                 .arg(QFileInfo(m_directory + u'/' + name).size()));
    emit finished(well ? 0 : 1);
}

} // namespace app
