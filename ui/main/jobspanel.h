// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/exporter.h"

#include <QElapsedTimer>
#include <QScrollArea>
#include <QTimer>

class QVBoxLayout;

namespace ui {

class JobRow;

// Long work: what it is, how far it is, how long it runs, and a Cancel that answers. Rows of
// finished work stay until they are cleared. The panel owns the jobs it was given.
class JobsPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit JobsPanel(QWidget *parent = nullptr);
    ~JobsPanel() override;

    // Starts it. `estimate` rows make a bar; < 0 = none is known.
    void run(std::unique_ptr<core::ExportJob> job, const QString &title, const QString &fact,
             double estimate);
    // The count falls to nothing as they end.
    void cancelAll();
    [[nodiscard]] int runningCount() const;
    void clearFinished();

signals:
    void runningCountChanged(int count);
    void jobEnded(const QString &title, const core::Result<core::ExportSummary> &outcome);

private:
    QVBoxLayout *m_column;
    QWidget *m_empty;
    QList<JobRow *> m_rows; // newest first
    int m_made = 0;         // rows, ever
};

} // namespace ui
