// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/codetokens.h"
#include "core/project/settingtexts.h"
#include "core/project/source.h"

namespace core {

inline constexpr qint64 largestSettingsFile = qint64(512) << 10;

/// What a tool's file says of one address: the address, or which variable holds it.
struct Setting {
    QString name = {}; ///< where it stands in the file: "datasource db.url"
    int line = 0;
    CodeValue value = {};
    /// What an address that is written out is for. Of one in a variable only the role is taken, and
    /// only where it says more than the variable's name (a direct or a shadow URL).
    UrlKey purpose = {};
    /// The tool takes the environment's main URL first, so that an address written here loses to
    /// it.
    bool losesToEnvironment = false;
};

/// The purpose of an address that is written out in a tool's file, weaker than any variable's.
[[nodiscard]] UrlKey settingPurpose(UrlKey::Role role, const QString &database,
                                    const QString &ownName);

/// Reads one file of the package as text and records it among the settings' files. nullopt where
/// it is not there or was refused.
[[nodiscard]] std::optional<QString> readSettingsText(const FolderView &view, const QString &name,
                                                      Findings &findings);
/// The same with what makes texts of it; where that fails, a warning says why and at which line.
[[nodiscard]] std::optional<SettingTexts>
readSettings(const FolderView &view, const QString &name,
             Result<SettingTexts> (*read)(const QString &text), Findings &findings);

/// What becomes of settings: a reference marks the value of its variable, an address that is
/// written out is a value of its own, and what names nothing is listed with the reason.
void addSettings(const FolderView &view, const QString &file, std::span<const Setting> settings,
                 Findings &findings);

/// A variable as the package has it, or the process where a person chose so; nullopt = unset.
[[nodiscard]] std::optional<QString> variableValue(const FolderView &view, const QString &name,
                                                   const Winners &variables);

/// postgresql://user:password@host:port/database from its parts, encoded; nothing is left out of an
/// empty part but itself.
struct UrlFields {
    QString host = {};
    QString port = {};
    QString user = {};
    QString password = {};
    QString database = {};
};
[[nodiscard]] QString urlOf(const UrlFields &fields);

/// The same of parts that may be variables; unknown where one of them is.
struct UrlValues {
    std::optional<CodeValue> host = {};
    std::optional<CodeValue> port = {};
    std::optional<CodeValue> user = {};
    std::optional<CodeValue> password = {};
    std::optional<CodeValue> database = {};
};
[[nodiscard]] CodeValue urlOf(const UrlValues &values);

} // namespace core
