// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace core {

/// What is kept of one editor buffer.
struct JournalText {
    QString file = {}; ///< path of the file on disk; empty for one that was never saved
    QString title = {};
    QByteArray text = {};     ///< UTF-8, byte for byte
    QByteArray fileHash = {}; ///< SHA-256 of the file's content as it was loaded; empty for none
    bool operator==(const JournalText &) const = default;
};

/// A text of a run that did not end by itself.
struct Leftover {
    QString id = {};
    QDateTime time = {}; ///< UTC, of its last write
    JournalText content = {};
    bool operator==(const Leftover &) const = default;
};

/// Names one buffer of this run.
enum class BufferId : quint32 {};

/// Keeps the text of editor buffers on disk so that nothing is lost when the program dies:
/// $XDG_STATE_HOME/sluice/ journal/<project key>/<run>-<buffer>, owner-only, each written whole
/// under another name, synced and renamed, at most `interval` after its first change plus the time
/// of the write, which a thread of its own does. A lock file a run is held while the program lives
/// (flock, which ends with the process), so a text is offered only when its run is dead, and to one
/// program only. Used from the thread that made it.
class Journal : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds interval{1000};

    /// `root` empty = $XDG_STATE_HOME/sluice/journal. `projectFolder` empty = buffers outside of
    /// any project.
    explicit Journal(const QString &projectFolder, const QString &root = {},
                     QObject *parent = nullptr);
    /// Takes a last snapshot of what changed, writes it and waits. Buffers that are gone by then
    /// must have been given up by remove() or keep().
    ~Journal() override;

    /// Takes the run's lock. Before it nothing is written. Errors: journal.open.
    [[nodiscard]] Result<> open();

    /// `snapshot` is called in this thread, at most once an interval, for a buffer that changed.
    [[nodiscard]] BufferId add(std::function<JournalText()> snapshot);
    /// The buffer's text changed. Cheap: call it on every key.
    void changed(BufferId buffer);
    /// The buffer was saved: its text needs no copy until it changes again.
    void saved(BufferId buffer);
    /// The buffer was closed on purpose: its copy goes too.
    void remove(BufferId buffer);
    /// The buffer goes away, its text stays and is offered at the next start; written now if
    /// needed.
    void keep(BufferId buffer);
    /// Writes at once what is pending; `written` follows for each.
    void flush();

    /// Texts of dead runs of this project, newest first. They are this program's from now on, until
    /// it ends; no other program is offered them.
    [[nodiscard]] QFuture<std::vector<Leftover>> leftovers();
    /// The text is in this buffer now: the old copy goes as soon as the buffer's own is on disk (or
    /// in its file, or given up), also when the program ends before `written` is said.
    void adopt(BufferId buffer, const QString &leftoverId);
    /// The text is not wanted.
    void discard(const QString &leftoverId);

signals:
    /// The buffer's text as it was at its last snapshot is on disk.
    void written(core::BufferId buffer);
    /// Said once until a write succeeds again.
    void writeFailed(const core::Error &error);

private:
    struct Buffers;
    void post(BufferId buffer);
    void snapshotDue();
    void finishWrite(BufferId buffer, const Result<> &outcome);
    std::unique_ptr<Buffers> m_d;
};

} // namespace core

Q_DECLARE_METATYPE(core::BufferId)
