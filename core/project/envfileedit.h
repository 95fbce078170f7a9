// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <utility>
#include <vector>

namespace core {

/// What writing keys into an env file would change, to be shown before anybody agrees to it.
struct EnvFileEdit {
    struct Change {
        QString key = {};
        int line = 0; ///< where the key stands now; 0 = it will be added at the end
        bool operator==(const Change &) const = default;
    };
    QString file = {}; ///< absolute path
    bool creates = false;
    std::vector<Change> changes = {};
    QByteArray before = {}; ///< the whole file as it was read
    QByteArray after = {};
    bool operator==(const EnvFileEdit &) const = default;
};

/// Plans to set keys in an env file. A line that is replaced stays as a comment above the new one;
/// line ends and everything else stay byte for byte. Values are quoted where the grammar needs it.
/// Errors: file.symlink, file.notRegular, file.tooBig, file.permission.
[[nodiscard]] Result<EnvFileEdit>
planEnvFileEdit(const QString &file, const std::vector<std::pair<QString, QString>> &values);

/// Carries it out atomically. Error: env.changed when the file is not any more what the plan was
/// made from.
[[nodiscard]] Result<> applyEnvFileEdit(const EnvFileEdit &edit);

} // namespace core
