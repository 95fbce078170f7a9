// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/servercheck.h"

#include "core/connect/budget.h"
#include "core/doctor/rules_p.h"
#include "core/pq/quoting.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::ServerCheck)
};

using Level = Finding::Level;

constexpr int oldestServer = 140'000;
constexpr int newestServer = 190'000;
constexpr auto clockTolerance = 30s;
constexpr auto veryLong = 5min;
constexpr qint64 muchLog = qint64(1024) * 1024 * 1024;

Fix seeWho()
{
    return doctor::seeActivity(Text::tr("See who it is."));
}

/// Collects findings of one database.
class Findings
{
public:
    explicit Findings(const Database &database)
        : m_database(database.name)
    {
    }

    Finding &add(const char *id, Level level, const QString &sentence, const QString &detail = {})
    {
        m_all.push_back({.id = id,
                         .level = level,
                         .database = m_database,
                         .sentence = sentence,
                         .detail = detail});
        return m_all.back();
    }
    [[nodiscard]] std::vector<Finding> take() { return std::move(m_all); }

private:
    QString m_database;
    std::vector<Finding> m_all;
};

/// What was found out before, or what one connection shows.
PoolerFinding poolerAt(const Endpoint &endpoint, const ServerFacts &facts,
                       const PoolerFindings &known)
{
    const PoolerFinding *found = known.of(endpoint);
    if (found && (found->kind != PoolerKind::None || !facts.info.showsPooler()))
        return *found;
    if (!facts.info.showsPooler())
        return {};
    PoolerFinding seen = poolerKind({.address = endpoint.info,
                                     .announcedPid = facts.info.announcedPid,
                                     .reports = facts.info.reports,
                                     .transactions = {{.backend = facts.info.backendPid}}});
    seen.evidence = Text::tr("Another server process serves than the one that was announced.");
    return seen;
}

void addHidden(const Endpoint &endpoint, const PoolerFinding &seen, Findings &findings)
{
    Finding &found = findings.add(
        "pooler.hidden", Level::Warning,
        Text::tr("The address is taken for direct, but %1 answers.").arg(poolerText(seen)),
        seen.evidence + u' '
            + Text::tr("Migrations, dumps and LISTEN need an address without a pooler."));
    if (const std::optional<DerivedDirect> derived = derivedDirect(endpoint.info))
        found.fixes = {{.sentence = derived->rule, .text = u"DIRECT_URL="_s + derived->info.url()}};
    else
        found.fixes = {{.sentence = Text::tr("Set DIRECT_URL to the server's own address.")}};
}

void checkPooler(const Endpoint &endpoint, const ServerFacts &facts, const PoolerFindings &known,
                 Findings &findings)
{
    const bool declared = endpoint.role == EndpointRole::Pooled;
    const PoolerFinding seen = poolerAt(endpoint, facts, known);
    const Standing standing = standingOf(endpoint, known);
    const bool isThere = seen.kind != PoolerKind::None;
    if (isThere && standing == Standing::StatementPooler) {
        findings
            .add("pooler.statementMode", Level::Problem,
                 Text::tr("%1 answers: it allows no transactions.").arg(poolerName(seen)),
                 poolerConsequence(seen))
            .fixes = {{.sentence = Text::tr("Let it run in transaction mode."),
                       .text = u"pool_mode = transaction"_s}};
    } else if (isThere && standing == Standing::SessionPooler) {
        findings.add("pooler.sessionMode", Level::Ok,
                     Text::tr("%1 answers, which keeps what a session holds.")
                         .arg(poolerName({.kind = seen.kind, .mode = PoolMode::Session})),
                     sessionModeLimit());
    } else if (isThere && declared) {
        findings.add("pooler.asDeclared", Level::Ok,
                     Text::tr("%1 answers, as declared.").arg(poolerName(seen)));
    } else if (isThere) {
        addHidden(endpoint, seen, findings);
    } else if (declared) {
        findings.add("pooler.notSeen", Level::Note,
                     Text::tr("The address is taken for pooled, and no pooler shows itself."),
                     standing == Standing::NoPoolerSeen && !seen.evidence.isEmpty()
                         ? seen.evidence
                         : Text::tr("Some poolers cannot be told from a server. It is used with "
                                    "the care that a pooled address needs."));
    }
}

void checkTls(const Endpoint &endpoint, const ServerFacts &facts, Findings &findings)
{
    const HostClass host = classifyHost(endpoint.info.host());
    if (facts.info.encrypted) {
        findings.add("tls.encrypted", Level::Ok, Text::tr("The connection is encrypted."));
    } else if (host == HostClass::Public) {
        findings
            .add("tls.none", Level::Problem,
                 Text::tr("The connection is not encrypted, over a public network."))
            .fixes = {{.sentence = Text::tr("Ask for encryption in the address."),
                       .text = u"sslmode=require"_s}};
    } else if (host == HostClass::Private) {
        findings.add("tls.none", Level::Note,
                     Text::tr("The connection is not encrypted; the host is of a private range."));
    }
}

void checkVersion(const ServerFacts &facts, Findings &findings)
{
    const QString version = QString::fromUtf8(facts.info.versionText);
    if (facts.info.version < oldestServer) {
        findings
            .add("server.version", Level::Problem,
                 Text::tr("PostgreSQL %1 is older than what is supported (14).").arg(version),
                 Text::tr("It gets no corrections any more."))
            .fixes = {{.sentence = Text::tr("Upgrade the server.")}};
    } else if (facts.info.version >= newestServer) {
        findings.add("server.version", Level::Note,
                     Text::tr("PostgreSQL %1 is newer than what was tested (18).").arg(version));
    } else {
        findings.add("server.version", Level::Ok, Text::tr("PostgreSQL %1.").arg(version));
    }
}

void checkRole(const ServerFacts &facts, Findings &findings)
{
    if (facts.info.superuser)
        findings
            .add("role.superuser", Level::Warning,
                 Text::tr("“%1” is a superuser: read-only is a promise then, not a wall.")
                     .arg(facts.activity.role),
                 Text::tr("A superuser can write files and run programs on the server from "
                          "inside a read-only transaction."))
            .fixes = {{.sentence = Text::tr("Use a role that has only the rights it needs.")}};
    if (!facts.writesByDefault)
        findings.add(
            "role.readOnly", Level::Note,
            Text::tr("Sessions of “%1” are read-only by default.").arg(facts.activity.role));
    if (!facts.activity.seesAll)
        findings
            .add("activity.partly", Level::Note,
                 Text::tr("What other roles do is not visible to “%1”.").arg(facts.activity.role),
                 Text::tr("Checks of sessions below know its own ones only."))
            .fixes = {{.sentence = Text::tr("Let it look, as an administrator."),
                       .text = u"GRANT pg_read_all_stats TO %1;"_s.arg(
                           doctor::sqlName(facts.activity.role))}};
}

void checkUse(const char *id, const QString &whose, int used, int most, Findings &findings)
{
    const int percent = most > 0 ? used * 100 / most : 100;
    const Level level = used >= most - 1 ? Level::Problem
                        : percent >= 80  ? Level::Warning
                                         : Level::Ok;
    Finding &found = findings.add(
        id, level,
        Text::tr("%1: %2 of %3 in use.").arg(whose, QString::number(used), QString::number(most)));
    if (level != Level::Ok)
        found.fixes = {
            seeWho(),
            {.sentence = Text::tr("Give each process a smaller pool, or put a pooler between.")}};
}

void checkLimits(const ServerFacts &facts, Findings &findings)
{
    const ConnectionLimits &limits = facts.activity.limits;
    checkUse("limits.server", Text::tr("Connections of the server"), limits.used,
             limits.most - limits.reserved, findings);
    if (limits.mostOfRole >= 0)
        checkUse("limits.role", Text::tr("Connections of “%1”").arg(facts.activity.role),
                 limits.usedByRole, limits.mostOfRole, findings);
    if (limits.mostOfDatabase >= 0)
        checkUse("limits.database",
                 Text::tr("Connections of the database “%1”").arg(facts.activity.database),
                 limits.usedByDatabase, limits.mostOfDatabase, findings);
}

void checkClock(const ServerFacts &facts, Findings &findings)
{
    const auto off = std::chrono::abs(facts.clockAhead);
    if (off > clockTolerance + facts.roundTrip)
        findings
            .add("server.clock", Level::Warning,
                 facts.clockAhead.count() > 0
                     ? Text::tr("The server's clock is %1 ahead of this machine's.")
                           .arg(activityDuration(off))
                     : Text::tr("The server's clock is %1 behind this machine's.")
                           .arg(activityDuration(off)),
                 Text::tr("Times that the application makes and those of now() do not fit "
                          "together."))
            .fixes = {{.sentence = Text::tr("Let both follow a time server.")}};
    else
        findings.add("server.clock", Level::Ok,
                     Text::tr("Clocks agree. Time zone of sessions: %1.").arg(facts.timeZone));
}

/// "21044 (api-worker), 21045"
QString namesOf(const std::vector<const ActivitySession *> &sessions)
{
    QStringList names;
    for (const ActivitySession *session : sessions) {
        if (names.size() == 3) {
            names << u"…"_s;
            break;
        }
        names << (session->application.isEmpty()
                      ? QString::number(session->pid)
                      : u"%1 (%2)"_s.arg(QString::number(session->pid), session->application));
    }
    return names.join(", "_L1);
}

void checkSessions(const ServerFacts &facts, Findings &findings)
{
    using State = ActivitySession::State;
    std::vector<const ActivitySession *> forgotten;
    std::vector<const ActivitySession *> slow;
    std::vector<const ActivitySession *> blocked;
    for (const ActivitySession &session : facts.activity.sessions) {
        const bool open =
            session.state == State::IdleInTransaction || session.state == State::Failed;
        if (open && session.inState >= longTransaction)
            forgotten.push_back(&session);
        if (session.state == State::Active && session.kind == "client backend"_L1
            && session.inState >= veryLong)
            slow.push_back(&session);
        if (session.isBlocked())
            blocked.push_back(&session);
    }
    if (!forgotten.empty())
        findings
            .add("activity.idleInTransaction", Level::Warning,
                 Text::tr("%n sessions keep a transaction open and do nothing.", nullptr,
                          int(forgotten.size())),
                 Text::tr("Their locks stay, and vacuum cannot clean up behind them: %1.")
                     .arg(namesOf(forgotten)))
            .fixes = {seeWho()};
    if (!slow.empty())
        findings
            .add("activity.long", Level::Note,
                 Text::tr("%n statements run for more than 5 minutes.", nullptr, int(slow.size())),
                 namesOf(slow))
            .fixes = {seeWho()};
    if (!blocked.empty())
        findings
            .add("activity.blocked", Level::Warning,
                 Text::tr("%n sessions wait for a lock.", nullptr, int(blocked.size())),
                 namesOf(blocked))
            .fixes = {seeWho()};
    if (forgotten.empty() && slow.empty() && blocked.empty())
        findings.add("activity.quiet", Level::Ok,
                     Text::tr("No session waits for a lock or keeps a transaction open."));
}

void checkPrepared(const ServerFacts &facts, Findings &findings)
{
    if (facts.activity.preparedTransactions == 0 || facts.activity.oldestPrepared < veryLong)
        return;
    findings
        .add("server.preparedTransactions", Level::Warning,
             Text::tr("%n prepared transactions were left over.", nullptr,
                      facts.activity.preparedTransactions),
             Text::tr("The oldest is %1 old. They hold their locks for ever, also over a "
                      "restart.")
                 .arg(activityDuration(facts.activity.oldestPrepared)))
        .fixes = {{.sentence = Text::tr("Commit or roll back each, as its owner."),
                   .text = u"SELECT gid, prepared, owner, database FROM pg_prepared_xacts;"_s}};
}

void checkSlots(const ServerFacts &facts, Findings &findings)
{
    for (const SlotFacts &slot : facts.walSlots) {
        const bool lost = slot.walStatus == "lost"_L1 || slot.walStatus == "unreserved"_L1;
        if (slot.active || (slot.heldBytes < muchLog && !lost))
            continue;
        findings
            .add("slots.holding", lost ? Level::Problem : Level::Warning,
                 lost ? Text::tr("The replication slot “%1” has lost what it needs.").arg(slot.name)
                      : Text::tr("The replication slot “%1” is read by nobody and holds %2 of "
                                 "log.")
                            .arg(slot.name,
                                 QLocale().formattedDataSize(slot.heldBytes, 1,
                                                             QLocale::DataSizeTraditionalFormat)),
                 Text::tr("The server keeps all log from its place on, until the disk is full."))
            .fixes = {{.sentence = Text::tr("Start its reader again, or drop it if nobody needs it "
                                            "any more."),
                       .text = u"SELECT pg_drop_replication_slot(%1);"_s.arg(QString::fromUtf8(
                           quotedLiteral(QStringView(slot.name)).value_or(QByteArray())))}};
    }
}

} // namespace

std::vector<Finding> checkEndpoint(const Database &database, const Endpoint &endpoint,
                                   const Result<ServerFacts> &facts, const PoolerFindings &poolers)
{
    Findings findings(database);
    if (!facts) {
        Failure failure;
        failure.error = facts.error();
        failure.database = &database;
        failure.endpoint = &endpoint;
        if (const PoolerFinding *found = poolers.of(endpoint))
            failure.pooler = *found;
        Finding failed = findingOf("connect.failed"_ba, failure);
        failed.where = endpoint.source.text();
        return {failed};
    }
    findings
        .add("connect.ok", Level::Ok,
             Text::tr("%1: connected to %2 as “%3”.")
                 .arg(roleName(endpoint.role), endpoint.info.host(), endpoint.info.user()))
        .where = endpoint.source.text();
    checkPooler(endpoint, *facts, poolers, findings);
    checkTls(endpoint, *facts, findings);
    return findings.take();
}

std::optional<Finding> checkBudget(const Database &database, const ServerFacts &facts,
                                   const PoolSettings &settings)
{
    const PoolHints hints = poolHints(database.pooled ? *database.pooled : database.any());
    const ConnectionLimits &limits = facts.activity.limits;
    PoolPlan plan;
    plan.size = settings.size ? settings.size : hints.size;
    plan.processes = settings.processes.value_or(1);
    plan.extras = settings.extras.value_or(0);
    plan.timeout = hints.timeout;
    plan.sizeSource = settings.size ? u"sluice.toml"_s : hints.source;
    plan.maxConnections = limits.most;
    plan.reserved = limits.reserved;
    plan.planLimit = settings.planLimit;
    plan.inUse = limits.used;
    plan.pooled = database.pooled.has_value();
    plan.poolerSize = settings.poolerSize;
    if (!plan.size)
        return {};
    const PoolVerdict verdict = judgePool(plan);
    using State = PoolVerdict::State;
    const bool bad = verdict.state == State::Tight || verdict.state == State::Exceeds;
    Finding finding{.id = "pool.budget"_ba,
                    .level = bad                               ? Level::Warning
                             : verdict.state == State::Unknown ? Level::Note
                                                               : Level::Ok,
                    .database = database.name,
                    .sentence = Text::tr("Pools: %1.").arg(verdict.sum),
                    .detail = verdict.reason,
                    .where = plan.sizeSource};
    if (verdict.sum.isEmpty())
        finding.sentence = verdict.reason;
    if (!verdict.advice.isEmpty())
        finding.fixes = {{.sentence = verdict.advice}};
    return finding;
}

std::vector<Finding> checkServer(const Database &database, const ServerFacts &facts)
{
    Findings findings(database);
    checkVersion(facts, findings);
    checkRole(facts, findings);
    checkLimits(facts, findings);
    checkClock(facts, findings);
    checkSessions(facts, findings);
    checkPrepared(facts, findings);
    checkSlots(facts, findings);
    return findings.take();
}

} // namespace core
