// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/queryrun.h"

#include <QPointer>
#include <QWidget>

class QStackedWidget;

namespace ui {

class ElidedLabel;
class GridView;
class StatePage;
class TabBar;

// The results of a run: a tab and a grid a statement with rows; what came before an error stays.
// Without one it says what to do.
class ResultsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ResultsPanel(QWidget *parent = nullptr);

    // The run belongs to somebody else; its rows are kept alive as long as they are shown. Null
    // shows the empty page.
    void setRun(QueryRun *run);
    [[nodiscard]] GridView *currentGrid() const;
    // The one that is shown; null = none.
    [[nodiscard]] const QueryRun *run() const { return m_run; }

protected:
    void resizeEvent(QResizeEvent *event) override;

signals:
    void cellChosen(core::RowSource *source, qint64 row, int column);
    void copied(const QString &sentence);

private:
    void addResult(int result);
    void updateFacts();
    void showOutcome();

    struct Shown {
        std::shared_ptr<core::StoredSource> rows;
        GridView *grid = nullptr;
        int result = 0;
    };
    QPointer<QueryRun> m_run;
    std::vector<Shown> m_shown;
    QWidget *m_head; // hidden while there is no result
    TabBar *m_tabs;
    ElidedLabel *m_timing;
    QStackedWidget *m_stack;
    StatePage *m_page;
};

} // namespace ui
