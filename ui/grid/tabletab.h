// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/tablesource.h"
#include "core/catalog/opendatabase.h"
#include "ui/common/document.h"

#include <QElapsedTimer>
#include <QPointer>

class QStackedWidget;

namespace ui {

class FindBar;
class GridFooter;
class GridView;
class Note;
class StatePage;
class ViewBar;

// The rows of one relation in a tab: view bar, grid, footer. Reads through the database's browse
// session and shows what went wrong above the rows that are here.
class TableTab : public Document
{
    Q_OBJECT

public:
    TableTab(core::OpenDatabase &database, core::Oid relation, QWidget *parent = nullptr);
    ~TableTab() override;

    [[nodiscard]] core::Oid relation() const { return m_relation; }
    [[nodiscard]] GridView &grid() const { return *m_grid; }
    // The first rows, or the knowledge that there are none, have arrived.
    [[nodiscard]] bool hasRows() const;

    [[nodiscard]] static QString keyOf(const core::OpenDatabase &database,
                                       const core::RelationInfo &relation);
    // What the keys of a database's tables begin with.
    [[nodiscard]] static QString keyPrefix(const core::OpenDatabase &database);
    // The relation of a key of that database; Oid{} = none any more.
    [[nodiscard]] static core::Oid relationOf(const core::OpenDatabase &database,
                                              const QString &key);

    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] QString iconName() const override { return m_iconName; }
    [[nodiscard]] QString description() const override { return m_name; }
    [[nodiscard]] QString key() const override { return m_key; }
    [[nodiscard]] core::OpenDatabase *database() const override { return m_database; }
    void detachDatabase() override;
    [[nodiscard]] bool isRunning() const override;

public slots:
    void cancelRunning() override;
    void refresh() override;
    void find() override;
    void findNext() override;
    void findPrevious() override;
    void jump() override;
    void announceCell() override;
    void exportRows() override { emit exportWanted(); }
    void countExactly();

signals:
    void exportWanted();
    // A foreign key was followed: the relation it points at.
    void relationWanted(core::Oid relation);
    // A person asks what the failure means.
    void explainWanted(const core::Error &error);

protected:
    // Nothing is read before the tab was in front once.
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void open();
    void read(core::SessionThread &session);
    void catalogChanged();
    void showColumns();
    void showState();
    void showError(const core::Error &error);
    void countEnded(const core::Result<qint64> &outcome);
    void rowsArrived();

    QPointer<core::OpenDatabase> m_database;
    core::CatalogPtr m_catalog; // the newest that knows the relation
    core::Oid m_relation;
    QString m_title;
    QString m_name;
    QString m_key;
    QString m_iconName;
    std::unique_ptr<core::TableSource> m_source;
    ViewBar *m_bar;
    Note *m_note;
    FindBar *m_finder = nullptr;
    GridView *m_grid;
    GridFooter *m_footer = nullptr;
    StatePage *m_page;
    QStackedWidget *m_stack;
    QElapsedTimer m_opened;
    bool m_begun = false;
    bool m_busy = false;
    bool m_arrived = false;
    core::Error m_failure; // shown last
};

} // namespace ui
