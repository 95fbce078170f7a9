// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/mainwindow.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/menu.h"
#include "ui/common/popover.h"
#include "ui/common/statepage.h"
#include "ui/common/themecontroller.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/gridview.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/commandpalette.h"
#include "ui/main/dockrail.h"
#include "ui/main/documentarea.h"
#include "ui/main/endpointpopover.h"
#include "ui/main/exportsheet.h"
#include "ui/main/jobspanel.h"
#include "ui/main/messagespanel.h"
#include "ui/main/objectplaces.h"
#include "ui/main/paletteentries.h"
#include "ui/main/paneldocks.h"
#include "ui/main/poolersearch.h"
#include "ui/main/resultspanel.h"
#include "ui/main/statusstrip.h"
#include "ui/project/projectdock.h"
#include "ui/schema/schemadock.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::chrono::seconds secretOnClipboard{60};

QStringList sqlFilter()
{
    return {MainWindow::tr("SQL files (*.sql)"), MainWindow::tr("All files (*)")};
}

QString droppedPath(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

void MainWindow::connectDocument(Document *document)
{
    connect(document, &Document::cellChosen, this,
            [this, document](core::RowSource *source, qint64 row, int column) {
                if (document == m_documents->current())
                    m_panels->inspect(source, row, column, document->database());
            });
    connect(document, &Document::runningChanged, this, [this, document] {
        if (document == m_documents->current())
            m_actions->action(u"query.cancel"_s)->setEnabled(document->isRunning());
    });
    if (auto *table = qobject_cast<TableTab *>(document)) {
        connect(table, &TableTab::explainWanted, this, [this, table](const core::Error &error) {
            showExplanation(table->database(), error);
        });
        connect(table, &TableTab::exportWanted, this, &MainWindow::exportCurrent);
        connect(table, &TableTab::relationWanted, this, [this, table](core::Oid relation) {
            if (table->database())
                openTable(*table->database(), relation, {});
        });
    }
}

void MainWindow::connectEditor(EditorTab *editor)
{
    connectDocument(editor);
    connect(editor, &EditorTab::saveAsWanted, this, [this, editor] { saveAs(editor); });
    connect(editor, &EditorTab::lineWanted, this, [this] { openPalette(u":"_s); });
    connect(editor, &Document::changed, this, &MainWindow::keepTabs);
    connect(editor, &EditorTab::runStarted, this, [this, editor](QueryRun *run) {
        m_panels->messages().clear();
        m_panels->results().setRun(run);
        m_panels->showResults();
        connect(run, &QueryRun::noticeReceived, &m_panels->messages(), &MessagesPanel::addNotice);
        connect(run, &QueryRun::statementEnded, this,
                [this, run](int result) { statementSaid(*run, result); });
        connect(run, &QueryRun::ended, this, [this, run, editor] {
            const auto &failure = run->failure();
            if (run->plan())
                runWrote(*run);
            if (!failure)
                return;
            if (run->wasCancelled())
                return showMessage(
                    Meaning::Info,
                    tr("Cancelled after %1.")
                        .arg(formatDuration(std::chrono::milliseconds(run->elapsedMilliseconds()))),
                    run->fateWords());
            const QString place = failure->begin >= 0 ? tr("Line %1, column %2 in %3.")
                                                            .arg(failure->at.line)
                                                            .arg(failure->at.column)
                                                            .arg(isolated(editor->title()))
                                                      : QString();
            const int message =
                m_panels->messages().addError(failure->error, place, failure->begin >= 0);
            explainFailure(message, editor->database(), failure->error, place);
            PanelDocks::bring(m_panels->messagesDock());
        });
    });
    connect(&m_panels->messages(), &MessagesPanel::goWanted, editor, [this, editor] {
        if (editor == m_documents->current() && editor->run() && editor->run()->failure()) {
            editor->editor()->goToPosition(editor->run()->failure()->begin);
            editor->setFocus();
        }
    });
}

void MainWindow::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Open folder"),
                                   m_project ? m_project->project.folder : QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::folderChosen);
    dialog->open();
}

void MainWindow::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open SQL file"),
                                   m_project ? m_project->project.folder : QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(sqlFilter());
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openFile);
    dialog->open();
}

void MainWindow::saveAs(EditorTab *editor)
{
    auto *dialog = new QFileDialog(this, tr("Save as"),
                                   m_project ? m_project->project.folder : QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(sqlFilter());
    dialog->setDefaultSuffix(u"sql"_s);
    connect(dialog, &QFileDialog::fileSelected, editor,
            [editor](const QString &path) { (void)editor->saveAs(path); });
    dialog->open();
}

void MainWindow::exportCurrent()
{
    Document *document = m_documents->current();
    if (document && document->database() && document->database() != m_current) {
        m_current = document->database(); // what is exported is what is seen
        showCurrent();
    }
    if (auto *table = qobject_cast<TableTab *>(document))
        return exportRelation(table->database(), table->relation());
    auto *editor = qobject_cast<EditorTab *>(document);
    if (!editor || !editor->database() || !editor->run() || editor->run()->results().empty())
        return openPalette({});
    ExportSubject subject;
    subject.what = tr("this query");
    subject.fileName = QFileInfo(editor->title()).completeBaseName();
    subject.source.query = editor->run()->results().back().sql;
    exportFrom(*editor->database(), subject);
}

void MainWindow::exportRelation(core::OpenDatabase *database, core::Oid relation)
{
    const core::CatalogPtr catalog = database ? database->catalog() : nullptr;
    const core::RelationInfo *found = catalog ? catalog->relation(relation) : nullptr;
    if (!found)
        return;
    ExportSubject subject;
    subject.what = catalog->displayName(*found);
    subject.fileName = QString::fromUtf8(found->name).replace(u'/', u'_').left(100);
    subject.estimate = catalog->estimatedRows(*found).value_or(-1);
    subject.source.table = relation;
    exportFrom(*database, subject);
}

void MainWindow::exportFrom(core::OpenDatabase &from, const ExportSubject &asked)
{
    ExportSubject subject = asked;
    subject.folder = QDir::homePath();
    auto *sheet = new ExportSheet(this, subject);
    const QPointer<core::OpenDatabase> database = &from;
    connect(sheet, &Sheet::accepted, this, [this, sheet, subject, database] {
        if (!database)
            return;
        const auto session = database->connections().jobSession(core::Purpose::Export, 0);
        if (!session)
            return showMessage(Meaning::Danger, session.error().message, session.error().advice);
        const core::ExportSpec spec = sheet->spec();
        PanelDocks::bring(m_panels->jobsDock());
        m_panels->jobs().run(
            std::make_unique<core::ExportJob>(**session, spec),
            tr("Export %1 to %2")
                .arg(isolated(subject.what), isolated(QFileInfo(spec.target.path).fileName())),
            QDir::toNativeSeparators(spec.target.path), subject.estimate);
    });
    sheet->open();
}

const core::Endpoint *MainWindow::endpointOf(core::OpenDatabase *database) const
{
    return database ? &database->database().any() : nullptr;
}

void MainWindow::copyUrl(const QString &url, bool withPassword)
{
    auto *copied = new QMimeData;
    copied->setText(url);
    if (withPassword)
        copied->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    QApplication::clipboard()->setMimeData(copied);
    if (!withPassword)
        return showMessage(Meaning::Info, tr("The address was copied without its password."));
    showMessage(Meaning::Info, tr("The address was copied with its password."),
                tr("It leaves the clipboard after 60 seconds."));
    QTimer::singleShot(secretOnClipboard, this, [url] {
        if (QApplication::clipboard()->text() == url)
            QApplication::clipboard()->clear();
    });
}

// Rail, trees, view, results, inspector: the parts that are shown, in this order.
void MainWindow::stepArea(int by)
{
    struct Area {
        QWidget *whole;
        QWidget *target;
    };
    QList<Area> areas;
    const auto add = [&areas](QWidget *whole, const QString &name) {
        QWidget *target = name.isEmpty() ? whole : whole->findChild<QWidget *>(name);
        if (target && target->isVisible())
            areas << Area{whole, target};
    };
    add(m_rail, u"rail.projectDock"_s);
    add(m_projectDock, u"projectDock.tree"_s);
    add(m_schemaDock, u"schemaDock.tree"_s);
    if (Document *document = m_documents->current())
        areas << Area{document, document};
    if (GridView *grid = m_panels->results().currentGrid())
        add(grid, QString());
    add(m_panels->inspectorDock()->widget(), QString());
    if (areas.isEmpty())
        return;
    qsizetype at = by > 0 ? -1 : 0;
    for (qsizetype i = 0; i < areas.size(); ++i) {
        const QWidget *focus = QApplication::focusWidget();
        if (focus && (areas[i].whole == focus || areas[i].whole->isAncestorOf(focus)))
            at = i;
    }
    QWidget *next = areas[(at + by + areas.size()) % areas.size()].target;
    next->setFocus(Qt::TabFocusReason);
    if (auto *grid = qobject_cast<GridView *>(next); grid && !grid->hasCurrent())
        grid->setCurrent(0, 0);
}

void MainWindow::openPalette(const QString &text)
{
    if (!m_palette) {
        m_palette = new CommandPalette(
            this, [this](const QString &pattern) { return paletteEntries(pattern); });
    }
    m_palette->open(text);
}

std::vector<PaletteEntry> MainWindow::paletteEntries(const QString &pattern)
{
    if (pattern.startsWith(u':'))
        return lineEntries(pattern.sliced(1).trimmed());
    const bool commandsOnly = pattern.startsWith(u'>');
    const QString wanted = commandsOnly ? pattern.mid(1).trimmed() : pattern;
    std::vector<PaletteEntry> entries;
    const auto take = [&entries](std::vector<PaletteEntry> more) {
        std::ranges::move(more, std::back_inserter(entries));
    };
    if (!commandsOnly && m_current && m_current->catalog()) {
        const auto open = [this](core::ObjectId object) { openObject(object); };
        if (wanted.isEmpty())
            take(m_places->entries(open));
        take(objectEntries(m_current->catalog(), wanted, open));
    }
    if (!commandsOnly && m_project) {
        take(fileEntries(m_project->sqlFiles, wanted, [this](const QString &file) {
            openFile(m_project->project.folder + u'/' + file);
        }));
    }
    take(commandEntries(m_actions->all(), wanted));
    return entries;
}

/// ":120" goes to a line of the text in front.
std::vector<PaletteEntry> MainWindow::lineEntries(const QString &number)
{
    const QPointer<EditorTab> tab = qobject_cast<EditorTab *>(m_documents->current());
    PaletteEntry entry;
    entry.kind = PaletteEntry::Kind::File;
    entry.iconName = u"sql"_s;
    if (!tab) {
        entry.text = tr("Go to line");
        entry.reason = tr("no text is open here");
        return {entry};
    }
    const int last = tab->editor()->lines();
    bool isNumber = false;
    const int line = number.toInt(&isNumber);
    entry.text = isNumber ? tr("Go to line %1").arg(line) : tr("Go to line");
    entry.fact = tr("%1, lines 1 to %2").arg(isolated(tab->title())).arg(last);
    if (!isNumber || line < 1)
        entry.reason = tr("type a number");
    else if (line > last)
        entry.reason = tr("the last line is %1").arg(last);
    entry.choose = [tab, line] {
        if (!tab)
            return;
        tab->editor()->goToLine(line);
        tab->setFocus();
    };
    return {entry};
}

void MainWindow::showTheme()
{
    const ThemeController::Choice choice = m_services.themes->choice();
    const std::pair<const char *, ThemeController::Choice> choices[] = {
        {"view.themeSystem", ThemeController::Choice::System},
        {"view.themeLight", ThemeController::Choice::Light},
        {"view.themeDark", ThemeController::Choice::Dark},
        {"view.themeContrast", ThemeController::Choice::HighContrast}};
    for (const auto &[id, look] : choices)
        m_actions->action(QLatin1StringView(id))->setChecked(look == choice);
}

void MainWindow::chooseTheme(const QString &chosen)
{
    struct Choice {
        QString id;
        ThemeController::Choice look;
        core::ThemeChoice kept;
    };
    const Choice choices[] = {
        {u"view.themeSystem"_s, ThemeController::Choice::System, core::ThemeChoice::System},
        {u"view.themeLight"_s, ThemeController::Choice::Light, core::ThemeChoice::Light},
        {u"view.themeDark"_s, ThemeController::Choice::Dark, core::ThemeChoice::Dark},
        {u"view.themeContrast"_s, ThemeController::Choice::HighContrast,
         core::ThemeChoice::HighContrast}};
    core::AppearanceSettings appearance = m_services.settings->appearance();
    for (const Choice &choice : choices) {
        if (choice.id != chosen)
            continue;
        m_services.themes->setChoice(choice.look);
        appearance.theme = choice.kept;
    }
    showTheme();
    m_services.settings->setAppearance(appearance).then(this, [this](const core::Result<> &kept) {
        if (!kept)
            showMessage(Meaning::Warning, kept.error().message, kept.error().place);
    });
}

void MainWindow::showTabMenu(Document *document, const QPoint &at)
{
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"tabMenu"_s);
    menu->setAccessibleName(tr("Tab"));
    connect(menu->addAction(icon(u"close"_s), tr("Close")), &QAction::triggered, this,
            [this, document] { closeDocument(document); });
    connect(menu->addAction(tr("Close others")), &QAction::triggered, this, [this, document] {
        for (Document *other : m_documents->documents()) {
            if (other != document)
                closeDocument(other);
        }
    });
    menu->addAction(m_actions->action(u"file.reopenTab"_s));
    menu->addSeparator();
    if (const core::Endpoint *endpoint = endpointOf(document->database())) {
        connect(menu->addAction(icon(u"copy"_s), tr("Copy URL without password")),
                &QAction::triggered, this,
                [this, endpoint = *endpoint] { copyUrl(endpoint.info.url(), false); });
        connect(menu->addAction(tr("Copy URL with password")), &QAction::triggered, this,
                [this, endpoint = *endpoint] { copyUrl(endpoint.info.url(true), true); });
        connect(menu->addAction(icon(u"terminal"_s), tr("Open psql here")), &QAction::triggered,
                this, [this, endpoint = *endpoint] { emit psqlWanted(endpoint); });
        menu->addSeparator();
    }
    connect(menu->addAction(tr("Copy name")), &QAction::triggered, this,
            [document] { QApplication::clipboard()->setText(document->description()); });
    menu->popup(at);
}

void MainWindow::endpointExplanation()
{
    const auto *open = findChild<Popover *>(u"endpointPopover"_s);
    if (m_current && !(open && open->isVisible()))
        makeEndpointPopover(m_status->endpointPlace(), *m_current, *m_poolers,
                            [this](const core::DerivedDirect &derived) { askDirect(derived); })
            ->open();
}

void MainWindow::askDirect(const core::DerivedDirect &derived)
{
    if (!m_current)
        return;
    const QString place = u"%1:%2"_s.arg(derived.info.host(), QString::number(derived.info.port()));
    auto *sheet = new Sheet(this, Sheet::Width::Small);
    sheet->setObjectName(u"directSheet"_s);
    sheet->setIconName(u"direct"_s);
    sheet->setTitle(tr("Use %1 as the direct address of %2?")
                        .arg(isolated(place), isolated(m_current->name())));
    sheet->setSubtitle(derived.rule);
    auto *words = new TextLabel(
        tr("It is kept beside the folder, not in it. The folder is read again, and connecting "
           "there is asked for as for every new address."),
        TextRole::Body, Ink::Text, sheet);
    words->makeParagraph();
    sheet->content()->addWidget(words);
    sheet->cancelButton()->setText(tr("Leave it pooled"));
    sheet->addPrimary(tr("Use this address"))->setObjectName(u"directSheet.use"_s);
    connect(sheet, &Sheet::accepted, this,
            [this, name = m_current->name()] { emit directConfirmed(name); });
    sheet->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedPath(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = droppedPath(event->mimeData());
    event->acceptProposedAction();
    // Not from inside the drag: its source waits for the drop to end.
    QTimer::singleShot(0, this, [this, path] {
        if (QFileInfo(path).isDir())
            emit folderChosen(path);
        else
            openFile(path);
    });
}

} // namespace ui
