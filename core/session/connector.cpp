// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/connector.h"

#include "core/pq/pgerror.h"
#include "core/session/connectionway.h"
#include "core/session/hostlookup.h"
#include "core/session/sessionerrors.h"

#include <QLocale>
#include <QSocketNotifier>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

constexpr auto firstPause = 100ms;
constexpr auto longestPause = 2000ms;

void setDefault(ConnKeywords &keywords, const QByteArray &key, const QByteArray &value)
{
    keywords.try_emplace(key, value);
}

/// The caller's keywords and what every connection of ours has. Nothing is left to libpq's files in
/// the home folder, and Kerberos, which talks to its server while the thread waits, is only for who
/// asked for it.
ConnKeywords completed(const SessionConfig &config, const QByteArrayList &addresses)
{
    ConnKeywords keywords = config.keywords;
    keywords["client_encoding"_ba] = "UTF8"_ba;
    setDefault(keywords, "application_name"_ba, "sluice"_ba);
    setDefault(keywords, "passfile"_ba, "/dev/null"_ba);
    setDefault(keywords, "gssencmode"_ba, "disable"_ba);
    if (!keywords.contains("sslcert"_ba))
        setDefault(keywords, "sslcertmode"_ba, "disable"_ba);
    setDefault(keywords, "keepalives_idle"_ba, "30"_ba);
    setDefault(keywords, "keepalives_interval"_ba, "10"_ba);
    setDefault(keywords, "keepalives_count"_ba, "3"_ba);
    setDefault(keywords, "tcp_user_timeout"_ba, "30000"_ba);
    if (config.pooled)
        keywords.erase("options"_ba); // PgBouncer refuses it, or drops it without a word
    if (!addresses.isEmpty()) {
        // host keeps the name for TLS and messages; libpq pairs both lists item by item.
        const QByteArrayList names(addresses.size(), keywords["host"_ba]);
        keywords["host"_ba] = names.join(',');
        keywords["hostaddr"_ba] = addresses.join(',');
    }
    return keywords;
}

PgConnHandle startConnecting(const ConnKeywords &keywords)
{
    std::vector<const char *> names;
    std::vector<const char *> values;
    for (const auto &[name, value] : keywords) {
        names.push_back(name.constData());
        values.push_back(value.constData());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    // expand_dbname 0: a database name with '=' in it must not become a connection string.
    return PgConnHandle(PQconnectStartParams(names.data(), values.data(), 0));
}

} // namespace

Connector::Connector(const SessionConfig &config, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_place(connPlace(config.keywords))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { m_notReady ? end(m_notReady) : timeOut(); });
    m_share.setSingleShot(true);
    connect(&m_share, &QTimer::timeout, this, &Connector::leaveAddress);
    m_patience.setSingleShot(true);
    m_patience.setInterval(config.startupPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] { end(m_notReady); });
    m_again.setSingleShot(true);
    m_again.setInterval(firstPause);
    connect(&m_again, &QTimer::timeout, this, [this] {
        m_deadline.start(m_config.connectTimeout);
        begin(m_addresses);
    });
}

Connector::~Connector()
{
    unwatch();
}

void Connector::start()
{
    QMetaObject::invokeMethod(this, &Connector::openWay, Qt::QueuedConnection);
    if (!m_config.way)
        m_deadline.start(m_config.connectTimeout);
}

void Connector::openWay()
{
    if (!m_config.way)
        return lookUp();
    m_config.way->open().then(this, [this](const Result<ConnKeywords> &found) {
        if (!found) {
            m_ended = true;
            return fail(found.error());
        }
        for (const auto &[name, value] : *found)
            m_config.keywords[name] = value;
        m_deadline.start(m_config.connectTimeout);
        lookUp();
    });
}

void Connector::lookUp()
{
    const auto host = m_config.keywords.find("host"_ba);
    const auto known = m_config.keywords.find("hostaddr"_ba);
    if (known != m_config.keywords.end() && known->second.contains(',')) {
        begin(known->second.split(','));
        return;
    }
    if (known != m_config.keywords.end() || host == m_config.keywords.end()
        || !needsLookup(host->second)) {
        begin({});
        return;
    }
    lookUpHost(host->second, m_place).then(this, [this](const Result<QByteArrayList> &addresses) {
        if (m_ended)
            return;
        if (addresses)
            begin(*addresses);
        else
            end(addresses.error());
    });
}

void Connector::begin(const QByteArrayList &addresses)
{
    m_addresses = addresses;
    m_tried.clear();
    connectTo(addresses);
}

void Connector::connectTo(const QByteArrayList &addresses)
{
    m_left = addresses;
    m_current.clear();
    m_conn = startConnecting(completed(m_config, addresses));
    if (!m_conn || PQstatus(m_conn.get()) == CONNECTION_BAD) {
        refuse(connectError(m_conn.get(), m_place));
        return;
    }
    prepareForErrors(m_conn.get());
    watch(PGRES_POLLING_WRITING);
    giveShare();
}

/// libpq goes to the next address by itself where one refuses, and waits for ever where one is
/// silent: connect_timeout is a matter of its blocking functions.
void Connector::giveShare()
{
    const QByteArray address(PQhostaddr(m_conn.get()));
    const qsizetype at = m_left.indexOf(address);
    const bool isLast = at < 0 || at + 1 == m_left.size();
    if (isLast || PQstatus(m_conn.get()) != CONNECTION_STARTED) {
        m_share.stop();
        m_current.clear();
    } else if (address != m_current) {
        m_current = address;
        m_share.start(m_deadline.remainingTimeAsDuration() / (m_left.size() - at));
    }
}

void Connector::leaveAddress()
{
    unwatch();
    noteFailedBefore(m_current);
    m_tried.append(tr("%1 did not answer").arg(QString::fromLatin1(m_current)));
    connectTo(m_left.sliced(m_left.indexOf(m_current) + 1));
}

/// Those that libpq has gone past itself.
void Connector::noteFailedBefore(const QByteArray &address)
{
    const qsizetype at = m_left.indexOf(address);
    if (at <= 0)
        return;
    const QString names = QString::fromLatin1(m_left.first(at).join(", "));
    QString reason = connectError(m_conn.get(), m_place).message;
    if (reason.endsWith(u'.'))
        reason.chop(1);
    m_tried.append(u"%1: %2"_s.arg(names, reason));
}

void Connector::timeOut()
{
    Error error = connectTimeoutError(m_place);
    error.message =
        tr("The server did not answer within %1 s.")
            .arg(QLocale().toString(double(m_config.connectTimeout.count()) / 1000.0, 'g', 3));
    if (m_conn)
        noteFailedBefore(PQhostaddr(m_conn.get()));
    end(error);
}

/// Other addresses may have failed for another reason.
Error Connector::withTried(Error error) const
{
    const bool isLocal =
        !error.server && (error.kind == ErrorKind::Connection || error.kind == ErrorKind::Timeout);
    if (m_tried.isEmpty() || !isLocal)
        return error;
    error.advice =
        tr("Tried before, of the same name: %1.").arg(m_tried.join("; "_L1)) + u' ' + error.advice;
    return error;
}

void Connector::poll()
{
    unwatch(); // PQconnectPoll may close this socket and open another
    const PostgresPollingStatusType status = PQconnectPoll(m_conn.get());
    if (status == PGRES_POLLING_OK)
        return end(std::nullopt);
    if (status == PGRES_POLLING_FAILED)
        return refuse(connectError(m_conn.get(), m_place));
    watch(status);
    giveShare();
}

void Connector::watch(PostgresPollingStatusType waiting)
{
    const auto direction =
        waiting == PGRES_POLLING_READING ? QSocketNotifier::Read : QSocketNotifier::Write;
    m_notifier.reset(new QSocketNotifier(PQsocket(m_conn.get()), direction, this));
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Connector::poll);
}

void Connector::unwatch()
{
    if (m_notifier)
        m_notifier->setEnabled(false);
    m_notifier.reset();
}

void Connector::refuse(const Error &error)
{
    if (error.id != "connection.notReady"_ba) {
        end(error);
        return;
    }
    m_notReady = error;
    m_conn.reset();
    m_deadline.stop();
    m_share.stop();
    if (!m_patience.isActive())
        m_patience.start();
    m_again.start();
    m_again.setInterval(
        std::min<std::chrono::milliseconds>(m_again.intervalAsDuration() * 2, longestPause));
    emit waiting(startingNote(error, m_patience.remainingTimeAsDuration()));
}

void Connector::end(const std::optional<Error> &error)
{
    if (m_ended)
        return;
    m_ended = true;
    m_deadline.stop();
    m_share.stop();
    m_patience.stop();
    m_again.stop();
    unwatch();
    if (!error) {
        emit connected();
        return;
    }
    m_conn.reset();
    const Error told = withTried(*error);
    if (!m_config.way)
        return fail(told);
    m_config.way->explain(told).then(this, [this](const Error &explained) { fail(explained); });
}

void Connector::fail(const Error &error)
{
    emit failed(error);
}

} // namespace core
