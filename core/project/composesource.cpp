// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/composefile.h"
#include "core/project/setting.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxEnvFiles = 4;
constexpr quint16 serverPort = 5432;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::ComposeSource", text);
}

/// What `.env` beside the file sets: compose's own source of variables, whatever the folder's
/// loader.
Winners variablesOf(const FolderView &view, const QStringList &names)
{
    Winners variables;
    Findings aside;
    for (const QString &name : names.first(qMin(names.size(), qsizetype(maxEnvFiles)))) {
        const QString path = name.startsWith("./"_L1) ? name.sliced(2) : name;
        const std::optional<QString> text = readEnvText(view, path, false, aside);
        if (!text)
            continue;
        std::vector<EnvEntry> entries = parseEnv(*text, EnvGrammar::Dotenv);
        [[maybe_unused]] const auto unsettled = expandEnv(entries, EnvExpansion::Expand12);
        for (const EnvEntry &entry : entries)
            variables.insert(entry.key, {{view.path(path), entry.line, entry.key}, entry.value});
    }
    return variables;
}

EnvLookup lookupIn(const FolderView &view, const Winners &variables)
{
    return
        [&view, &variables](const QString &name) { return variableValue(view, name, variables); };
}

class ComposeReader
{
public:
    ComposeReader(const FolderView &view, Findings &findings)
        : m_view(view)
        , m_findings(findings)
    {
    }
    /// The first file, then its overrides.
    void read(const QString &name);
    /// What all files together say.
    void finish();

private:
    void addServer(const ComposeEntry &entry);
    void addVariable(const QString &service, const ComposeEntry::Variable &variable);
    void ignore(UrlValue value, IgnoredReason reason, const QString &explanation,
                const std::optional<SourceLocation> &winner = {})
    {
        m_findings.ignored.push_back({std::move(value), reason, explanation, winner});
    }

    const FolderView &m_view;
    Findings &m_findings;
    std::vector<ComposeEntry> m_entries;
};

/// The server itself, by the port that it is published on.
void ComposeReader::addServer(const ComposeEntry &entry)
{
    const Winners filed = variablesOf(m_view, entry.envFiles);
    const auto setting = [&](const QString &key, const QString &other, const QString &otherwise) {
        for (const QString &name : {key, other}) {
            if (const QString value = entry.variable(name); !value.isEmpty())
                return value;
            if (const QString value = filed.value(name).value; !value.isEmpty())
                return value;
        }
        return otherwise;
    };
    const QString user = setting(u"POSTGRES_USER"_s, u"POSTGRESQL_USERNAME"_s, u"postgres"_s);
    const QString &name = entry.service.names.first();
    const ComposeService::Port *port = entry.service.published(serverPort);
    const QString url =
        urlOf(UrlFields{.host = port ? port->address() : name,
                        .port = QString::number(port ? port->here : serverPort),
                        .user = user,
                        .password = setting(u"POSTGRES_PASSWORD"_s, u"POSTGRESQL_PASSWORD"_s, {}),
                        .database = setting(u"POSTGRES_DB"_s, u"POSTGRESQL_DATABASE"_s, user)});
    UrlValue value;
    value.source = {port ? port->file : entry.service.file, port ? port->line : entry.service.line,
                    "services."_L1 + name};
    value.package = m_view.package;
    value.purpose = settingPurpose(UrlKey::Role::Default, name.toLower(), name.toLower());
    Result<ConnInfo> info = parseConnInfo(url, ConnOrigin::File);
    if (info)
        value.info = std::move(*info);
    else
        value.error = std::move(info.error());
    if (!port) {
        return ignore(std::move(value), IgnoredReason::Inside,
                      tr("It publishes no port of this computer, so it is reachable inside of the "
                         "compose network only."));
    }
    m_findings.values.push_back(std::move(value));
}

void ComposeReader::addVariable(const QString &service, const ComposeEntry::Variable &variable)
{
    std::optional<Candidate> found =
        candidateOf({variable.file, variable.line, variable.key}, variable.value);
    if (!found || (!found->value.info && !found->value.error))
        return;
    UrlValue value = std::move(found->value);
    value.package = m_view.package;
    if (found->ignored)
        return ignore(std::move(value), *found->ignored, found->explanation);
    const auto winner = std::ranges::find_if(m_findings.values, [&](const UrlValue &other) {
        return other.source.key == variable.key && other.package == m_view.package;
    });
    if (winner != m_findings.values.end()) {
        const QString text = winner->info == value.info
                                 ? tr("Passes the address of %1 on to the service “%2”.")
                                       .arg(winner->source.text(), service)
                                 : tr("Set inside of the service “%2” only; from here %1 counts.")
                                       .arg(winner->source.text(), service);
        return ignore(std::move(value), IgnoredReason::Loses, text, winner->source);
    }
    UrlKey purpose = readUrlKey(variable.key);
    purpose.ownName = service.toLower();
    purpose.rank += 1000;
    value.purpose = purpose;
    m_findings.values.push_back(std::move(value));
}

void ComposeReader::read(const QString &name)
{
    const Winners variables = variablesOf(m_view, {u".env"_s});
    const std::optional<SettingTexts> texts = readSettings(m_view, name, readYamlTexts, m_findings);
    if (!texts)
        return;
    for (ComposeEntry &entry :
         composeEntries(*texts, m_view.path(name), lookupIn(m_view, variables))) {
        const auto known = std::ranges::find_if(m_entries, [&](const ComposeEntry &other) {
            return other.service.names.first() == entry.service.names.first();
        });
        if (known == m_entries.end())
            m_entries.push_back(std::move(entry));
        else
            mergeEntry(*known, entry);
    }
}

void ComposeReader::finish()
{
    for (const ComposeEntry &entry : m_entries) {
        m_findings.services.push_back(entry.service);
        for (const ComposeEntry::Variable &variable : entry.environment)
            addVariable(entry.service.names.first(), variable);
        if (entry.isPostgres())
            addServer(entry);
    }
}

} // namespace

void readComposeSource(const FolderView &view, Findings &findings)
{
    ComposeReader reader(view, findings);
    // docker compose takes the first of these, and its override beside it.
    constexpr std::array stems = {"compose"_L1, "docker-compose"_L1};
    for (const QLatin1StringView stem : stems) {
        bool isThere = false;
        for (const QLatin1StringView ending : {".yaml"_L1, ".yml"_L1}) {
            if (!isThere && view.evidence.names.contains(QString(stem + ending))) {
                isThere = true;
                reader.read(stem + ending);
            }
        }
        for (const QLatin1StringView ending : {".override.yaml"_L1, ".override.yml"_L1}) {
            if (isThere && view.evidence.names.contains(QString(stem + ending)))
                reader.read(stem + ending);
        }
        if (isThere)
            return reader.finish();
    }
}

} // namespace core
