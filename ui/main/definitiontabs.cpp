// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/definitiontabs.h"

#include "core/catalog/objectinfo.h"
#include "core/ddl/ddl.h"
#include "core/sql/lexer.h"
#include "ui/common/format.h"
#include "ui/diagram/relationstab.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/mainwindow.h"
#include "ui/object/objecttab.h"
#include "ui/schema/schemadock.h"

#include <QApplication>
#include <QClipboard>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

ObjectTab *tabOf(const DocumentArea &documents, const core::OpenDatabase &database,
                 core::ObjectId object)
{
    for (Document *document : documents.documents()) {
        auto *tab = qobject_cast<ObjectTab *>(document);
        if (tab && tab->database() == &database && tab->object() == object)
            return tab;
    }
    return nullptr;
}

/// The relation that is named where the caret stands: "public.invoices", with its quotes.
std::optional<core::ObjectId> namedAtCaret(const EditorTab &tab, const core::Catalog &catalog)
{
    using Kind = core::SqlToken::Kind;
    const QByteArray text = tab.editor()->bytes();
    const int caret = tab.editor()->caret();
    core::SqlLexer lexer(text);
    qsizetype begin = -1;
    qsizetype end = -1;
    bool afterDot = false;
    for (core::SqlToken token = lexer.next(); token.kind != Kind::End; token = lexer.next()) {
        const bool isName = token.kind == Kind::Word || token.kind == Kind::Identifier;
        const bool isDot = token.kind == Kind::Operator && lexer.textOf(token) == ".";
        const bool joins = begin >= 0 && token.begin == end && (isDot || (isName && afterDot));
        if (!joins) {
            if (begin >= 0 && begin <= caret && caret <= end)
                break;
            begin = isName ? token.begin : -1;
        }
        end = token.end;
        afterDot = isDot;
        if (token.begin > caret && !joins)
            return std::nullopt;
    }
    if (begin < 0 || caret < begin || caret > end)
        return std::nullopt;
    const auto found = catalog.resolve(QString::fromUtf8(text.sliced(begin, end - begin)));
    return found ? std::optional(core::ObjectId{core::classCatalog, *found}) : std::nullopt;
}

} // namespace

DefinitionTabs::DefinitionTabs(
    MainWindow &window, SchemaDock &schema, HighlighterLoader &highlighters,
    std::function<void(core::OpenDatabase *, const core::Error &)> explain)
    : QObject(&window)
    , m_window(window)
    , m_schema(schema)
    , m_highlighters(highlighters)
    , m_explain(std::move(explain))
{
    connect(window.actions().action(u"object.definition"_s), &QAction::triggered, this,
            &DefinitionTabs::openWanted);
    connect(window.actions().action(u"object.rows"_s), &QAction::triggered, this, [this] {
        if (const auto object = wanted(); object && object->catalog == core::classCatalog)
            m_window.openRelation(object->object);
    });
    connect(window.actions().action(u"object.copyName"_s), &QAction::triggered, this,
            &DefinitionTabs::copyName);
    connect(window.actions().action(u"object.copyDdl"_s), &QAction::triggered, this,
            &DefinitionTabs::copyDdl);
    connect(&schema, &SchemaDock::objectChosen, this, [this](core::ObjectId object) {
        if (core::OpenDatabase *database = m_window.currentDatabase())
            open(*database, object);
    });
}

bool DefinitionTabs::isInTree() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && m_schema.isAncestorOf(focus);
}

std::optional<core::ObjectId> DefinitionTabs::wanted() const
{
    if (isInTree()) {
        if (const auto chosen = m_schema.currentObject())
            return chosen;
    }
    Document *document = m_window.documents().current();
    if (const auto *table = qobject_cast<TableTab *>(document))
        return core::ObjectId{core::classCatalog, table->relation()};
    if (const auto *object = qobject_cast<ObjectTab *>(document))
        return object->chosen();
    const auto *relations = qobject_cast<RelationsTab *>(document);
    if (relations && core::isValid(relations->currentTable()))
        return core::ObjectId{core::classCatalog, relations->currentTable()};
    const core::OpenDatabase *database = m_window.currentDatabase();
    const auto *editor = qobject_cast<EditorTab *>(document);
    if (editor && database && database->catalog()) {
        if (const auto named = namedAtCaret(*editor, *database->catalog()))
            return named;
    }
    return m_schema.currentObject();
}

void DefinitionTabs::openWanted()
{
    core::OpenDatabase *database = m_window.currentDatabase();
    if (!database)
        return;
    if (const auto object = wanted())
        open(*database, *object);
    else
        m_window.actions().action(u"view.goTo"_s)->trigger();
}

void DefinitionTabs::copyName()
{
    const core::OpenDatabase *database = m_window.currentDatabase();
    const auto id = wanted();
    if (!database || !database->catalog() || !id)
        return;
    QString name = isInTree() ? m_schema.currentName() : QString();
    const auto object = database->catalog()->object(*id);
    if (name.isEmpty() && object)
        name = database->catalog()->displayName(*object);
    if (!name.isEmpty())
        QApplication::clipboard()->setText(name);
}

void DefinitionTabs::copyDdl()
{
    core::OpenDatabase *database = m_window.currentDatabase();
    const auto id = wanted();
    if (!database || !database->catalog() || !id)
        return;
    const auto object = database->catalog()->object(*id);
    const QString name = object ? database->catalog()->displayName(*object) : QString();
    const auto session = database->connections().session(core::Purpose::Catalog);
    if (!session)
        return m_explain(database, session.error());
    core::loadObjectDdl(**session, *id).then(this, [this, name](const core::Result<QString> &ddl) {
        if (!ddl)
            return m_window.showMessage(Meaning::Danger, ddl.error().message, ddl.error().place);
        QApplication::clipboard()->setText(*ddl);
        m_window.showMessage(Meaning::Info, tr("Copied the definition of %1.").arg(isolated(name)));
    });
}

void DefinitionTabs::open(core::OpenDatabase &database, core::ObjectId object, bool inFront, int at)
{
    DocumentArea &documents = m_window.documents();
    if (inFront)
        documents.showPage(nullptr);
    if (ObjectTab *open = tabOf(documents, database, object)) {
        documents.makeCurrent(open);
        return open->setFocus();
    }
    auto *tab = new ObjectTab(database, object, m_highlighters, &documents);
    connectTab(tab);
    documents.add(tab, inFront, at);
    if (inFront)
        tab->setFocus();
}

bool DefinitionTabs::reopen(core::OpenDatabase &database, const QString &key, bool inFront, int at)
{
    const core::Oid relation = ObjectTab::relationOf(database, key);
    if (!core::isValid(relation))
        return false;
    open(database, {core::classCatalog, relation}, inFront, at);
    return true;
}

void DefinitionTabs::connectTab(ObjectTab *tab)
{
    connect(tab, &ObjectTab::rowsWanted, &m_window, [this, tab](core::Oid relation) {
        if (tab->database() && tab->database() == m_window.currentDatabase())
            m_window.openRelation(relation);
    });
    connect(tab, &ObjectTab::relationsWanted, &m_window, [this, tab](core::Oid table) {
        const core::CatalogPtr catalog = tab->database() ? tab->database()->catalog() : nullptr;
        const core::RelationInfo *found = catalog ? catalog->relation(table) : nullptr;
        const core::SchemaInfo *schema = found ? catalog->schema(found->schema) : nullptr;
        if (schema && tab->database() == m_window.currentDatabase())
            m_window.openRelations(schema->name.toByteArray(), table);
    });
    connect(tab, &ObjectTab::definitionWanted, this, [this, tab](core::ObjectId object) {
        if (tab->database())
            open(*tab->database(), object);
    });
    connect(tab, &ObjectTab::editorWanted, &m_window,
            [this](const QString &ddl) { (void)m_window.newEditor(ddl.toUtf8()); });
    connect(tab, &ObjectTab::closeWanted, &m_window,
            [this, tab] { emit m_window.documents().closeWanted(tab); });
    connect(tab, &ObjectTab::explainWanted, this,
            [this, tab](const core::Error &error) { m_explain(tab->database(), error); });
    connect(tab, &Document::runningChanged, this, [this, tab] {
        if (tab == m_window.documents().current())
            m_window.actions().action(u"query.cancel"_s)->setEnabled(tab->isRunning());
    });
}

core::Oid DefinitionTabs::relationOf(const Document *document)
{
    const auto *tab = qobject_cast<const ObjectTab *>(document);
    return tab && tab->object().catalog == core::classCatalog ? tab->object().object : core::Oid{};
}

} // namespace ui
