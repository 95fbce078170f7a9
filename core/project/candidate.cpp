// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/source.h"

#include "core/pq/keyword.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Candidate", text);
}

/// The scheme of a URL, for saying what something is; empty where there is none.
QString schemeOf(const QString &text)
{
    static const QRegularExpression scheme(u"^([A-Za-z][A-Za-z0-9+.-]{0,30}):"_s);
    return scheme.match(text).captured(1);
}

Candidate ignored(Candidate candidate, IgnoredReason reason, const QString &explanation)
{
    candidate.ignored = reason;
    candidate.explanation = explanation;
    return candidate;
}

/// A name that should hold an address, and text that is none.
std::optional<Candidate> otherText(Candidate candidate, const QString &text)
{
    if (!candidate.key.known)
        return std::nullopt;
    if (text.isEmpty())
        return ignored(
            std::move(candidate), IgnoredReason::Empty,
            tr("It is set to nothing, so applications fall back to the unprefixed URL."));
    if (text.startsWith("encrypted:"_L1))
        return ignored(std::move(candidate), IgnoredReason::Encrypted,
                       tr("It is encrypted by dotenvx; its private key is not used here."));
    const QString scheme = schemeOf(text);
    const QString explanation = scheme.isEmpty()
                                    ? tr("It is no PostgreSQL address.")
                                    : tr("It is a “%1:” address, not PostgreSQL.").arg(scheme);
    return ignored(std::move(candidate), IgnoredReason::NotPostgres, explanation);
}

} // namespace

std::optional<Candidate> candidateOf(const SourceLocation &source, const QString &text)
{
    Candidate candidate;
    candidate.key = readUrlKey(source.key);
    candidate.value.source = source;
    if (text.startsWith("prisma://"_L1) || text.startsWith("prisma+postgres://"_L1)) {
        return ignored(std::move(candidate), IgnoredReason::NotPostgres,
                       tr("The address of a Prisma proxy, not of a PostgreSQL server; the "
                          "database's own is often in DIRECT_URL."));
    }
    if (!looksLikePostgres(text))
        return otherText(std::move(candidate), text);
    candidate.value.text = text;
    Result<ConnInfo> info = parseConnInfo(text, ConnOrigin::File);
    if (info)
        candidate.value.info = std::move(*info);
    else
        candidate.value.error = std::move(info.error());
    if (candidate.key.inBrowser) {
        return ignored(std::move(candidate), IgnoredReason::BrowserLeak,
                       tr("Visible in the browser. Rename it, then change the password."));
    }
    if (candidate.key.role == UrlKey::Role::Shadow) {
        return ignored(std::move(candidate), IgnoredReason::Shadow,
                       tr("A migration tool's shadow database; never listed, never connected."));
    }
    return candidate;
}

QString differenceOf(const ConnInfo &one, const ConnInfo &other)
{
    QStringList parts;
    const auto add = [&](bool differs, const QString &part) {
        if (differs)
            parts.append(part);
    };
    add(one.host() != other.host(), tr("host"));
    add(one.port() != other.port(), tr("port"));
    add(one.user() != other.user(), tr("user"));
    add(keyword(one.keywords, "password"_ba) != keyword(other.keywords, "password"_ba),
        tr("password"));
    add(one.database() != other.database(), tr("database"));
    if (parts.isEmpty() && one != other)
        parts.append(tr("parameters"));
    if (parts.size() < 2)
        return parts.join(QString());
    const QString last = parts.takeLast();
    return tr("%1 and %2").arg(parts.join(u", "_s), last);
}

} // namespace core
