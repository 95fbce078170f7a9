// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/dependencies.h"
#include "core/catalog/objectdetail.h"
#include "core/catalog/opendatabase.h"
#include "ui/common/document.h"

#include <QPointer>

#include <optional>

class QSplitter;
class QStackedWidget;

namespace ui {

class Button;
class DefinitionPane;
class DependentsPane;
class HighlighterLoader;
class Note;
class ObjectPages;
class StatePage;
class ViewBar;

// The definition of one object: what it is made of page by page, its DDL, and what breaks if it is
// dropped. Read when the tab is first seen, by F5, and when the catalog changed meanwhile. What is
// shown stays while it is read again.
class ObjectTab : public Document
{
    Q_OBJECT

public:
    ObjectTab(core::OpenDatabase &database, core::ObjectId object, HighlighterLoader &highlighters,
              QWidget *parent = nullptr);
    ~ObjectTab() override;

    [[nodiscard]] core::ObjectId object() const { return m_object; }
    [[nodiscard]] const std::optional<core::ObjectDetail> &detail() const { return m_detail; }
    [[nodiscard]] ObjectPages &pages() const { return *m_pages; }
    [[nodiscard]] DefinitionPane &definition() const { return *m_definition; }
    [[nodiscard]] DependentsPane &dependents() const { return *m_dependents; }
    // What a person means by "the object": the one chosen in a list, else the tab's own.
    [[nodiscard]] core::ObjectId chosen() const;

    // What the keys of a database's definitions begin with; only relations have one.
    [[nodiscard]] static QString keyPrefix(const core::OpenDatabase &database);
    // The relation of a key of that database; Oid{} = none any more.
    [[nodiscard]] static core::Oid relationOf(const core::OpenDatabase &database,
                                              const QString &key);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override { return QStringLiteral("columns"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString key() const override { return m_key; }
    [[nodiscard]] core::OpenDatabase *database() const override { return m_database; }
    void detachDatabase() override;
    [[nodiscard]] bool isRunning() const override { return m_waiting > 0; }

public slots:
    void cancelRunning() override;
    void refresh() override;
    void find() override;

signals:
    void rowsWanted(core::Oid relation);
    void relationsWanted(core::Oid table);
    void definitionWanted(core::ObjectId object);
    void editorWanted(const QString &ddl, const QString &title);
    void closeWanted();
    void explainWanted(const core::Error &error);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void buildBar();
    void connectParts();
    void nameByCatalog();
    void load();
    void answered();
    void detailArrived(const core::Result<core::ObjectDetail> &detail);
    void showError(const core::Error &error);
    void share();

    QPointer<core::OpenDatabase> m_database;
    core::ObjectId m_object;
    QString m_name;
    QString m_whole; // with its schema
    QString m_key;
    std::optional<core::ObjectDetail> m_detail;
    ViewBar *m_bar;
    Button *m_rows = nullptr;
    Button *m_relations = nullptr;
    Note *m_note;
    ObjectPages *m_pages;
    DefinitionPane *m_definition;
    DependentsPane *m_dependents;
    QSplitter *m_split; // pages | the two on the right
    QSplitter *m_right;
    StatePage *m_page;
    QStackedWidget *m_stack;
    core::Error m_failure; // shown last
    quint64 m_serial = 0;  // of the load whose answers count
    int m_waiting = 0;     // answers
    bool m_begun = false;
    bool m_stale = false;
    bool m_missing = false;
};

} // namespace ui
