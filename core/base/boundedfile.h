// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace core {

inline constexpr qint64 largestEnvFile = qint64(1) << 20;
inline constexpr qint64 largestSqlFile = qint64(64) << 20;

/// A file's whole content, at most `largest` bytes. Opened without following a link in its last
/// part, without waiting (a FIFO cannot hold us), and only when it is a regular file; the check is
/// made on the open file, so nothing can be exchanged in between. Blocks on slow disks. Errors:
/// file.missing, file.permission, file.symlink, file.notRegular, file.tooBig (names the size),
/// file.unreadable.
[[nodiscard]] Result<QByteArray> readBoundedFile(const QString &path, qint64 largest);

/// The same for a file inside a folder, by a relative path none of whose parts may be a symbolic
/// link, empty, "." or ".."; so nothing outside of the folder is reached, even while somebody
/// exchanges its parts.
[[nodiscard]] Result<QByteArray> readFileBeneath(const QString &folder, const QString &relativePath,
                                                 qint64 largest);

/// Bytes → text: UTF-8, without its byte order mark. Error file.notUtf8 names line and byte.
[[nodiscard]] Result<QString> decodedText(const QByteArray &bytes, const QString &path);

} // namespace core
