// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/appenvironment.h"

#include "core/pq/searchpath.h"

#include <QFileInfo>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

bool usesPrisma(const QString &folder)
{
    static const std::array names = {"prisma/schema.prisma"_L1, "schema.prisma"_L1,
                                     "prisma/schema"_L1,        "prisma.config.ts"_L1,
                                     "prisma.config.mts"_L1,    "prisma.config.js"_L1,
                                     "prisma.config.mjs"_L1};
    return std::ranges::any_of(names, [&folder](QLatin1StringView name) {
        return QFileInfo::exists(folder + u'/' + name);
    });
}

bool takesOptions(const Endpoint &endpoint)
{
    return endpoint.role == EndpointRole::Direct && !poolEvidence(endpoint.info).pooled;
}

ConnKeywords programKeywords(const Endpoint &endpoint)
{
    ConnKeywords keywords = endpoint.keywords();
    if (!endpoint.info.schemaHint.isEmpty() && takesOptions(endpoint)) {
        QByteArray &options = keywords["options"_ba];
        options +=
            (options.isEmpty() ? ""_ba : " "_ba) + searchPathOption(endpoint.info.schemaHint);
    }
    return keywords;
}

QString appUrl(const Endpoint &endpoint, bool forPrisma)
{
    // A local twin's address stands in no file.
    QString url =
        endpoint.text.isEmpty() || endpoint.twin ? endpoint.info.url(true) : endpoint.text;
    const bool lends =
        endpoint.role == EndpointRole::Pooled && !poolEvidence(endpoint.info).sessionMode;
    if (forPrisma && lends && !endpoint.info.pgbouncerHint)
        url += (url.contains(u'?') ? u"&"_s : u"?"_s) + u"pgbouncer=true"_s;
    return url;
}

std::vector<std::pair<QString, std::optional<QString>>>
appEnvironment(const Database &database, const QString &pooledAs, const Project &project)
{
    const bool prisma = usesPrisma(project.folder);
    const Endpoint &usual = database.pooled ? *database.pooled : *database.direct;
    std::optional<QString> direct;
    if (database.direct)
        direct = appUrl(*database.direct, prisma);
    std::vector<std::pair<QString, std::optional<QString>>> variables = {
        {pooledAs, appUrl(usual, prisma)}, {u"DIRECT_URL"_s, direct}};
    if (!usual.info.schemaHint.isEmpty() && takesOptions(usual)) {
        const QByteArray option = searchPathOption(usual.info.schemaHint);
        variables.emplace_back(u"PGOPTIONS"_s, QString::fromUtf8(option));
    }
    return variables;
}

} // namespace core
