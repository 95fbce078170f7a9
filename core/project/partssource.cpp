// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses that stand in variables part by part, as libpq and platforms hand them out
// (MIGRATION-FORMATS 6.1).
#include "core/project/setting.h"
#include "core/project/source.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Weaker than every variable that holds a whole address.
constexpr int partsRank = 1000;
constexpr int mostAddresses = 64;

/// How the names of one address begin, before its parts.
struct Family {
    QLatin1StringView stem;
    QLatin1StringView ownName;
};
constexpr std::array families = {Family{"PG"_L1, "pg"_L1}, Family{"POSTGRES_"_L1, "postgres"_L1}};

/// The parts of one address, and where they stand, in the order in which they were asked for.
class Parts
{
public:
    Parts(const FolderView &view, const Winners &variables, QString begin)
        : m_view(view)
        , m_variables(variables)
        , m_begin(std::move(begin))
    {
    }

    /// The first of the names that is set to something.
    QString take(std::initializer_list<QLatin1StringView> names)
    {
        for (const QLatin1StringView name : names) {
            const QString key = m_begin + name;
            const bool isOfProcess = m_view.mode.useProcess && m_view.mode.process.contains(key);
            const auto found = m_variables.constFind(key);
            if (!isOfProcess && found == m_variables.constEnd())
                continue;
            const QString value = isOfProcess ? m_view.mode.process.value(key) : found->value;
            if (value.isEmpty())
                continue;
            m_places.push_back(isOfProcess ? SourceLocation{.file = {}, .line = 0, .key = key}
                                           : found->place);
            return value;
        }
        return {};
    }
    [[nodiscard]] const std::vector<SourceLocation> &places() const { return m_places; }

private:
    const FolderView &m_view;
    const Winners &m_variables;
    QString m_begin;
    std::vector<SourceLocation> m_places;
};

/// A package sees the project's variables, but they make the project's address.
bool isOfPackage(const FolderView &view, const SourceLocation &place)
{
    return view.package.isEmpty() || place.file.startsWith(view.package + u'/');
}

QString textOf(UrlFields fields, const QString &sslMode)
{
    QStringList parameters;
    if (fields.host.startsWith(u'/')) { // the folder of a socket
        parameters << "host="_L1 + QString::fromLatin1(fields.host.toUtf8().toPercentEncoding());
        fields.host.clear();
    }
    if (!sslMode.isEmpty())
        parameters << "sslmode="_L1 + QString::fromLatin1(sslMode.toUtf8().toPercentEncoding());
    const QString url = urlOf(fields);
    return parameters.isEmpty() ? url : url + u'?' + parameters.join(u'&');
}

bool isKnown(const UrlValue &value, const Findings &findings)
{
    return value.info && std::ranges::any_of(findings.values, [&](const UrlValue &other) {
               return other.info && other.package == value.package
                      && other.info->host() == value.info->host()
                      && other.info->port() == value.info->port()
                      && other.info->database() == value.info->database()
                      && other.info->user() == value.info->user();
           });
}

/// One address of a family; `hostName` is the part that names its host. Its place is the host's,
/// and those of all parts are its `namedBy`.
void addAddress(const FolderView &view, const Family &family, const QString &prefix,
                QLatin1StringView hostName, UrlKey::Role role, Findings &findings)
{
    Parts parts(view, findings.variables, prefix + family.stem);
    UrlFields fields;
    fields.host = parts.take({hostName});
    if (fields.host.isEmpty() || !isOfPackage(view, parts.places().front()))
        return;
    fields.port = parts.take({"PORT"_L1});
    fields.user = parts.take({"USER"_L1, "USERNAME"_L1});
    fields.password = parts.take({"PASSWORD"_L1});
    fields.database = parts.take({"DATABASE"_L1, "DB"_L1});
    if (fields.user.isEmpty() && fields.database.isEmpty())
        return;
    if (fields.database.isEmpty())
        fields.database = fields.user; // as libpq has it
    const SourceLocation place = parts.places().front();
    const QString text = textOf(fields, parts.take({"SSLMODE"_L1}));
    std::optional<Candidate> found = candidateOf(place, text);
    if (!found || (!found->value.info && !found->value.error))
        return;
    UrlValue value = std::move(found->value);
    value.text.clear(); // as a whole it stands nowhere
    value.package = view.package;
    value.namedBy = parts.places();
    value.purpose = UrlKey{.role = role,
                           .database = prefix.isEmpty() ? u"main"_s : prefix.chopped(1).toLower(),
                           .rank = partsRank,
                           .known = true,
                           .ownName = family.ownName};
    if (!isKnown(value, findings))
        findings.values.push_back(std::move(value));
}

/// What stands before the family in the names of hosts: "" or "SHOP_".
QStringList prefixesOf(const FolderView &view, const Family &family, const Winners &variables)
{
    QStringList names = variables.keys();
    if (view.mode.useProcess)
        names += view.mode.process.keys();
    const QString ending = family.stem + "HOST"_L1;
    QStringList prefixes;
    for (const QString &name : std::as_const(names)) {
        const QString prefix = name.endsWith(ending) ? name.chopped(ending.size()) : u"-"_s;
        if (prefix.isEmpty() || prefix.endsWith(u'_'))
            prefixes << prefix;
    }
    prefixes.removeDuplicates();
    prefixes.sort();
    return prefixes.first(std::min<qsizetype>(prefixes.size(), mostAddresses));
}

} // namespace

void readPartsSource(const FolderView &view, Findings &findings)
{
    for (const Family &family : families) {
        for (const QString &prefix : prefixesOf(view, family, findings.variables)) {
            addAddress(view, family, prefix, "HOST"_L1, UrlKey::Role::Default, findings);
            for (const QLatin1StringView direct : {"HOST_UNPOOLED"_L1, "HOST_NON_POOLING"_L1})
                addAddress(view, family, prefix, direct, UrlKey::Role::Direct, findings);
        }
    }
}

} // namespace core
