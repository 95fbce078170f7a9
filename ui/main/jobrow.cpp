// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/jobrow.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/progressline.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int barUnits = 1000;

} // namespace

JobRow::JobRow(std::unique_ptr<core::ExportJob> job, const QString &title, const QString &fact,
               double estimate, QWidget *parent)
    : QWidget(parent)
    , m_job(std::move(job))
    , m_title(title)
    , m_iconName(u"export"_s)
    , m_bar(new ProgressLine(this))
    , m_state(new ElidedLabel(QString(), TextRole::Caption, Ink::Text2, this))
    , m_time(new TextLabel(QString(), TextRole::Body, Ink::Text2, this))
    , m_cancel(new Button(u"stop"_s, tr("Cancel"), Button::Kind::Plain, this))
    , m_estimate(estimate)
{
    build(fact);
    m_tick.setInterval(250);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_time->setText(formatDuration(std::chrono::milliseconds(m_clock.elapsed())));
    });
    connect(m_job.get(), &core::ExportJob::progressed, this, &JobRow::showProgress);
    connect(m_job.get(), &core::ExportJob::finished, this, &JobRow::finish);
    connect(m_cancel, &QAbstractButton::clicked, this, &JobRow::cancel);
}

void JobRow::cancel()
{
    if (!m_running || !m_cancel->isEnabled())
        return;
    m_cancel->setEnabled(false);
    m_cancel->setText(tr("Cancelling…"));
    m_job->cancel();
}

JobRow::~JobRow() = default;

void JobRow::build(const QString &fact)
{
    setFixedHeight(rowHeight(44) + 2);
    m_cancel->setCompact(true);
    m_cancel->setObjectName(u"jobs.cancel"_s);
    m_bar->setFixedWidth(grown(72));
    m_state->setToolTip(fact);
    m_bar->setRange(0, m_estimate > 0 ? barUnits : 0);
    m_bar->setAccessibleName(tr("Progress of %1").arg(m_title));
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(new ElidedLabel(m_title, TextRole::Name, Ink::Text, this));
    words->addWidget(m_state);
    words->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(40, 0, 12, 0);
    row->setSpacing(12);
    row->addLayout(words, 1);
    row->addWidget(m_bar);
    row->addWidget(m_time);
    row->addWidget(m_cancel);
}

void JobRow::start()
{
    m_running = true;
    m_clock.start();
    m_tick.start();
    showProgress(0, 0);
    m_job->start();
}

void JobRow::showProgress(qint64 rows, qint64 bytes)
{
    m_state->setText(tr("%1, %2").arg(formatRows(rows), formatBytes(bytes)));
    if (m_estimate > 0)
        m_bar->setValue(std::min(barUnits, int(double(rows) / m_estimate * barUnits)));
}

void JobRow::finish(const core::Result<core::ExportSummary> &outcome)
{
    m_running = false;
    m_tick.stop();
    m_bar->hide();
    m_cancel->hide();
    m_time->setText(formatDuration(std::chrono::milliseconds(m_clock.elapsed())));
    if (outcome) {
        m_iconName = u"ok"_s;
        m_state->setInk(Ink::Ok);
        m_state->setText(
            tr("Finished: %1, %2").arg(formatRows(outcome->rows), formatBytes(outcome->bytes)));
    } else if (outcome.error().kind == core::ErrorKind::Cancelled) {
        m_iconName = u"never"_s;
        m_state->setText(tr("Cancelled, nothing left behind"));
    } else {
        m_iconName = u"error"_s;
        m_state->setInk(Ink::Danger);
        m_state->setText(outcome.error().text());
        m_state->setToolTip({}); // the whole of it, where it is too long
    }
    update();
    emit ended(outcome);
}

void JobRow::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.gridline);
    const QRect symbol =
        QStyle::visualRect(layoutDirection(), rect(), QRect(14, (height() - 16) / 2, 16, 16));
    const QColor ink = m_iconName == "ok"_L1      ? look.ok.ink
                       : m_iconName == "error"_L1 ? look.danger.ink
                                                  : look.text2;
    paintIcon(&painter, symbol, m_iconName, ink, layoutDirection());
}

} // namespace ui
