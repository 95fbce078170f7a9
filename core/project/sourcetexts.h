// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/setting.h"

namespace core {

// What one tool's file says, from its text alone; each stands in its source's own .cpp file. Pure
// and tolerant: what is not understood gives nothing. Nothing is executed.

[[nodiscard]] std::vector<Setting> prismaSchemaSettings(const QString &text);
/// prisma.config.ts: `datasource: { url, directUrl, shadowDatabaseUrl }`.
[[nodiscard]] std::vector<Setting> prismaConfigSettings(const QString &text);
/// drizzle.config.ts: `dbCredentials` with a url, or with host, port, user, password and database.
[[nodiscard]] std::vector<Setting> drizzleSettings(const QString &text);
/// `[database] url = …` and the like, with "env:NAME".
[[nodiscard]] std::vector<Setting> tomlSettings(const SettingTexts &texts, const QString &fileName);
/// supabase/config.toml: the addresses of the local stack.
[[nodiscard]] std::vector<Setting> supabaseSettings(const SettingTexts &texts);
/// appsettings.json, config/default.json, database.json …
[[nodiscard]] std::vector<Setting> jsonSettings(const SettingTexts &texts, const QString &fileName,
                                                const QString &mode);
/// config/database.yml of Rails, in one mode.
[[nodiscard]] std::vector<Setting> databaseYmlSettings(const SettingTexts &texts,
                                                       const QString &mode);
/// "Host=h;Username=u" as .NET writes it → a URL; nullopt where it is something else.
[[nodiscard]] std::optional<QString> urlOfNpgsql(const QString &text);

} // namespace core
