// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/project.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace core {

/// Watches what a project was read from (P6) and reads it anew when something there changes: on a
/// worker, 200 ms after the last of a burst of changes, and at least every 2 s during one. Editors
/// that replace files are followed, since their folders are watched too. Watches files that were
/// read, never what was refused (FIFOs, links). The folder's parent is watched too, for the folder
/// itself; where it disappears, the nearest parent that is there tells when it comes back, which
/// counts as a change. Lives in the thread that
/// made it.
class FolderWatch : public QObject
{
    Q_OBJECT

public:
    explicit FolderWatch(QObject *parent = nullptr);

    /// Begins with a project as it was read; forgets the one before. `mode` is that of the project.
    void watch(const Project &project, const EnvMode &mode);
    void stop();
    /// Reads now, whatever changed.
    void readAgain();

signals:
    /// Another Project than before; never emitted twice for the same.
    void changed(const core::Project &project);
    /// All that was seen to change so far is read, whether or not it made a difference.
    void settled();
    /// The folder is not there or cannot be read any more; once until it is back.
    void lost(const core::Error &error);

private:
    void folderChanged(const QString &path);
    void somethingChanged();
    void take(const Result<Project> &read, int serial);
    void takeProject(const Project &project);
    void takeLoss(const Error &error);
    /// True where more is watched than before.
    bool watchPaths();
    bool setPaths(const QStringList &wanted);

    QFileSystemWatcher m_watcher;
    QTimer m_quiet;         ///< since the last change
    QTimer m_atMost;        ///< since the first change that was not read
    quint64 m_identity = 0; ///< of the folder that is watched: another one may take its place
    QStringList m_touched;  ///< files that changed since they are watched
    Project m_project;
    EnvMode m_mode;
    int m_serial = 0; ///< readings that were begun before the last watch() or stop() do not count
    bool m_watching = false;
    bool m_reading = false;
    bool m_again = false; ///< something changed while it was read
    bool m_isLost = false;
};

} // namespace core
