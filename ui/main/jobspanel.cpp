// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/jobspanel.h"

#include "ui/common/labels.h"
#include "ui/main/jobrow.h"

#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

JobsPanel::JobsPanel(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(u"jobs"_s);
    setAccessibleName(tr("Jobs"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *body = new QWidget(this);
    body->setObjectName(u"jobs.body"_s);
    body->setBackgroundRole(QPalette::Base);
    body->setAutoFillBackground(true);
    m_column = new QVBoxLayout(body);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    auto *empty = new TextLabel(tr("Nothing is running. Exports appear here with their progress."),
                                TextRole::Body, Ink::Text2, body);
    empty->setContentsMargins(16, 12, 16, 12);
    empty->makeParagraph();
    empty->setObjectName(u"jobs.empty"_s);
    m_empty = empty;
    m_column->addWidget(m_empty);
    m_column->addStretch();
    setWidget(body);
}

JobsPanel::~JobsPanel() = default;

void JobsPanel::run(std::unique_ptr<core::ExportJob> job, const QString &title, const QString &fact,
                    double estimate)
{
    auto *row = new JobRow(std::move(job), title, fact, estimate, widget());
    row->setObjectName(u"jobs.row%1"_s.arg(++m_made));
    m_column->insertWidget(0, row);
    m_rows.prepend(row);
    m_empty->hide();
    connect(row, &JobRow::ended, this,
            [this, row](const core::Result<core::ExportSummary> &outcome) {
                emit runningCountChanged(runningCount());
                emit jobEnded(row->title(), outcome);
            });
    row->start();
    emit runningCountChanged(runningCount());
}

int JobsPanel::runningCount() const
{
    return int(std::ranges::count_if(m_rows, &JobRow::isRunning));
}

void JobsPanel::cancelAll()
{
    for (JobRow *row : std::as_const(m_rows))
        row->cancel();
}

void JobsPanel::clearFinished()
{
    for (qsizetype i = m_rows.size() - 1; i >= 0; --i) {
        if (!m_rows[i]->isRunning())
            delete m_rows.takeAt(i);
    }
    m_empty->setVisible(m_rows.isEmpty());
}

} // namespace ui
