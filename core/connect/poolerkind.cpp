// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/poolerkind.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <set>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::PoolerKind", text);
}

/// PID_MAX_LIMIT of Linux: a process has no larger number.
constexpr int largestPid = 4'194'304;
/// So often has each of two connections to keep its own server process before that is more than
/// chance: an idle pool hands out the connection that came back last.
constexpr qsizetype turnsForSession = 4;

/// What a pooler says itself. Texts of PgBouncer 1.24 (its binary), Supavisor (its lib/errors), RDS
/// Proxy (reports of its users).
struct Saying {
    QLatin1StringView text;
    PoolerKind kind;
    PoolMode mode;
    QLatin1StringView sqlState; ///< empty = any
};
constexpr std::array sayings = {
    Saying{"transaction blocks not allowed in statement pooling mode"_L1, PoolerKind::PgBouncer,
           PoolMode::Statement, "08P01"_L1},
    Saying{"query_wait_timeout"_L1, PoolerKind::PgBouncer, PoolMode::Unknown, "08P01"_L1},
    Saying{"query_timeout"_L1, PoolerKind::PgBouncer, PoolMode::Unknown, "08P01"_L1},
    Saying{"client_idle_timeout"_L1, PoolerKind::PgBouncer, PoolMode::Unknown, "08P01"_L1},
    Saying{"idle transaction timeout"_L1, PoolerKind::PgBouncer, PoolMode::Unknown, "08P01"_L1},
    Saying{"server conn crashed?"_L1, PoolerKind::PgBouncer, PoolMode::Unknown, "08P01"_L1},
    Saying{"unsupported startup parameter"_L1, PoolerKind::PgBouncer, PoolMode::Unknown,
           "08P01"_L1},
    Saying{"no more connections allowed (max_client_conn)"_L1,
           PoolerKind::PgBouncer,
           PoolMode::Unknown,
           {}},
    Saying{"bouncer config error"_L1, PoolerKind::PgBouncer, PoolMode::Unknown, {}},
    Saying{"RDS Proxy"_L1, PoolerKind::RdsProxy, PoolMode::Transaction, {}},
    Saying{"(ESETNOTALLOWED)"_L1, PoolerKind::Supavisor, PoolMode::Transaction, "XX000"_L1},
    Saying{"(EMAXCLIENTSESSION)"_L1, PoolerKind::Supavisor, PoolMode::Session, "XX000"_L1},
    Saying{"in Session mode"_L1, PoolerKind::Supavisor, PoolMode::Session, "XX000"_L1},
    Saying{"in Transaction mode"_L1, PoolerKind::Supavisor, PoolMode::Transaction, "XX000"_L1},
    Saying{"Tenant or user not found"_L1, PoolerKind::Supavisor, PoolMode::Unknown, "XX000"_L1},
};

/// "(ECHECKOUTTIMEOUT) …", as Supavisor begins each of its own.
bool hasSupavisorCode(const ServerReport &report)
{
    const QString &message = report.message;
    const qsizetype end = message.indexOf(u')');
    if (report.sqlState != "XX000" || !message.startsWith("(E"_L1) || end < 4)
        return false;
    return std::ranges::all_of(message.sliced(1, end - 1),
                               [](QChar c) { return c >= u'A' && c <= u'Z'; });
}

PoolerFinding bySaying(const std::vector<ServerReport> &errors)
{
    for (const ServerReport &report : errors) {
        for (const Saying &saying : sayings) {
            const bool state =
                saying.sqlState.isEmpty() || report.sqlState == QByteArrayView(saying.sqlState);
            if (state && report.message.contains(saying.text))
                return {saying.kind, saying.mode, tr("It said “%1”.").arg(report.message)};
        }
        if (hasSupavisorCode(report))
            return {PoolerKind::Supavisor, PoolMode::Unknown,
                    tr("It said “%1”.").arg(report.message)};
    }
    return {};
}

PoolerFinding byGreeting(const PoolerFacts &facts)
{
    const auto name = facts.reports.find("application_name");
    if (name != facts.reports.end() && name->second == "Supavisor"
        && facts.askedName != "Supavisor")
        return {PoolerKind::Supavisor, PoolMode::Unknown,
                tr("It calls the connection “Supavisor”, whatever name was asked for.")};
    const auto ofPgBouncer = [](const QByteArray &prepared) {
        return prepared.startsWith("PGBOUNCER_");
    };
    if (std::ranges::any_of(facts.preparedNames, ofPgBouncer))
        return {PoolerKind::PgBouncer, PoolMode::Unknown,
                tr("The server process holds prepared statements that PgBouncer named.")};
    return {};
}

bool isRdsProxy(const QString &host)
{
    const bool amazon =
        host.endsWith(".rds.amazonaws.com"_L1) || host.endsWith(".rds.amazonaws.com.cn"_L1);
    return amazon && host.contains(".proxy-"_L1);
}

/// Hosts that a platform's pooler has to itself: no server answers under such a name.
bool isPlatformPooler(const QString &host)
{
    return isRdsProxy(host) || host.endsWith(".pooler.supabase.com"_L1)
           || (host.section(u'.', 0, 0).endsWith("-pooler"_L1) && host.endsWith(".neon.tech"_L1));
}

PoolerFinding byAddress(const ConnInfo &info)
{
    const PoolEvidence evidence = poolEvidence(info);
    const QString host = info.host().toLower();
    const QString sentence = tr("Its address says so: %1.").arg(evidence.reason);
    if (isRdsProxy(host))
        return {PoolerKind::RdsProxy, PoolMode::Transaction,
                tr("Its address says so: a host of RDS Proxy.")};
    if (host.endsWith(".pooler.supabase.com"_L1))
        return {PoolerKind::Supavisor,
                evidence.sessionMode ? PoolMode::Session : PoolMode::Transaction, sentence};
    if (host.section(u'.', 0, 0).endsWith("-pooler"_L1) && host.endsWith(".neon.tech"_L1))
        return {PoolerKind::Neon, PoolMode::Transaction, sentence};
    if (info.port() == 6543)
        return {PoolerKind::Supavisor, PoolMode::Transaction, sentence};
    if (evidence.pooled)
        return {PoolerKind::PgBouncer, PoolMode::Unknown, sentence};
    return {};
}

PoolerFinding byProcess(const PoolerFacts &facts)
{
    if (facts.announcedPid == 0 || facts.transactions.empty())
        return {};
    const int backend = facts.transactions.front().backend;
    if (backend == 0 || backend == facts.announcedPid)
        return {};
    // PgBouncer fills the number with chance, of which one in a thousand is a process's.
    if (facts.announcedPid < 1 || facts.announcedPid > largestPid)
        return {PoolerKind::PgBouncer, PoolMode::Unknown,
                tr("It announced a process number that no process can have.")};
    return {PoolerKind::Other, PoolMode::Unknown,
            tr("Another server process answers than the one that was announced.")};
}

struct Turns {
    qsizetype connections = 0;
    qsizetype fewest = 0;   ///< transactions of the connection that had the fewest
    bool wandering = false; ///< a connection had two server processes
    bool shared = false;    ///< two connections had the same
};

Turns turnsOf(const std::vector<PoolerFacts::Transaction> &transactions)
{
    std::map<int, std::set<int>> byConnection;
    std::map<int, std::set<int>> byBackend;
    std::map<int, qsizetype> counts;
    for (const PoolerFacts::Transaction &one : transactions) {
        byConnection[one.connection].insert(one.backend);
        byBackend[one.backend].insert(one.connection);
        ++counts[one.connection];
    }
    const auto several = [](const auto &entry) { return entry.second.size() > 1; };
    Turns turns;
    turns.connections = qsizetype(byConnection.size());
    turns.wandering = std::ranges::any_of(byConnection, several);
    turns.shared = std::ranges::any_of(byBackend, several);
    if (!counts.empty())
        turns.fewest = std::ranges::min_element(counts, {}, [](const auto &entry) {
                           return entry.second;
                       })->second;
    return turns;
}

/// The mode by what the connections met; evidence for that alone.
PoolerFinding byTurns(const PoolerFacts &facts)
{
    const Turns turns = turnsOf(facts.transactions);
    if (turns.wandering)
        return {PoolerKind::Other, PoolMode::Transaction,
                tr("Two transactions of one connection ran in two server processes.")};
    if (turns.shared)
        return {PoolerKind::Other, PoolMode::Transaction,
                tr("Two connections that were both open took turns in one server process.")};
    if (facts.waitedForIdle)
        return {PoolerKind::Other, PoolMode::Session,
                tr("A second connection had to wait while the first one was idle.")};
    if (turns.connections > 1 && turns.fewest >= turnsForSession)
        return {PoolerKind::Other, PoolMode::Session,
                tr("Each connection kept a server process of its own.")};
    return {};
}

/// Each of two connections kept the very process that was announced to it. A pooler that lends its
/// servers cannot promise that; one in session mode that hands the server's number on looks alike.
bool isServedAsAnnounced(const PoolerFacts &facts)
{
    const auto kept = [](const PoolerFacts::Transaction &transaction) {
        return transaction.announced != 0 && transaction.announced == transaction.backend;
    };
    const Turns turns = turnsOf(facts.transactions);
    return turns.connections > 1 && turns.fewest >= turnsForSession && !turns.wandering
           && !turns.shared && std::ranges::all_of(facts.transactions, kept);
}

PoolerFinding likeAServer(const PoolerFacts &facts)
{
    const QString kept =
        tr("Each connection kept the server process that was announced to it, as with a server.");
    const PoolEvidence evidence = poolEvidence(facts.address);
    if (!evidence.pooled)
        return {.evidence = kept};
    return {.evidence =
                tr("Its address speaks of a pooler (%1).").arg(evidence.reason) + u' ' + kept};
}

} // namespace

PoolerFinding poolerKind(const PoolerFacts &facts)
{
    const bool itself = bySaying(facts.errors).kind != PoolerKind::None
                        || byGreeting(facts).kind != PoolerKind::None;
    if (!itself && isServedAsAnnounced(facts) && !isPlatformPooler(facts.address.host().toLower()))
        return likeAServer(facts);
    PoolerFinding found;
    for (const PoolerFinding &finding :
         {bySaying(facts.errors), byGreeting(facts), byAddress(facts.address), byProcess(facts)}) {
        if (finding.kind == PoolerKind::None)
            continue;
        // "Something" is no better name than the one that there is.
        if (found.kind == PoolerKind::None)
            found = finding;
        else if (found.mode == PoolMode::Unknown && finding.kind == found.kind)
            found.mode = finding.mode;
    }
    const PoolerFinding turns = byTurns(facts);
    // Direct connections keep their processes too: that alone speaks of no pooler.
    if (found.kind == PoolerKind::None && turns.mode != PoolMode::Transaction)
        return found;
    if (turns.mode == PoolMode::Unknown || found.mode == PoolMode::Statement)
        return found;
    if (found.kind == PoolerKind::None)
        return turns;
    if (found.mode != turns.mode)
        found.evidence = (found.evidence + u' ' + turns.evidence).trimmed();
    found.mode = turns.mode;
    found.onlyOne = turns.mode == PoolMode::Session && facts.waitedForIdle;
    return found;
}

QString poolerKindId(PoolerKind kind)
{
    switch (kind) {
    case PoolerKind::None:
        return u"none"_s;
    case PoolerKind::PgBouncer:
        return u"pgbouncer"_s;
    case PoolerKind::Supavisor:
        return u"supavisor"_s;
    case PoolerKind::Neon:
        return u"neon"_s;
    case PoolerKind::RdsProxy:
        return u"rdsProxy"_s;
    case PoolerKind::Other:
        break;
    }
    return u"other"_s;
}

QString poolModeId(PoolMode mode)
{
    switch (mode) {
    case PoolMode::Unknown:
        return u"unknown"_s;
    case PoolMode::Session:
        return u"session"_s;
    case PoolMode::Transaction:
        return u"transaction"_s;
    case PoolMode::Statement:
        break;
    }
    return u"statement"_s;
}

namespace {

QString nameOf(PoolerKind kind)
{
    switch (kind) {
    case PoolerKind::None:
        return tr("no pooler");
    case PoolerKind::PgBouncer:
        return u"PgBouncer"_s;
    case PoolerKind::Supavisor:
        return u"Supavisor"_s;
    case PoolerKind::Neon:
        return tr("Neon's pooler");
    case PoolerKind::RdsProxy:
        return u"RDS Proxy"_s;
    case PoolerKind::Other:
        break;
    }
    return tr("a pooler");
}

} // namespace

QString poolerText(const PoolerFinding &finding)
{
    const QString name = nameOf(finding.kind);
    switch (finding.mode) {
    case PoolMode::Unknown:
        break;
    case PoolMode::Session:
        return tr("%1 in session mode").arg(name);
    case PoolMode::Transaction:
        return tr("%1 in transaction mode").arg(name);
    case PoolMode::Statement:
        return tr("%1 in statement mode").arg(name);
    }
    return name;
}

QString poolerName(const PoolerFinding &finding)
{
    QString text = poolerText(finding);
    text[0] = text[0].toUpper();
    return text;
}

QString poolerConsequence(const PoolerFinding &finding)
{
    switch (finding.mode) {
    case PoolMode::Session:
        return sessionModeLimit();
    case PoolMode::Statement:
        return tr("It allows no transaction that lasts, so no SQL of yours can run through it: "
                  "give the folder a direct address, or a pool in transaction mode.");
    case PoolMode::Transaction:
        return tr("What a session keeps (SET, temporary tables, LISTEN, session locks) lasts one "
                  "transaction there.");
    case PoolMode::Unknown:
        break;
    }
    return finding.kind == PoolerKind::None
               ? QString()
               : tr("It is used with the care that a pooler in transaction mode needs.");
}

QString sessionModeLimit()
{
    return tr("A pooler in session mode keeps a session's state, but lends as many connections as "
              "its pool holds, hands each on with its settings, and passes no replication "
              "connection through.");
}

} // namespace core
