// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/exporter.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

namespace ui {

class Button;
class ElidedLabel;
class ProgressLine;
class TextLabel;

// One job in the panel.
class JobRow : public QWidget
{
    Q_OBJECT

public:
    JobRow(std::unique_ptr<core::ExportJob> job, const QString &title, const QString &fact,
           double estimate, QWidget *parent);
    ~JobRow() override;

    void start();
    // Its end follows through ended().
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] QString title() const { return m_title; }

signals:
    void ended(const core::Result<core::ExportSummary> &outcome);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build(const QString &fact);
    void showProgress(qint64 rows, qint64 bytes);
    void finish(const core::Result<core::ExportSummary> &outcome);

    std::unique_ptr<core::ExportJob> m_job;
    QString m_title;
    QString m_iconName;
    ProgressLine *m_bar;
    ElidedLabel *m_state;
    TextLabel *m_time;
    Button *m_cancel;
    QElapsedTimer m_clock;
    QTimer m_tick;
    double m_estimate;
    bool m_running = false;
};

} // namespace ui
