// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/connectiontest.h"

#include "core/pq/keyword.h"
#include "core/pq/pgerror.h"
#include "core/session/hostlookup.h"

#include <QLocale>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString text(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

} // namespace

ConnectionTest::ConnectionTest(SavedConnection connection, SecretKeeper *keeper, SshSetup setup,
                               QObject *parent)
    : QObject(parent)
    , m_connection(std::move(connection))
    , m_keeper(keeper)
    , m_setup(std::move(setup))
{
    plan();
}

ConnectionTest::~ConnectionTest()
{
    m_thread.quit();
    m_thread.wait();
}

void ConnectionTest::setPassword(const QString &password)
{
    m_password = password;
}

QString ConnectionTest::stepId(TestStep step)
{
    constexpr std::array names = {"ssh"_L1,   "dns"_L1,    "tcp"_L1,    "tls"_L1,
                                  "login"_L1, "pooler"_L1, "server"_L1, "twin"_L1};
    return names[std::size_t(step)];
}

QString ConnectionTest::stateId(StepReport::State state)
{
    constexpr std::array names = {"waiting"_L1, "running"_L1, "passed"_L1, "unseen"_L1,
                                  "failed"_L1};
    return names[std::size_t(state)];
}

void ConnectionTest::plan()
{
    SavedConnection tried = m_connection;
    if (tried.name.trimmed().isEmpty())
        tried.name = tr("this connection"); // a form may be tried before it has a name
    const Result<Database> database = databaseOf(tried);
    if (!database) {
        m_invalid = database.error();
        m_steps.push_back({.step = TestStep::Dns, .title = tr("Address")});
        return;
    }
    m_first = database->direct ? database->direct : database->pooled;
    if (database->direct && database->pooled)
        m_twin = database->pooled;
    const auto add = [this](TestStep step, const QString &title, const QString &fact) {
        m_steps.push_back({.step = step, .title = title, .fact = fact});
    };
    const QString host = m_first->info.host();
    if (m_first->ssh)
        add(TestStep::Ssh, tr("ssh: tunnel to %1").arg(m_first->ssh->text()),
            tr("by your own ssh"));
    add(TestStep::Dns, host.isEmpty() ? tr("DNS") : tr("DNS: %1").arg(host),
        tr("asks for the addresses of the name"));
    add(TestStep::Tcp, tr("TCP: port %1").arg(m_first->info.port()), tr("knocks at the port"));
    add(TestStep::Tls, tr("TLS"), tr("looks at the certificate"));
    add(TestStep::Authentication, tr("Authentication"),
        m_first->info.user().isEmpty() ? tr("logs in")
                                       : tr("logs in as %1").arg(m_first->info.user()));
    add(TestStep::Pooler, tr("Pooler?"), tr("asks twice and compares server processes"));
    add(TestStep::Server, tr("Server"), tr("version, role, superuser, read-only"));
    if (m_twin)
        add(TestStep::Twin,
            tr("Pooled twin: %1:%2").arg(m_twin->info.host()).arg(m_twin->info.port()),
            tr("logs in there too"));
}

StepReport *ConnectionTest::find(TestStep step)
{
    const auto found = std::ranges::find(m_steps, step, &StepReport::step);
    return found == m_steps.end() ? nullptr : &*found;
}

void ConnectionTest::changed(TestStep step)
{
    if (const StepReport *report = find(step))
        emit stepChanged(int(report - m_steps.data()));
}

void ConnectionTest::begin(TestStep step)
{
    m_clock.start();
    if (StepReport *report = find(step))
        report->state = StepReport::State::Running;
    changed(step);
}

void ConnectionTest::pass(TestStep step, const QString &fact, StepReport::State state)
{
    StepReport *report = find(step);
    if (!report)
        return;
    report->state = state;
    report->fact = fact;
    if (state == StepReport::State::Passed && report->took.count() == 0)
        report->took = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    changed(step);
}

void ConnectionTest::fail(TestStep step, const Error &error)
{
    if (!m_running)
        return;
    if (StepReport *report = find(step)) {
        report->state = StepReport::State::Failed;
        report->fact = error.message;
        report->error = error;
        report->took = std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
    }
    changed(step);
    end(false);
}

void ConnectionTest::end(bool passed)
{
    if (!std::exchange(m_running, false))
        return;
    if (m_session)
        m_session->close();
    if (m_twinSession)
        m_twinSession->close();
    if (m_probe)
        m_probe->disconnect(this);
    m_thread.quit();
    for (const std::unique_ptr<SshTunnel> *tunnel : {&m_tunnel, &m_twinTunnel}) {
        if (*tunnel)
            (*tunnel)->close();
    }
    emit finished(passed);
}

void ConnectionTest::start()
{
    if (m_running)
        return;
    m_running = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_invalid)
                fail(TestStep::Dns, *m_invalid);
            else if (m_first->ssh)
                openTunnel();
            else
                lookUp();
        },
        Qt::QueuedConnection);
}

void ConnectionTest::cancel()
{
    for (StepReport &report : m_steps) {
        if (report.state == StepReport::State::Running) {
            report.state = StepReport::State::Waiting;
            changed(report.step);
        }
    }
    end(false);
}

void ConnectionTest::openTunnel()
{
    begin(TestStep::Ssh);
    m_tunnel = std::make_unique<SshTunnel>(TunnelTarget{.hop = *m_first->ssh,
                                                        .host = m_first->info.host(),
                                                        .port = m_first->info.port()},
                                           m_setup, m_keeper);
    connect(m_tunnel.get(), &SshTunnel::failed, this,
            [this](const Error &error) { fail(TestStep::Ssh, error); });
    connect(m_tunnel.get(), &SshTunnel::opened, this, [this] {
        const QString fact = m_tunnel->fact();
        find(TestStep::Ssh)->took = // ssh's, not the person's who answered it
            std::chrono::microseconds(m_clock.nsecsElapsed() / 1000) - m_tunnel->waited();
        pass(TestStep::Ssh, fact.isEmpty() ? tr("The tunnel is open") : fact);
        pass(TestStep::Dns,
             tr("Left to %1; its answer cannot be seen from here").arg(m_first->ssh->host),
             StepReport::State::Unseen);
        m_addresses = {"127.0.0.1"_ba};
        tryAddress();
    });
    m_tunnel->open();
}

void ConnectionTest::lookUp()
{
    const QByteArray host = keyword(m_first->info.keywords, "host"_ba);
    if (classifyHost(text(host)) == HostClass::Socket) {
        for (const TestStep step : {TestStep::Dns, TestStep::Tcp, TestStep::Tls})
            pass(step, tr("Not needed: a local socket"), StepReport::State::Unseen);
        return fetchPassword();
    }
    if (!needsLookup(host)) {
        pass(TestStep::Dns, tr("An address, nothing to look up"), StepReport::State::Unseen);
        m_addresses = {host};
        return tryAddress();
    }
    begin(TestStep::Dns);
    lookUpHost(host, connPlace(m_first->info.keywords))
        .then(this, [this](const Result<QByteArrayList> &found) {
            if (!m_running)
                return;
            if (!found)
                return fail(TestStep::Dns, found.error());
            m_addresses = *found;
            pass(TestStep::Dns, text(found->join(", "_ba)));
            tryAddress();
        });
}

/// The first of the addresses that answers, as libpq does.
void ConnectionTest::tryAddress()
{
    begin(TestStep::Tcp);
    TlsWanted wanted = TlsWanted::of(m_first->keywords());
    wanted.address = m_addresses[m_address];
    if (m_tunnel)
        wanted.port = m_tunnel->localPort();
    auto probe = std::make_unique<TlsProbe>(wanted);
    TlsProbe *raw = probe.get();
    probe->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, raw, &QObject::deleteLater);
    const auto seen = [this](bool byServer, std::chrono::microseconds after) {
        if (!m_running || m_tcpSeen || (m_tunnel && !byServer))
            return;
        m_tcpSeen = true;
        find(TestStep::Tcp)->took = after;
        pass(TestStep::Tcp, m_tunnel ? tr("Answered, through the tunnel")
                                     : tr("Answered at %1").arg(text(m_addresses[m_address])));
        begin(TestStep::Tls);
    };
    connect(raw, &TlsProbe::connected, this,
            [seen](std::chrono::microseconds after) { seen(false, after); });
    connect(raw, &TlsProbe::answered, this,
            [seen](std::chrono::microseconds after) { seen(true, after); });
    connect(raw, &TlsProbe::finished, this, &ConnectionTest::probeFinished);
    m_probe = probe.release();
    m_thread.start();
    QMetaObject::invokeMethod(raw, &TlsProbe::start, Qt::QueuedConnection);
}

Error ConnectionTest::throughTunnel(const Error &error, SshTunnel *tunnel)
{
    return tunnel ? tunnel->takeChannelError().value_or(error) : error;
}

void ConnectionTest::probeFinished(const Result<TlsFacts> &facts, std::chrono::microseconds took)
{
    if (!m_running)
        return;
    if (!facts && facts.error().id.startsWith("tls.")) // of files, perhaps before anything was sent
        return fail(TestStep::Tls, facts.error());
    if (!facts && !m_tcpSeen && m_address + 1 < m_addresses.size()) {
        ++m_address;
        return tryAddress();
    }
    if (!facts && !m_tcpSeen)
        return fail(TestStep::Tcp, throughTunnel(facts.error(), m_tunnel.get()));
    if (!facts)
        return fail(TestStep::Tls, throughTunnel(facts.error(), m_tunnel.get()));
    if (!m_tcpSeen) // without TLS nobody speaks before the login
        pass(TestStep::Tcp, tr("Not seen from here: the tunnel's own end answered"),
             StepReport::State::Unseen);
    StepReport *tls = find(TestStep::Tls);
    if (!facts->encrypted) {
        pass(TestStep::Tls, tr("Not encrypted, as this connection allows"),
             StepReport::State::Unseen);
        return fetchPassword();
    }
    tls->title = facts->protocol;
    tls->took = took;
    const QString until =
        QLocale().toString(facts->until.toLocalTime().date(), QLocale::LongFormat);
    const QString issuer = facts->issuer.isEmpty() ? tr("an unnamed authority") : facts->issuer;
    const bool checked = keyword(m_first->keywords(), "sslmode"_ba).startsWith("verify"_ba);
    QStringList clauses{issuer};
    clauses << (facts->nameMatches ? tr("name matches") : tr("for another name"));
    if (!facts->trusted)
        clauses << tr("authority not known here");
    clauses << tr("until %1").arg(until);
    if (!checked)
        clauses << tr("not checked in this TLS mode");
    pass(TestStep::Tls, clauses.join(u", "_s));
    fetchPassword();
}

void ConnectionTest::fetchPassword()
{
    if (m_password || !m_keeper || m_connection.secret == SecretPlace::None)
        return logIn();
    m_keeper
        ->get({.key = m_connection.id,
               .name = m_connection.name,
               .user = m_connection.user,
               .place = connPlace(m_first->info.keywords),
               .inKeychain = m_connection.secret == SecretPlace::Keychain})
        .then(this, [this](const Result<QString> &found) {
            if (!m_running)
                return;
            if (!found)
                return fail(TestStep::Authentication, found.error());
            m_password = *found;
            logIn();
        });
}

SessionConfig ConnectionTest::config(const Endpoint &endpoint) const
{
    SessionConfig config;
    config.keywords = endpoint.keywords();
    config.pooled = endpoint.role == EndpointRole::Pooled;
    if (m_password && !m_password->isEmpty())
        config.keywords["password"_ba] = m_password->toUtf8();
    return config;
}

void ConnectionTest::logIn()
{
    begin(TestStep::Authentication);
    SessionConfig config = this->config(*m_first);
    if (!m_addresses.isEmpty())
        config.keywords["hostaddr"_ba] = m_addresses[m_address];
    if (m_tunnel)
        config.keywords["port"_ba] = QByteArray::number(m_tunnel->localPort());
    m_session = std::make_unique<SessionThread>(config);
    connect(m_session.get(), &SessionThread::connectFailed, this, [this](const Error &error) {
        if (!m_running)
            return;
        Error found = throughTunnel(error, m_tunnel.get());
        found.place = connPlace(m_first->info.keywords);
        if (decodedPassword())
            found.advice = tr("The password holds “%”, as in a URL. Was its decoded form meant?");
        if (m_keeper && m_password && found.id == "auth.password")
            m_keeper->refused(m_connection.id, *m_password);
        fail(found.id == "connection.tls" ? TestStep::Tls : TestStep::Authentication, found);
    });
    connect(m_session.get(), &SessionThread::connected, this, &ConnectionTest::loggedIn);
    m_session->open();
}

void ConnectionTest::loggedIn(const ServerInfo &info)
{
    if (!m_running || find(TestStep::Authentication)->state == StepReport::State::Passed)
        return;
    pass(TestStep::Authentication, tr("%1 is let in").arg(m_first->info.user()));
    begin(TestStep::Pooler);
    RequestSpec spec;
    spec.statements = {{.sql = "select 1"_ba}};
    m_request.reset(m_session->send(spec));
    connect(
        m_request.get(), &Request::finished, this, [this, info](const Result<Summary> &outcome) {
            if (!m_running)
                return;
            if (!outcome)
                return fail(TestStep::Pooler, throughTunnel(outcome.error(), m_tunnel.get()));
            const int second = outcome->backendPid;
            const bool pooler = info.showsPooler() || (second != 0 && second != info.backendPid);
            pass(TestStep::Pooler,
                 pooler ? tr("Yes: another server process answers than the one announced")
                        : tr("None seen: one server process answered both times"));
            describeServer(info);
        });
}

void ConnectionTest::describeServer(const ServerInfo &info)
{
    QStringList clauses{tr("PostgreSQL %1").arg(text(info.versionText.split(' ').first()))};
    clauses << (info.superuser ? tr("superuser: read-only cannot stop everything")
                               : tr("no superuser"));
    clauses << (info.inRecovery ? tr("a standby, read-only by itself") : tr("takes writes"));
    if (!info.encrypted && classifyHost(m_first->info.host()) == HostClass::Public)
        clauses << tr("not encrypted");
    pass(TestStep::Server, clauses.join(u", "_s));
    if (m_twin)
        tryTwin();
    else
        end(true);
}

void ConnectionTest::tryTwin()
{
    begin(TestStep::Twin);
    const auto connectTwin = [this] {
        SessionConfig config = this->config(*m_twin);
        if (m_twinTunnel) {
            config.keywords["hostaddr"_ba] = "127.0.0.1"_ba;
            config.keywords["port"_ba] = QByteArray::number(m_twinTunnel->localPort());
        }
        m_twinSession = std::make_unique<SessionThread>(config);
        connect(m_twinSession.get(), &SessionThread::connectFailed, this,
                [this](const Error &error) {
                    Error found = throughTunnel(error, m_twinTunnel.get());
                    found.place = connPlace(m_twin->info.keywords);
                    fail(TestStep::Twin, found);
                });
        connect(m_twinSession.get(), &SessionThread::connected, this,
                [this](const ServerInfo &info) {
                    if (!m_running)
                        return;
                    pass(TestStep::Twin,
                         info.announcedPid != info.backendPid
                             ? tr("A pooler, as entered")
                             : tr("Let in; no pooler was seen, it may be in session mode"));
                    end(true);
                });
        m_twinSession->open();
    };
    if (!m_twin->ssh)
        return connectTwin();
    m_twinTunnel = std::make_unique<SshTunnel>(
        TunnelTarget{.hop = *m_twin->ssh, .host = m_twin->info.host(), .port = m_twin->info.port()},
        m_setup, m_keeper);
    connect(m_twinTunnel.get(), &SshTunnel::failed, this,
            [this](const Error &error) { fail(TestStep::Twin, error); });
    connect(m_twinTunnel.get(), &SshTunnel::opened, this, connectTwin);
    m_twinTunnel->open();
}

std::optional<QString> ConnectionTest::decodedPassword() const
{
    static const QRegularExpression percent(u"%[0-9A-Fa-f]{2}"_s);
    if (!m_password || !percent.match(*m_password).hasMatch())
        return std::nullopt;
    return QUrl::fromPercentEncoding(m_password->toUtf8());
}

} // namespace core
