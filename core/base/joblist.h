// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/job.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace core {

/// The jobs of the program, the newest first; owns them. Keeps the last 100 that have ended. Thread
/// of the window.
class JobList : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        TitleRole = Qt::UserRole + 1,
        StateRole, ///< core::Job::State
        DoneRole,  ///< qint64
        TotalRole, ///< qint64, < 0 = unknown
        UnitRole,
        ElapsedRole,         ///< qint64, milliseconds; dataChanged every second while it runs
        CancelRequestedRole, ///< bool
        ErrorRole,           ///< Error::text(), plain
    };

    explicit JobList(QObject *parent = nullptr);
    ~JobList() override;

    /// Takes the job; the pointer stays valid as long as the job runs, and then until it is
    /// removed.
    Job *add(std::unique_ptr<Job> job);
    /// Null for an index that is not of this model.
    [[nodiscard]] Job *job(const QModelIndex &index) const;
    [[nodiscard]] int runningCount() const;
    /// Asks all running jobs to stop.
    void cancelAll();
    void clearEnded();

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
    void runningCountChanged(int count);

private:
    void rowChanged(const Job *job, const QList<int> &roles);
    void jobEnded(const Job *job);
    void trim();
    void removeRow(size_t row);

    std::vector<std::unique_ptr<Job>> m_jobs;
    QTimer m_seconds;
};

} // namespace core
