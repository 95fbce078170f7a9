// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sourcetexts.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxFiles = 16;

/// "env:NAME", "${NAME}", "$NAME", "env(NAME)": how manifests point to the environment.
QString variableOf(const QString &text)
{
    static const QRegularExpression reference(
        uR"(\A(?:env:|env\(|\$\{|\$)([A-Za-z_][A-Za-z0-9_]{0,99})[)}]?\z)"_s);
    return reference.match(text.trimmed()).captured(1);
}

/// {"databases", "auth", "url"} as a variable of this name would be called: AUTH_URL.
QString variableLike(QStringList path)
{
    if (path.size() > 2 && (path.first() == "databases"_L1 || path.first() == "connections"_L1))
        path.removeFirst();
    return path.join(u'_').toUpper().replace(u'-', u'_');
}

bool speaksOfDatabases(const QStringList &path)
{
    static const QRegularExpression words(u"database|postgres|(^|[._-])(db|pg|sql)([._-]|$)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(path.join(u'.')).hasMatch();
}

} // namespace

std::vector<Setting> tomlSettings(const SettingTexts &texts, const QString &fileName)
{
    std::vector<Setting> settings;
    for (const SettingText &text : texts) {
        const QString name = variableOf(text.text);
        const bool isReference = !name.isEmpty() && speaksOfDatabases(text.path);
        if (!isReference && !looksLikePostgres(text.text))
            continue;
        const UrlKey key = readUrlKey(variableLike(text.path));
        settings.push_back(
            {.name = text.name(),
             .line = text.line,
             .value = isReference ? variable(name) : literal(text.text),
             .purpose = settingPurpose(key.role, key.database, fileName.section(u'.', 0, 0)),
             .losesToEnvironment = true});
    }
    return settings;
}

void readTomlSource(const FolderView &view, Findings &findings)
{
    // Lock files and manifests that are long and never speak of databases.
    constexpr std::array others = {"Cargo.toml"_L1, "rustfmt.toml"_L1, "clippy.toml"_L1,
                                   "sluice.toml"_L1, "rust-toolchain.toml"_L1};
    int read = 0;
    for (const QString &name : view.evidence.names) {
        if (!name.endsWith(".toml"_L1) || std::ranges::contains(others, name) || ++read > maxFiles)
            continue;
        if (const auto texts = readSettings(view, name, readTomlTexts, findings))
            addSettings(view, view.path(name), tomlSettings(*texts, name), findings);
    }
}

} // namespace core
