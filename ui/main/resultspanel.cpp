// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/resultspanel.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/statepage.h"
#include "ui/common/tabbar.h"
#include "ui/grid/gridview.h"

#include <QHBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace ui {

ResultsPanel::ResultsPanel(QWidget *parent)
    : QWidget(parent)
    , m_head(new QWidget(this))
    , m_tabs(new TabBar(m_head))
    , m_timing(new ElidedLabel(QString(), TextRole::Caption, Ink::Text2, m_head))
    , m_stack(new QStackedWidget(this))
    , m_page(new StatePage(this))
{
    setObjectName(u"results"_s);
    m_tabs->setObjectName(u"results.tabs"_s);
    m_tabs->setAccessibleName(tr("Results"));
    m_tabs->setClosable(false);
    m_timing->setObjectName(u"results.timing"_s);
    m_timing->setContentsMargins(12, 0, 12, 0);
    m_stack->setObjectName(u"results.stack"_s);
    m_page->setObjectName(u"results.page"_s);
    m_stack->addWidget(m_page);
    m_head->setObjectName(u"results.head"_s);
    auto *head = new QHBoxLayout(m_head);
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(m_tabs);
    head->addStretch();
    head->addWidget(m_timing);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0 && index < int(m_shown.size()))
            m_stack->setCurrentWidget(m_shown[std::size_t(index)].grid);
        updateFacts();
    });
    setRun(nullptr);
}

void ResultsPanel::setRun(QueryRun *run)
{
    if (m_run)
        disconnect(m_run, nullptr, this, nullptr);
    m_run = run;
    emit cellChosen(nullptr, 0, 0);
    for (const Shown &shown : m_shown) {
        shown.grid->setSource(nullptr);
        m_stack->removeWidget(shown.grid);
        shown.grid->deleteLater();
    }
    m_shown.clear();
    m_head->hide();
    const QSignalBlocker quiet(m_tabs);
    while (m_tabs->count() > 0)
        m_tabs->removeTab(0);
    m_stack->setCurrentWidget(m_page);
    m_timing->setText(QString());
    if (!run)
        return m_page->showEmpty(u"run"_s, tr("No result yet"),
                                 tr("Run a statement with Ctrl+Enter."));
    m_page->showLoading(tr("Running"), tr("Esc cancels"));
    connect(run, &QueryRun::rowsBegan, this, &ResultsPanel::addResult);
    connect(run, &QueryRun::statementEnded, this, &ResultsPanel::updateFacts);
    connect(run, &QueryRun::ended, this, &ResultsPanel::showOutcome);
    for (int i = 0; i < int(run->results().size()); ++i) {
        if (run->results()[std::size_t(i)].rows)
            addResult(i);
    }
    if (!run->isRunning())
        showOutcome();
}

void ResultsPanel::addResult(int result)
{
    const std::shared_ptr<core::StoredSource> rows = m_run->results()[std::size_t(result)].rows;
    auto *grid = new GridView(m_stack);
    grid->setObjectName(u"results.grid%1"_s.arg(result));
    grid->setAccessibleName(tr("Result %1").arg(m_shown.size() + 1));
    grid->setSource(rows.get());
    connect(grid, &GridView::currentCellChanged, this,
            [this, source = rows.get()](qint64 row, int column) {
                emit cellChosen(source, row, column);
            });
    connect(grid, &GridView::copied, this, &ResultsPanel::copied);
    connect(rows.get(), &core::RowSource::countChanged, this, &ResultsPanel::updateFacts);
    m_shown.push_back({rows, grid, result});
    m_stack->addWidget(grid);
    m_head->show();
    const int tab = m_tabs->addTab(icon(u"table"_s), tr("Result %1").arg(m_shown.size()));
    if (tab == 0)
        m_stack->setCurrentWidget(grid);
    updateFacts();
}

void ResultsPanel::updateFacts()
{
    for (int tab = 0; tab < m_tabs->count() && tab < int(m_shown.size()); ++tab) {
        const core::RowCount count = m_shown[std::size_t(tab)].rows->rowCount();
        m_tabs->setTabFact(tab, count.kind == core::RowCount::Kind::Exact
                                    ? formatRows(count.rows)
                                    : tr("%1…").arg(formatRows(count.rows)));
    }
    const int current = m_tabs->currentIndex();
    if (!m_run || current < 0 || current >= int(m_shown.size()))
        return m_timing->setText(QString());
    const core::StatementSummary &summary =
        m_run->results()[std::size_t(m_shown[std::size_t(current)].result)].summary;
    if (summary.total.count() > 0) {
        m_timing->setText(
            tr("First row after %1, all after %2")
                .arg(formatDuration(summary.toFirstRow), formatDuration(summary.total)));
    }
}

void ResultsPanel::showOutcome()
{
    updateFacts();
    if (!m_run || !m_shown.empty())
        return; // rows that came before an error stay; Messages says what went wrong
    if (m_run->wasCancelled())
        m_page->showEmpty(u"never"_s, tr("Cancelled"), m_run->fateWords());
    else if (m_run->failure())
        m_page->showFailed(
            m_run->failure()->error.message,
            QStringList{m_run->failure()->error.place, m_run->failure()->error.advice}
                .join(u'\n')
                .trimmed());
    else
        m_page->showEmpty(u"ok"_s, tr("Done, without rows"), m_run->fateWords());
}

// The time gives way to the names of the results.
void ResultsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_timing->setVisible(width() - m_tabs->sizeHint().width() >= grown(180));
}

GridView *ResultsPanel::currentGrid() const
{
    const int current = m_tabs->currentIndex();
    return current >= 0 && current < int(m_shown.size()) ? m_shown[std::size_t(current)].grid
                                                         : nullptr;
}

} // namespace ui
