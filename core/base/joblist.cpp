// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/joblist.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int keptEnded = 100;

} // namespace

JobList::JobList(QObject *parent)
    : QAbstractListModel(parent)
{
    m_seconds.setInterval(std::chrono::seconds(1));
    connect(&m_seconds, &QTimer::timeout, this, [this] {
        for (const auto &job : m_jobs) {
            if (job->isRunning())
                rowChanged(job.get(), {ElapsedRole});
        }
    });
}

JobList::~JobList() = default;

Job *JobList::add(std::unique_ptr<Job> job)
{
    Job *added = job.get();
    beginInsertRows({}, 0, 0);
    m_jobs.insert(m_jobs.begin(), std::move(job));
    endInsertRows();
    connect(added, &Job::progressChanged, this,
            [this, added] { rowChanged(added, {DoneRole, TotalRole, UnitRole}); });
    connect(added, &Job::cancelRequested, this,
            [this, added] { rowChanged(added, {CancelRequestedRole}); });
    connect(added, &Job::ended, this, [this, added] { jobEnded(added); });
    trim();
    if (added->isRunning()) {
        m_seconds.start();
        emit runningCountChanged(runningCount());
    }
    return added;
}

Job *JobList::job(const QModelIndex &index) const
{
    const bool ours = index.isValid() && checkIndex(index);
    return ours ? m_jobs[size_t(index.row())].get() : nullptr;
}

int JobList::runningCount() const
{
    return int(std::ranges::count_if(m_jobs, [](const auto &job) { return job->isRunning(); }));
}

void JobList::cancelAll()
{
    // A job may end, and the list change, in answer to cancel().
    std::vector<Job *> running;
    for (const auto &job : m_jobs) {
        if (job->isRunning())
            running.push_back(job.get());
    }
    for (Job *job : running)
        job->cancel();
}

void JobList::clearEnded()
{
    for (size_t row = m_jobs.size(); row-- > 0;) {
        if (!m_jobs[row]->isRunning())
            removeRow(row);
    }
}

int JobList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

QVariant JobList::data(const QModelIndex &index, int role) const
{
    const Job *shown = job(index);
    if (shown == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return shown->title();
    case StateRole:
        return QVariant::fromValue(shown->state());
    case DoneRole:
        return shown->progress().done;
    case TotalRole:
        return shown->progress().total;
    case UnitRole:
        return shown->progress().unit;
    case ElapsedRole:
        return qint64(shown->elapsed().count());
    case CancelRequestedRole:
        return shown->isCancelRequested();
    case ErrorRole:
        return shown->error() ? shown->error()->text() : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> JobList::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{TitleRole, "title"_ba},
                  {StateRole, "state"_ba},
                  {DoneRole, "done"_ba},
                  {TotalRole, "total"_ba},
                  {UnitRole, "unit"_ba},
                  {ElapsedRole, "elapsed"_ba},
                  {CancelRequestedRole, "cancelRequested"_ba},
                  {ErrorRole, "error"_ba}});
    return names;
}

void JobList::rowChanged(const Job *job, const QList<int> &roles)
{
    const auto found =
        std::ranges::find_if(m_jobs, [job](const auto &own) { return own.get() == job; });
    if (found == m_jobs.end())
        return;
    const QModelIndex changed = index(int(found - m_jobs.begin()));
    emit dataChanged(changed, changed, roles);
}

void JobList::jobEnded(const Job *job)
{
    rowChanged(job, {StateRole, ElapsedRole, ErrorRole});
    const int running = runningCount();
    if (running == 0)
        m_seconds.stop();
    emit runningCountChanged(running);
}

void JobList::trim()
{
    int ended = int(m_jobs.size()) - runningCount();
    for (size_t row = m_jobs.size(); row-- > 0 && ended > keptEnded;) {
        if (!m_jobs[row]->isRunning()) {
            removeRow(row);
            --ended;
        }
    }
}

void JobList::removeRow(size_t row)
{
    beginRemoveRows({}, int(row), int(row));
    // The job may be the sender of the signal that led here.
    m_jobs[row].release()->deleteLater();
    m_jobs.erase(m_jobs.begin() + qptrdiff(row));
    endRemoveRows();
}

} // namespace core
