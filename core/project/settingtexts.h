// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace core {

/// One text of a file of settings, and the way to it: {"services", "db", "image"}; members of a
/// list have their number from 0.
struct SettingText {
    QStringList path = {};
    QString text = {};
    int line = 0; ///< 1-based
    bool operator==(const SettingText &) const = default;

    /// The path with dots between.
    [[nodiscard]] QString name() const { return path.join(u'.'); }
};
using SettingTexts = std::vector<SettingText>;

/// A text by its path; nullptr = none. Borrowed.
[[nodiscard]] const SettingText *findText(const SettingTexts &texts, const QStringList &path);
/// Keys right below a path, each once, in the order of the file.
[[nodiscard]] QStringList keysBelow(const SettingTexts &texts, const QStringList &path);

/// Files of settings → every scalar in them, in the order of the file. Pure; nothing is executed,
/// no tag is obeyed. At most 20,000 texts: where references (YAML's aliases) make more of it, that
/// is an error. Errors: settings.syntax (names the line), settings.tooMuch.
[[nodiscard]] Result<SettingTexts> readTomlTexts(const QString &text);
/// Merge keys (`<<`) are followed; the first document counts.
[[nodiscard]] Result<SettingTexts> readYamlTexts(const QString &text);
/// With comments and trailing commas, as settings of .NET and TypeScript have them.
[[nodiscard]] Result<SettingTexts> readJsonTexts(const QString &text);

} // namespace core
