// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settingtexts.h"
#include "core/project/source.h"

namespace core {

/// A service of a compose file with what matters for databases.
struct ComposeEntry {
    ComposeService service = {};
    QString image = {};
    QStringList envFiles = {};
    struct Variable {
        QString key = {};
        QString value = {};
        QString file = {};
        int line = 0;
    };
    std::vector<Variable> environment = {};

    [[nodiscard]] QString variable(const QString &key) const;
    /// By its image: the server itself, and none of the programs around it.
    [[nodiscard]] bool isPostgres() const;
};

/// `${X}`, `${X:-y}`, `${X-y}`, `${X:+y}`, `${X:?…}`, `$X` and `$$`, as compose replaces them; what
/// is unset is empty.
[[nodiscard]] QString interpolated(const QString &text, const EnvLookup &lookup);

/// The services of a compose file, which is called `file` in what is found. Pure.
[[nodiscard]] std::vector<ComposeEntry>
composeEntries(const SettingTexts &texts, const QString &file, const EnvLookup &lookup);

/// What an override file says of a service goes before what the first file says.
void mergeEntry(ComposeEntry &entry, const ComposeEntry &override);

} // namespace core
