// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/rules_p.h"

#include "core/pq/quoting.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace doctor {

bool hasId(const Failure &failure, QByteArrayView id)
{
    return failure.error.id == id;
}

bool hasState(const Failure &failure, QByteArrayView sqlState)
{
    return failure.error.server && failure.error.server->sqlState == sqlState;
}

bool says(const Failure &failure, QLatin1StringView words)
{
    const QString &text =
        failure.error.server ? failure.error.server->message : failure.error.message;
    return text.contains(words);
}

bool isPooled(const Failure &failure)
{
    return failure.endpoint && failure.endpoint->role == EndpointRole::Pooled;
}

QString addressOf(const Failure &failure)
{
    if (!failure.endpoint)
        return failure.error.place;
    const ConnInfo &info = failure.endpoint->info;
    if (info.host().isEmpty() || info.host().startsWith(u'/'))
        return info.host().isEmpty() ? Text::tr("the local socket") : info.host();
    return (info.host().contains(u':') ? u"[%1]:%2"_s : u"%1:%2"_s)
        .arg(info.host(), QString::number(info.port()));
}

QString userOf(const Failure &failure)
{
    return failure.endpoint ? failure.endpoint->info.user() : QString();
}

QString databaseOf(const Failure &failure)
{
    return failure.endpoint ? failure.endpoint->info.database() : QString();
}

QString sourceOf(const Failure &failure)
{
    if (!failure.endpoint)
        return {};
    const SourceLocation &source = failure.endpoint->source;
    return source.key.isEmpty() ? source.text() : u"%1 (%2)"_s.arg(source.text(), source.key);
}

QString envLine(const Endpoint &endpoint, const ConnInfo &info, const QString &query)
{
    QString url = info.url();
    if (!query.isEmpty())
        url += (url.contains(u'?') ? u'&' : u'?') + query;
    return endpoint.source.key.isEmpty() ? url : endpoint.source.key + u'=' + url;
}

Fix parameterFix(const QString &sentence, const Failure &failure, const QByteArray &key,
                 const QByteArray &value)
{
    const QString parameter = QString::fromUtf8(key + '=' + value);
    if (!failure.endpoint)
        return {.sentence = sentence, .text = parameter};
    const Endpoint &endpoint = *failure.endpoint;
    ConnInfo others = endpoint.info;
    others.keywords.erase(key);
    Fix fix{.sentence = sentence,
            .text = envLine(endpoint, others, parameter),
            .before = envLine(endpoint, endpoint.info)};
    // Not where it is used otherwise than it stands, or is put together by a tool's file.
    if (!endpoint.text.isEmpty() && !endpoint.twin && isEnvLine(endpoint.source))
        fix.change = {endpoint.source, QString::fromUtf8(key), QString::fromUtf8(value)};
    return fix;
}

Fix seeActivity(const QString &sentence)
{
    return {
        .sentence = sentence, .text = u"sluicectl activity"_s, .action = "database.activity"_ba};
}

QString sqlName(const QString &name)
{
    return QString::fromUtf8(quotedIdentifier(QStringView(name)).value_or(name.toUtf8()));
}

namespace {

constexpr std::array families = {addressRules, poolerRules, reachRules,  authRules,
                                 limitRules,   schemaRules, sessionRules};

} // namespace

} // namespace doctor

std::optional<Explanation> explain(const Failure &failure)
{
    if (failure.error.kind == ErrorKind::Cancelled)
        return {}; // an outcome, not a failure
    for (const auto family : doctor::families) {
        for (const doctor::Rule &rule : family()) {
            std::optional<Explanation> found = rule.tell(failure);
            if (!found)
                continue;
            found->id = rule.id;
            if (found->where.isEmpty())
                found->where = failure.statementPlace.isEmpty() ? doctor::sourceOf(failure)
                                                                : failure.statementPlace;
            return found;
        }
    }
    return {};
}

QByteArrayList explanationIds()
{
    QByteArrayList ids;
    for (const auto family : doctor::families) {
        for (const doctor::Rule &rule : family())
            ids << rule.id;
    }
    return ids;
}

} // namespace core
