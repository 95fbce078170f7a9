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

} // namespace core
