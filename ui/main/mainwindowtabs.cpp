// SPDX-License-Identifier: GPL-3.0-or-later
// Tabs: opening them, and having them, their texts and the docks as they were left.
#include "ui/main/mainwindow.h"

#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/tabletab.h"
#include "ui/main/definitiontabs.h"
#include "ui/main/dockrail.h"
#include "ui/main/documentarea.h"
#include "ui/main/relationtabs.h"
#include "ui/main/writecontrol.h"
#include "ui/object/objecttab.h"
#include "ui/project/projecttab.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int layoutVersion = 2;
constexpr auto filePrefix = "file:"_L1;

} // namespace

void MainWindow::openRelation(core::Oid relation)
{
    if (m_current)
        openTable(*m_current, relation, {});
}

void MainWindow::openRelations(const QByteArray &schema, core::Oid table)
{
    if (m_current)
        m_relations->open(*m_current, schema, table);
}

void MainWindow::openDefinition(core::ObjectId object)
{
    if (m_current)
        m_definitions->open(*m_current, object);
}

void MainWindow::openObject(core::ObjectId object)
{
    const core::Catalog *const catalog = m_current ? m_current->catalog().get() : nullptr;
    if (catalog && object.catalog == core::classCatalog && catalog->relation(object.object))
        openRelation(object.object);
    else
        openDefinition(object);
}

void MainWindow::openTable(core::OpenDatabase &database, core::Oid relation, const TabPlace &place)
{
    const core::RelationInfo *found =
        database.catalog() ? database.catalog()->relation(relation) : nullptr;
    if (!found)
        return;
    if (Document *open = m_documents->find(TableTab::keyOf(database, *found))) {
        m_documents->makeCurrent(open);
        return open->setFocus();
    }
    auto *tab = new TableTab(database, relation, m_documents);
    connectDocument(tab);
    m_documents->add(tab, place.inFront, place.at);
    if (place.inFront)
        tab->setFocus();
}

core::Journal *MainWindow::journal() const
{
    return m_project && m_project->journal ? m_project->journal : m_services.journal;
}

EditorTab *MainWindow::makeEditor(core::Journal *journal)
{
    auto *editor = new EditorTab(*m_services.highlighters, journal, m_documents);
    editor->setSettings(m_services.settings);
    editor->setDatabase(m_current);
    editor->setWriting(m_writes->writes(), *m_transactions);
    connectEditor(editor);
    return editor;
}

EditorTab *MainWindow::newEditor(const QByteArray &text, const QString &title)
{
    return addEditor(makeEditor(journal()), text, title.isEmpty() ? untitled() : title);
}

/// No other tab's name: texts that were kept from an earlier start have theirs.
QString MainWindow::untitled()
{
    const QList<Document *> documents = m_documents->documents();
    QString title;
    do {
        title = tr("Query %1").arg(++m_untitled);
    } while (std::ranges::contains(documents, title, &Document::title));
    return title;
}

EditorTab *MainWindow::addEditor(EditorTab *editor, const QByteArray &text, const QString &title)
{
    editor->setText(text, title);
    m_documents->showPage(nullptr);
    m_documents->add(editor);
    editor->setFocus();
    return editor;
}

void MainWindow::openFile(const QString &path)
{
    if (Document *open = m_documents->find(filePrefix + QFileInfo(path).canonicalFilePath()))
        return m_documents->makeCurrent(open);
    openText(path, {});
}

void MainWindow::openFileAt(const QString &path, int line)
{
    openFile(path);
    auto *editor = qobject_cast<EditorTab *>(m_documents->current());
    if (editor && line > 0 && editor->filePath() == QFileInfo(path).canonicalFilePath())
        editor->editor()->goToLine(line);
}

void MainWindow::openOverview(const TabPlace &place)
{
    if (!m_project)
        return;
    if (place.inFront)
        m_documents->showPage(nullptr);
    if (Document *open = m_documents->find(ProjectTab::theKey())) {
        m_documents->makeCurrent(open);
        return open->setFocus();
    }
    auto *tab = new ProjectTab(m_documents);
    connectDocument(tab);
    connect(tab, &ProjectTab::fileWanted, this, [this](const QString &file, int line) {
        openFileAt(m_project->project.folder + u'/' + file, line);
    });
    connect(tab, &ProjectTab::trustWanted, this, &MainWindow::askTrust);
    connect(tab, &ProjectTab::reloadWanted, this, &MainWindow::reloadWanted);
    connect(tab, &ProjectTab::copyWanted, this, &MainWindow::copyUrl);
    connect(tab, &ProjectTab::poolerWanted, this, &MainWindow::askPooler);
    m_documents->add(tab, place.inFront, place.at);
    fillOverview();
    if (place.inFront)
        tab->setFocus();
}

void MainWindow::fillOverview()
{
    auto *tab = qobject_cast<ProjectTab *>(m_documents->find(ProjectTab::theKey()));
    if (tab && m_project)
        tab->setProject(m_project->project, m_project->databases,
                        m_project->question.state == core::TrustQuestion::State::Trusted,
                        poolers());
}

void MainWindow::openText(const QString &path, const TabPlace &place)
{
    EditorTab *editor = makeEditor(journal());
    if (const auto opened = editor->openFile(path); !opened) {
        delete editor;
        showMessage(Meaning::Danger, opened.error().message,
                    QStringList{opened.error().place, opened.error().advice}.join(u' '));
        return;
    }
    if (place.inFront)
        m_documents->showPage(nullptr);
    m_documents->add(editor, place.inFront, place.at);
    if (place.inFront)
        editor->setFocus();
}

void MainWindow::reopenTab()
{
    while (!m_closed.isEmpty()) {
        const QString key = m_closed.takeLast();
        if (key.startsWith(filePrefix))
            return openFile(key.mid(filePrefix.size()));
        if (key == ProjectTab::theKey())
            return openOverview({});
        if (m_current && m_relations->reopen(*m_current, key))
            return;
        if (m_current && m_definitions->reopen(*m_current, key))
            return;
        const core::Oid relation = m_current ? TableTab::relationOf(*m_current, key) : core::Oid{};
        if (core::isValid(relation))
            return openRelation(relation);
    }
}

/// Texts that a run which died left behind: into the file's own tab where it is open and untouched.
void MainWindow::restoreLeftovers(core::Journal &from)
{
    from.leftovers().then(
        &from, [this, journal = &from](const std::vector<core::Leftover> &leftovers) {
            for (const core::Leftover &leftover : leftovers) {
                const QString file = leftover.content.file;
                auto *editor = qobject_cast<EditorTab *>(
                    file.isEmpty() ? nullptr : m_documents->find(filePrefix + file));
                if (!editor || editor->isUnsaved() || editor->journal() != journal)
                    editor = addEditor(makeEditor(journal), {}, leftover.content.title);
                editor->restore(leftover);
                journal->adopt(editor->journalBuffer(), leftover.id);
            }
        });
}

/// Files are opened at once, tables as soon as their database's catalog is here.
void MainWindow::restoreTabs(const core::OpenTabs &tabs)
{
    m_wanted = tabs;
    const QStringList keys = tabs.keys;
    for (const QString &key : keys) {
        if (key == ProjectTab::theKey()) {
            openOverview(placeOf(key));
            m_wanted.keys.removeOne(key);
            continue;
        }
        const QString path = key.startsWith(filePrefix) ? key.mid(filePrefix.size()) : QString();
        if (path.isEmpty())
            continue;
        if (QFileInfo::exists(path) && !m_documents->find(key))
            openText(path, placeOf(key));
        m_wanted.keys.removeOne(key);
    }
    restoreTables();
    m_keepsTabs = true;
}

void MainWindow::restoreTables()
{
    if (!m_project)
        return;
    for (core::OpenDatabase *database : m_project->open) {
        if (!database->catalog()) {
            connect(database, &core::OpenDatabase::catalogChanged, this, &MainWindow::restoreTables,
                    Qt::UniqueConnection);
            continue;
        }
        const QString prefix = TableTab::keyPrefix(*database);
        const QStringList keys = m_wanted.keys;
        for (const QString &key : keys) {
            if (const TabPlace place = placeOf(key);
                m_relations->reopen(*database, key, place.inFront, place.at))
                m_wanted.keys.removeOne(key);
            if (key.startsWith(ObjectTab::keyPrefix(*database))) {
                const TabPlace place = placeOf(key);
                m_definitions->reopen(*database, key, place.inFront, place.at);
                m_wanted.keys.removeOne(key);
            }
            if (!key.startsWith(prefix))
                continue;
            const core::Oid relation = TableTab::relationOf(*database, key);
            if (core::isValid(relation) && !m_documents->find(key))
                openTable(*database, relation, placeOf(key));
            m_wanted.keys.removeOne(key);
        }
    }
}

/// Behind those that stood before it; in front only if it was, and nobody has chosen since.
MainWindow::TabPlace MainWindow::placeOf(const QString &key) const
{
    const QStringList order = m_project->tabs.keys;
    const qsizetype own = order.indexOf(key);
    int at = 0;
    for (const Document *document : m_documents->documents()) {
        const qsizetype other = order.indexOf(document->key());
        if (other >= 0 && other < own)
            ++at;
        else
            break;
    }
    return {.inFront = key == m_wanted.current, .at = at};
}

void MainWindow::keepTabs()
{
    if (!m_keepsTabs || !m_project)
        return;
    core::OpenTabs tabs;
    for (const Document *document : m_documents->documents()) {
        if (!document->key().isEmpty())
            tabs.keys << document->key();
    }
    tabs.keys << m_wanted.keys; // of databases that were not reached
    const Document *current = m_documents->current();
    tabs.current = current ? current->key() : QString();
    if (tabs != std::exchange(m_kept, tabs))
        emit tabsChanged(tabs);
}

void MainWindow::saveLayout()
{
    if (!isVisible())
        return;
    core::LayoutState state = m_services.settings->layout({});
    state.geometry = saveGeometry();
    state.version = layoutVersion;
    if (m_project) {
        state.docks = m_rail->saveState(layoutVersion);
        m_services.settings->setLayout(m_project->project.folder, state);
    }
    // A folder that is opened for the first time looks like the one before it.
    m_services.settings->setLayout({}, state);
}

void MainWindow::restoreLayout(const QString &folder)
{
    core::LayoutState state = m_services.settings->layout(folder);
    if (state.docks.isEmpty() || state.version != layoutVersion)
        state = m_services.settings->layout({});
    if (folder.isEmpty() && !state.geometry.isEmpty())
        restoreGeometry(state.geometry);
    if (!state.docks.isEmpty() && state.version == layoutVersion)
        m_rail->restoreState(state.docks, layoutVersion);
}

} // namespace ui
