// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/result/rowsource.h"

#include <QObject>
#include <QPointer>

class QAction;
class QDockWidget;
class QMainWindow;

namespace ui {

class Actions;
class Inspector;
class JobsPanel;
class MessagesPanel;
class ResultsPanel;

// The docks at the bottom (Results, Messages, Jobs) and at the right (Inspector), with their titles
// and toggles.
class PanelDocks : public QObject
{
    Q_OBJECT

public:
    PanelDocks(QMainWindow &window, Actions &actions);

    [[nodiscard]] ResultsPanel &results() const { return *m_results; }
    [[nodiscard]] MessagesPanel &messages() const { return *m_messages; }
    [[nodiscard]] JobsPanel &jobs() const { return *m_jobs; }
    [[nodiscard]] Inspector &inspector() const { return *m_inspector; }
    [[nodiscard]] QDockWidget *resultsDock() const { return m_resultsDock; }
    [[nodiscard]] QDockWidget *messagesDock() const { return m_messagesDock; }
    [[nodiscard]] QDockWidget *jobsDock() const { return m_jobsDock; }
    [[nodiscard]] QDockWidget *inspectorDock() const { return m_inspectorDock; }

    void showResults();
    // Shows a dock, in front of those that share its place.
    static void bring(QDockWidget *dock);
    void hideAll();
    // Null source: nothing is chosen. `database` is where the rows come from; borrowed.
    void inspect(core::RowSource *source, qint64 row, int column,
                 core::OpenDatabase *database = nullptr);

    // Names the bar of docks that share a place, which the window makes when it needs it.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QDockWidget *makeDock(const QString &objectName, const QString &heading, QWidget *content,
                          QAction *toggle);

    void fetchWhole(qint64 row, int column);
    void fetchDetail(core::Oid relation);

    QMainWindow &m_window;
    QPointer<core::RowSource> m_source;      // of the inspected cell
    QPointer<core::OpenDatabase> m_database; // of the inspected cell
    ResultsPanel *m_results;
    MessagesPanel *m_messages;
    JobsPanel *m_jobs;
    Inspector *m_inspector;
    QDockWidget *m_resultsDock;
    QDockWidget *m_messagesDock;
    QDockWidget *m_jobsDock;
    QDockWidget *m_inspectorDock;
    int m_tabBars = 0; // named so far
};

} // namespace ui
