// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/poolerprobe.h"

#include "core/connect/sessionsetup.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Which connection reads next. Not strictly in turns: two servers that are lent in turns, too,
/// would always meet the same connection.
constexpr std::array order = {0, 1, 0, 0, 1, 1, 0, 1};
constexpr int turns = int(order.size());
/// After so long without an answer the first connection is asked whether it still gets one.
constexpr std::chrono::milliseconds patience(1'000);
/// Once could be chance: the second one's answer may be on its way to us.
constexpr int askedMeanwhile = 3;
constexpr std::chrono::milliseconds longest(5'000);
constexpr std::chrono::milliseconds limit(15'000);

RequestSpec smallRead()
{
    RequestSpec spec;
    // A pipeline ends its transaction in one go, which a pool in statement mode does not notice.
    spec.frame = Frame::Guarded;
    spec.statements = {{.sql = "SELECT name FROM pg_catalog.pg_prepared_statements "
                               "WHERE name LIKE 'PGBOUNCER\\_%' LIMIT 1"}};
    spec.statementTimeout = longest;
    return spec;
}

} // namespace

Result<std::unique_ptr<PoolerProbe>> PoolerProbe::create(const Endpoint &endpoint,
                                                         const TrustToken &token)
{
    if (const Result<> agreed = checkTrust(endpoint, token); !agreed)
        return std::unexpected(agreed.error());
    return std::unique_ptr<PoolerProbe>(new PoolerProbe(endpoint));
}

PoolerProbe::PoolerProbe(const Endpoint &endpoint)
{
    m_facts.address = endpoint.info;
    SessionConfig config = sessionConfig(endpoint);
    config.pooled = true; // whatever it looks like: that is the question
    config.stallTimeout = longest;
    m_facts.askedName = config.keywords["application_name"_ba];
    for (std::unique_ptr<SessionThread> &session : m_sessions)
        session = std::make_unique<SessionThread>(config);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &PoolerProbe::askFirstAgain);
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, &PoolerProbe::giveUp);
    for (std::size_t at = 0; at < m_sessions.size(); ++at)
        connect(m_sessions[at].get(), &SessionThread::connected, this,
                [this, at](const ServerInfo &info) {
                    m_announced[at] = info.announcedPid;
                    if (at > 0)
                        return;
                    m_facts.announcedPid = info.announcedPid;
                    m_facts.reports = info.reports;
                });
}

PoolerProbe::~PoolerProbe()
{
    for (std::unique_ptr<Request> &request : m_requests) {
        if (request && !request->isFinished())
            request->drop(); // a pooler ignores the cancel of who waits for a server
    }
}

void PoolerProbe::start()
{
    m_limit.start(limit);
    read(0);
}

void PoolerProbe::read(int connection)
{
    const auto at = std::size_t(connection);
    std::unique_ptr<Request> &request = m_requests[at];
    if (request)
        request.release()->deleteLater(); // it may be its signal that we are called by
    request.reset(m_sessions[at]->send(smallRead()));
    connect(request.get(), &Request::chunkReady, this, [this](int, const ChunkPtr &chunk) {
        for (int row = 0; row < chunk->rowCount(); ++row)
            m_facts.preparedNames.append(chunk->cell(row, 0).toByteArray());
    });
    connect(request.get(), &Request::finished, this,
            [this, connection](const Result<Summary> &outcome) { take(connection, outcome); });
    // Not while it connects: that takes as long as it takes.
    if (connection == 1 && m_turns == 1)
        connect(request.get(), &Request::started, this, [this] { m_patience.start(patience); });
}

void PoolerProbe::take(int connection, const Result<Summary> &outcome)
{
    if (m_ended)
        return;
    if (!outcome) {
        if (outcome.error().server)
            m_facts.errors.push_back(*outcome.error().server);
        const PoolerFinding finding = poolerKind(m_facts);
        // Who may not log in is told that, and not what refused it.
        const bool refused = outcome.error().kind == ErrorKind::Authentication;
        const bool told = !refused && finding.kind != PoolerKind::None
                          && (!m_facts.errors.empty() || !m_facts.transactions.empty());
        return end(told ? Result<PoolerFinding>(finding) : std::unexpected(outcome.error()));
    }
    m_facts.transactions.push_back({.connection = connection,
                                    .backend = outcome->backendPid,
                                    .announced = m_announced[std::size_t(connection)]});
    emit progressed(std::min(int(m_facts.transactions.size()), turns), turns);
    if (connection == 0 && m_askedAgain > 0 && !m_requests[1]->isFinished()) {
        // Served at once although another one has been waiting for longer: the server is ours.
        m_facts.waitedForIdle = m_askedAgain >= askedMeanwhile;
        return m_facts.waitedForIdle ? end(poolerKind(m_facts)) : askFirstAgain();
    }
    if (connection == 1)
        m_patience.stop();
    next();
}

void PoolerProbe::next()
{
    if (m_askedAgain > 0 && (!m_requests[0]->isFinished() || !m_requests[1]->isFinished()))
        return;
    if (++m_turns >= turns)
        return end(poolerKind(m_facts));
    read(order[std::size_t(m_turns)]);
}

void PoolerProbe::askFirstAgain()
{
    ++m_askedAgain;
    read(0);
}

void PoolerProbe::giveUp()
{
    if (!m_facts.transactions.empty())
        return end(poolerKind(m_facts));
    end(failure(ErrorKind::Timeout, "pooler.busy"_ba,
                tr("No server connection of the pooler became free."),
                m_facts.address.host() + u':' + QString::number(m_facts.address.port()),
                tr("Try it again when it is less busy.")));
}

void PoolerProbe::end(const Result<PoolerFinding> &outcome)
{
    m_ended = true;
    m_patience.stop();
    m_limit.stop();
    for (std::unique_ptr<Request> &request : m_requests) {
        if (request && !request->isFinished())
            request->drop();
    }
    for (const std::unique_ptr<SessionThread> &session : m_sessions)
        session->close();
    emit finished(outcome);
}

} // namespace core
