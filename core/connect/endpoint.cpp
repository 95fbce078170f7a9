// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/endpoint.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Endpoint", text);
}

QString firstLabel(const QString &host)
{
    return host.section(u'.', 0, 0);
}

ConnInfo withTarget(const ConnInfo &info, const QString &host, quint16 port)
{
    ConnInfo direct = info;
    direct.keywords["host"] = host.toUtf8();
    direct.keywords["port"] = QByteArray::number(port);
    direct.pgbouncerHint = false;
    return direct;
}

constexpr quint16 serverPort = 5432;
constexpr quint16 bouncerPort = 6432;
constexpr quint16 supavisorPort = 6543;

} // namespace

QString roleId(EndpointRole role)
{
    return role == EndpointRole::Pooled ? u"pooled"_s : u"direct"_s;
}

QString roleName(EndpointRole role)
{
    return role == EndpointRole::Pooled ? tr("Pooled") : tr("Direct");
}

PoolEvidence poolEvidence(const ConnInfo &info)
{
    const QString host = info.host().toLower();
    const quint16 port = info.port();
    PoolEvidence found;
    QStringList reasons;
    const auto add = [&](bool holds, const QString &reason) {
        if (holds)
            reasons.append(reason);
    };
    add(port == bouncerPort || port == supavisorPort, tr("port %1").arg(port));
    add(info.pgbouncerHint, u"pgbouncer=true"_s);
    add(firstLabel(host).endsWith("-pooler"_L1), tr("a “-pooler” host"));
    const bool supabase = host.endsWith(".pooler.supabase.com"_L1);
    // Supabase's pooler answers on 5432 in session mode: a server connection belongs to one client
    // until it leaves.
    found.sessionMode = supabase && port == serverPort && !info.pgbouncerHint;
    add(supabase, found.sessionMode ? tr("a pooler in session mode") : u"pooler.supabase.com"_s);
    const bool named =
        host.contains("pgbouncer"_L1) || info.user().contains("pgbouncer"_L1, Qt::CaseInsensitive);
    add(named, tr("its name holds “pgbouncer”"));
    found.pooled = !reasons.isEmpty();
    found.reason = reasons.join(tr(" and "));
    return found;
}

std::optional<DerivedDirect> derivedDirect(const ConnInfo &pooled)
{
    const QString host = pooled.host();
    const QString label = firstLabel(host);
    if (label.endsWith("-pooler"_L1, Qt::CaseInsensitive)) {
        const QString direct = label.chopped(7) + host.sliced(label.size());
        return DerivedDirect{.info = withTarget(pooled, direct, serverPort),
                             .rule = tr("The host without “-pooler” is the direct one.")};
    }
    if (host.endsWith(".pooler.supabase.com"_L1, Qt::CaseInsensitive)) {
        const QString reference = pooled.user().section(u'.', 1);
        if (reference.isEmpty())
            return std::nullopt;
        ConnInfo direct = withTarget(pooled, u"db.%1.supabase.co"_s.arg(reference), serverPort);
        direct.keywords["user"] = pooled.user().section(u'.', 0, 0).toUtf8();
        return DerivedDirect{
            .info = direct,
            .rule = tr("Supabase names the direct host after the part of the user behind the dot; "
                       "it may need IPv6.")};
    }
    if (label.compare("pgbouncer"_L1, Qt::CaseInsensitive) == 0 && host.size() > label.size()) {
        return DerivedDirect{
            .info = withTarget(pooled, u"direct"_s + host.sliced(label.size()), serverPort),
            .rule = tr("The host beside “pgbouncer.” is called “direct.”.")};
    }
    if (pooled.port() == bouncerPort) {
        return DerivedDirect{
            .info = withTarget(pooled, host, serverPort),
            .rule = tr("Where PgBouncer runs beside the server, that listens on port 5432.")};
    }
    return std::nullopt;
}

} // namespace core
