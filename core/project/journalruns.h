// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/descriptor.h"
#include "core/project/journal.h"

#include <map>

namespace core {

/// The runs that share one journal folder: <run>.lock is held (flock) while a run lives,
/// <run>-<buffer> are its texts. Dead runs are taken over by holding their lock. Blocks on the
/// disk; one thread at a time, and pathOf() from any once it has begun.
class JournalRuns
{
public:
    explicit JournalRuns(QString folder);
    /// Removes this run's lock where it left no text.
    ~JournalRuns();
    JournalRuns(const JournalRuns &) = delete;
    JournalRuns &operator=(const JournalRuns &) = delete;

    /// Makes the folder and this run's lock. Error: journal.open.
    [[nodiscard]] Result<> begin();
    [[nodiscard]] bool hasBegun() const { return m_lock.isValid(); }
    [[nodiscard]] QString pathOf(BufferId buffer) const;

    /// Texts of dead runs, newest first; their locks are held from now on.
    [[nodiscard]] std::vector<Leftover> takeOver();
    void discard(const QString &leftoverId);

private:
    [[nodiscard]] QStringList textsOf(const QString &run) const;
    void removePartials(const QString &run) const;
    void endIfEmpty(const QString &run);
    [[nodiscard]] QString lockPath(const QString &run) const;

    QString m_folder;
    QString m_run;
    Descriptor m_lock;
    std::map<QString, Descriptor> m_taken; ///< dead runs and their locks
};

} // namespace core
