// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/composefile.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// The end of `${…}`, whose default may hold another one; -1 = none.
qsizetype closingBrace(const QString &text, qsizetype open)
{
    int depth = 0;
    for (qsizetype i = open; i < text.size(); ++i) {
        if (text[i] == u'{')
            ++depth;
        else if (text[i] == u'}' && --depth == 0)
            return i;
    }
    return -1;
}

QString replacement(const QString &expression, const EnvLookup &lookup, int depth);

QString interpolated(const QString &text, const EnvLookup &lookup, int depth)
{
    static const QRegularExpression name(u"\\G[A-Za-z_][A-Za-z0-9_]*"_s);
    if (depth > 4)
        return text;
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar next = i + 1 < text.size() ? text[i + 1] : QChar();
        if (text[i] != u'$') {
            result += text[i];
        } else if (next == u'$') {
            result += u'$';
            ++i;
        } else if (next == u'{' && closingBrace(text, i + 1) > 0) {
            const qsizetype close = closingBrace(text, i + 1);
            result += replacement(text.sliced(i + 2, close - i - 2), lookup, depth);
            i = close;
        } else if (const auto match = name.match(text, i + 1); match.hasMatch()) {
            result += lookup(match.captured()).value_or(QString());
            i = match.capturedEnd() - 1;
        } else {
            result += text[i];
        }
    }
    return result;
}

QString replacement(const QString &expression, const EnvLookup &lookup, int depth)
{
    static const QRegularExpression parts(uR"(\A([A-Za-z_]\w*)(?:(:?[-+?])(.*))?\z)"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = parts.match(expression);
    if (!match.hasMatch())
        return {};
    const std::optional<QString> value = lookup(match.captured(1));
    const QString rule = match.captured(2);
    const bool isSet = value && (!rule.startsWith(u':') || !value->isEmpty());
    const QString other = interpolated(match.captured(3), lookup, depth + 1);
    if (rule.endsWith(u'-'))
        return isSet ? *value : other;
    if (rule.endsWith(u'+'))
        return isSet ? other : QString();
    return value.value_or(QString());
}

quint16 portNumber(const QString &text)
{
    bool isNumber = false;
    const uint number = text.toUInt(&isNumber);
    return isNumber && number >= 1 && number <= 65535 ? quint16(number) : quint16(0);
}

/// "127.0.0.1:5433:5432/tcp"; ranges are left out.
std::optional<ComposeService::Port> portOf(const QString &text, int line)
{
    static const QRegularExpression form(
        uR"(\A(?:(\[[0-9A-Fa-f:]+\]|[0-9.]+):)?(?:(\d*):)?(\d+)(?:/tcp)?\z)"_s);
    const QRegularExpressionMatch match = form.match(text.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    QString host = match.captured(1);
    QString here = match.captured(2);
    // "5433:5432" looks like an address before a port.
    if (!host.isEmpty() && here.isEmpty() && !host.contains(u'.') && !host.startsWith(u'['))
        here = std::exchange(host, QString());
    if (host.startsWith(u'['))
        host = host.sliced(1, host.size() - 2);
    return ComposeService::Port{.inside = portNumber(match.captured(3)),
                                .here = portNumber(here),
                                .host = host,
                                .file = {},
                                .line = line};
}

class EntryReader
{
public:
    EntryReader(const SettingTexts &texts, QString file, const EnvLookup &lookup)
        : m_texts(texts)
        , m_file(std::move(file))
        , m_lookup(lookup)
    {
    }
    ComposeEntry read(const QString &name);

private:
    void take(const QStringList &way, const SettingText &text);
    void takePort(const QStringList &way, const QString &value, int line);
    void takeVariable(const QStringList &way, const QString &value, int line);

    const SettingTexts &m_texts;
    QString m_file;
    const EnvLookup &m_lookup;
    ComposeEntry m_entry;
    QString m_longPort; ///< number in the list of the port that is written as a map
};

void EntryReader::takePort(const QStringList &way, const QString &value, int line)
{
    std::vector<ComposeService::Port> &ports = m_entry.service.ports;
    if (way.size() == 2) {
        if (const auto port = portOf(value, line))
            ports.push_back(*port);
        return;
    }
    if (m_longPort != way[1] || ports.empty()) {
        m_longPort = way[1];
        ports.push_back({.inside = 0, .here = 0, .host = {}, .file = {}, .line = line});
    }
    ComposeService::Port &port = ports.back();
    if (way[2] == "target"_L1) {
        port.inside = portNumber(value);
    } else if (way[2] == "published"_L1) {
        port.here = portNumber(value);
        port.line = line;
    } else if (way[2] == "host_ip"_L1) {
        port.host = value;
    }
}

void EntryReader::takeVariable(const QStringList &way, const QString &value, int line)
{
    static const QRegularExpression number(u"\\A[0-9]+\\z"_s);
    if (!number.match(way[1]).hasMatch()) {
        m_entry.environment.push_back({way[1], value, m_file, line});
        return;
    }
    const qsizetype equals = value.indexOf(u'=');
    if (equals > 0)
        m_entry.environment.push_back(
            {value.first(equals), value.sliced(equals + 1), m_file, line});
}

void EntryReader::take(const QStringList &way, const SettingText &text)
{
    const QString value = interpolated(text.text, m_lookup, 0);
    const QString &key = way.first();
    if (way.size() == 1) {
        if (key == "image"_L1)
            m_entry.image = value;
        else if (key == "container_name"_L1 || key == "hostname"_L1)
            m_entry.service.names.append(value);
        else if (key == "env_file"_L1)
            m_entry.envFiles.append(value);
    } else if (key == "ports"_L1) {
        takePort(way, value, text.line);
    } else if (key == "environment"_L1) {
        takeVariable(way, value, text.line);
    } else if (key == "env_file"_L1 && (way.size() == 2 || way.last() == "path"_L1)) {
        m_entry.envFiles.append(value);
    } else if (key == "networks"_L1 && way.contains("aliases"_L1)) {
        m_entry.service.names.append(value);
    }
}

ComposeEntry EntryReader::read(const QString &name)
{
    m_entry = {};
    m_longPort.clear();
    m_entry.service.names = {name};
    m_entry.service.file = m_file;
    for (const SettingText &text : m_texts) {
        if (text.path.size() < 3 || text.path[0] != "services"_L1 || text.path[1] != name)
            continue;
        if (m_entry.service.line == 0)
            m_entry.service.line = text.line;
        take(text.path.sliced(2), text);
    }
    for (ComposeService::Port &port : m_entry.service.ports)
        port.file = m_file;
    return std::move(m_entry);
}

} // namespace

QString interpolated(const QString &text, const EnvLookup &lookup)
{
    return interpolated(text, lookup, 0);
}

QString ComposeService::Port::address() const
{
    const bool any = host.isEmpty() || host == "0.0.0.0"_L1 || host == "::"_L1;
    return any ? u"127.0.0.1"_s : host;
}

const ComposeService::Port *ComposeService::published(quint16 inside) const
{
    const auto port = std::ranges::find_if(
        ports, [&](const Port &one) { return one.inside == inside && one.here != 0; });
    return port == ports.end() ? nullptr : &*port;
}

QString ComposeEntry::variable(const QString &key) const
{
    const auto found = std::ranges::find(environment, key, &Variable::key);
    return found == environment.end() ? QString() : found->value;
}

bool ComposeEntry::isPostgres() const
{
    const QString name = image.section(u'@', 0, 0).toLower();
    const QString last = name.section(u'/', -1);
    constexpr std::array servers = {"postgres"_L1, "postgis"_L1, "timescale"_L1, "pgvector"_L1,
                                    "citus"_L1};
    constexpr std::array others = {"postgrest"_L1,    "export"_L1, "backup"_L1,
                                   "postgraphile"_L1, "meta"_L1,   "bouncer"_L1};
    const auto holds = [&](const auto &words) {
        return std::ranges::any_of(words,
                                   [&](QLatin1StringView word) { return last.contains(word); });
    };
    if (!image.isEmpty())
        return holds(servers) && !holds(others);
    return !variable(u"POSTGRES_PASSWORD"_s).isEmpty() && variable(u"DATABASE_URL"_s).isEmpty();
}

std::vector<ComposeEntry> composeEntries(const SettingTexts &texts, const QString &file,
                                         const EnvLookup &lookup)
{
    std::vector<ComposeEntry> entries;
    EntryReader reader(texts, file, lookup);
    for (const QString &name : keysBelow(texts, {u"services"_s}))
        entries.push_back(reader.read(name));
    return entries;
}

void mergeEntry(ComposeEntry &entry, const ComposeEntry &override)
{
    if (!override.image.isEmpty())
        entry.image = override.image;
    entry.envFiles.append(override.envFiles);
    entry.environment.insert(entry.environment.begin(), override.environment.begin(),
                             override.environment.end());
    entry.service.names.append(override.service.names.sliced(1));
    std::ranges::copy(override.service.ports, std::back_inserter(entry.service.ports));
}

} // namespace core
