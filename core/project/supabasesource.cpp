// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sourcetexts.h"

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Supabase's local stack has one user and one password, whoever starts it.
QString localUrl(const QString &port, const QString &user)
{
    return urlOf(UrlFields{.host = u"127.0.0.1"_s,
                           .port = port,
                           .user = user,
                           .password = u"postgres"_s,
                           .database = u"postgres"_s});
}

} // namespace

std::vector<Setting> supabaseSettings(const SettingTexts &texts)
{
    const SettingText *port = findText(texts, {u"db"_s, u"port"_s});
    const bool isStack =
        port || !keysBelow(texts, {u"db"_s}).isEmpty() || findText(texts, {u"project_id"_s});
    if (!isStack)
        return {};
    std::vector<Setting> settings;
    const auto add = [&](const QString &name, int line, UrlKey::Role role, const QString &url) {
        settings.push_back({.name = name,
                            .line = line,
                            .value = literal(url),
                            .purpose = settingPurpose(role, u"supabase"_s, u"supabase"_s),
                            .losesToEnvironment = false});
    };
    add(u"db.port"_s, port ? port->line : 1, UrlKey::Role::Default,
        localUrl(port ? port->text : u"54322"_s, u"postgres"_s));
    const QStringList pooler = {u"db"_s, u"pooler"_s};
    const SettingText *enabled = findText(texts, pooler + QStringList{u"enabled"_s});
    if (enabled && enabled->text == "true"_L1) {
        const SettingText *poolerPort = findText(texts, pooler + QStringList{u"port"_s});
        add(u"db.pooler.port"_s, poolerPort ? poolerPort->line : enabled->line,
            UrlKey::Role::Pooled,
            // The stack's one tenant of Supavisor.
            localUrl(poolerPort ? poolerPort->text : u"54329"_s, u"postgres.pooler-dev"_s));
    }
    return settings;
}

void readSupabaseSource(const FolderView &view, Findings &findings)
{
    if (!view.evidence.names.contains("supabase"_L1))
        return;
    const QString name = u"supabase/config.toml"_s;
    if (const auto texts = readSettings(view, name, readTomlTexts, findings))
        addSettings(view, view.path(name), supabaseSettings(*texts), findings);
}

} // namespace core
