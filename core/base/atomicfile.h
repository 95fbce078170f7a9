// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/descriptor.h"
#include "core/base/result.h"

#include <QByteArrayView>
#include <QString>

namespace core {

/// A file that appears under its name whole or not at all: written under another name in the same
/// folder, owner-only, synced, renamed, and the folder synced. A file that was there keeps its
/// permissions and stays untouched until the rename. A symbolic link as the target is refused,
/// never followed and never replaced. Not committed = removed; what a killed program left is found
/// by removeAbandoned(). Blocks; any one thread. Errors name the path: file.symlink,
/// file.notRegular, file.permission, file.folderMissing, file.diskFull, file.readOnly,
/// file.nameTooLong, file.cannotWrite.
class AtomicFile
{
public:
    explicit AtomicFile(QString path);
    ~AtomicFile();
    AtomicFile(const AtomicFile &) = delete;
    AtomicFile &operator=(const AtomicFile &) = delete;

    [[nodiscard]] Result<> open();
    [[nodiscard]] Result<> write(QByteArrayView bytes);
    /// fdatasync, rename, fsync of the folder. After an error the old file is untouched.
    [[nodiscard]] Result<> commit();
    /// Removes what was written; also done by the destructor.
    void discard();

    /// Removes what programs that were killed have left in a folder: files of this user that have
    /// an AtomicFile's other name and no writer. A writer holds a lock (flock) on its file as long
    /// as it has it, so that one at work keeps its own; network file systems, whose locks may not
    /// reach other machines, are left alone. Tells how many; what cannot be removed stays.
    static int removeAbandoned(const QString &folder);

    [[nodiscard]] const QString &path() const { return m_path; }
    /// Where the bytes lie until commit(); empty before open().
    [[nodiscard]] const QString &temporaryPath() const { return m_temporary; }
    [[nodiscard]] int descriptor() const { return m_file.get(); }

private:
    [[nodiscard]] bool createTemporary(const QString &path);
    void writeOut();

    QString m_path;
    QString m_temporary;
    Descriptor m_file;
    qint64 m_written = 0;
    qint64 m_sent = 0;      ///< of what was written, on its way to the disk
    qint64 m_forgotten = 0; ///< of that, not in the kernel's cache any more
};

/// open(), write(), commit().
[[nodiscard]] Result<> writeFileAtomically(const QString &path, QByteArrayView bytes);

/// The error that an errno of writing means, with the same ids.
[[nodiscard]] Error writeError(int code, const QString &path);

} // namespace core
