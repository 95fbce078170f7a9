// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/savedway.h"

#include "core/pq/pgerror.h"
#include "core/session/hostlookup.h"

#include <QCoreApplication>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// For ssh's own end, once its port is shut.
constexpr std::chrono::milliseconds endPatience(2'000);

template<class Value> void give(const std::shared_ptr<QPromise<Value>> &promise, const Value &value)
{
    promise->addResult(value);
    promise->finish();
}

/// The last one to let go may be another thread.
void release(SavedWay *way)
{
    if (QThread::currentThread() == way->thread())
        std::default_delete<SavedWay>()(way);
    else
        way->deleteLater();
}

} // namespace

SavedWay::SavedWay(const SavedConnection &connection, const Endpoint &endpoint,
                   SecretKeeper *keeper, const SshSetup &setup)
    : m_wanted{.key = connection.id,
               .name = connection.name,
               .user = connection.user,
               .place = connPlace(endpoint.info.keywords),
               .inKeychain = connection.secret == SecretPlace::Keychain}
    , m_keywords(endpoint.keywords())
    , m_wantsSecret(connection.secret != SecretPlace::None)
    , m_keeper(keeper)
{
    if (!connection.ssh)
        return;
    m_tunnel = std::make_unique<SshTunnel>(TunnelTarget{.hop = *connection.ssh,
                                                        .host = endpoint.info.host(),
                                                        .port = endpoint.info.port()},
                                           setup, keeper);
    connect(m_tunnel.get(), &SshTunnel::failed, this, &SavedWay::tunnelEnded);
    connect(m_tunnel.get(), &SshTunnel::opened, this, [this] {
        for (const Promise &promise : std::exchange(m_waiting, {}))
            addPassword(promise);
    });
}

QFuture<Result<ConnKeywords>> SavedWay::open()
{
    auto promise = std::make_shared<QPromise<Result<ConnKeywords>>>();
    promise->start();
    QFuture<Result<ConnKeywords>> future = promise->future();
    QMetaObject::invokeMethod(this, [this, promise] {
        if (m_tunnel)
            openTunnel(promise);
        else
            addPassword(promise);
    });
    return future;
}

void SavedWay::openTunnel(const Promise &promise)
{
    m_waiting.push_back(promise);
    m_tunnel->open();
}

void SavedWay::tunnelEnded(const Error &error)
{
    for (const Promise &promise : std::exchange(m_waiting, {}))
        give(promise, Result<ConnKeywords>(std::unexpected(error)));
}

void SavedWay::addPassword(const Promise &promise)
{
    ConnKeywords keywords;
    if (m_tunnel) {
        // host keeps the real name, which is what TLS is checked against.
        keywords["hostaddr"_ba] = "127.0.0.1"_ba;
        keywords["port"_ba] = QByteArray::number(m_tunnel->localPort());
    }
    if (!m_wantsSecret || !m_keeper)
        return give(promise, Result<ConnKeywords>(keywords));
    m_keeper->get(m_wanted).then(
        this, [this, promise, keywords](const Result<QString> &secret) mutable {
            if (!secret)
                return give(promise, Result<ConnKeywords>(std::unexpected(secret.error())));
            m_lastSecret = *secret;
            if (!secret->isEmpty())
                keywords["password"_ba] = secret->toUtf8();
            give(promise, Result<ConnKeywords>(keywords));
        });
}

QFuture<Error> SavedWay::explain(const Error &error)
{
    auto promise = std::make_shared<QPromise<Error>>();
    promise->start();
    QFuture<Error> future = promise->future();
    QMetaObject::invokeMethod(this, [this, promise, error] {
        // Our own end of the tunnel refuses: ssh has ended, and we are about to hear why.
        const bool early = error.id == "connection.refused" && m_tunnel
                           && m_tunnel->state() == SshTunnel::State::Open;
        early ? tellOnceEnded(error, promise) : tell(error, promise);
    });
    return future;
}

void SavedWay::tell(const Error &error, const std::shared_ptr<QPromise<Error>> &promise)
{
    const Error found = explained(error);
    if (mayBeTls(found))
        explainTls(found, promise);
    else
        give(promise, found);
}

void SavedWay::tellOnceEnded(const Error &error, const std::shared_ptr<QPromise<Error>> &promise)
{
    auto *patience = new QTimer(this);
    patience->setSingleShot(true);
    connect(patience, &QTimer::timeout, this, [this, patience, error, promise] {
        patience->deleteLater();
        tell(error, promise);
    });
    connect(m_tunnel.get(), &SshTunnel::stateChanged, patience, [patience] { patience->start(0); });
    patience->start(endPatience);
}

/// libpq's sentences follow the user's language, and of a missing client certificate only the
/// server speaks.
bool SavedWay::mayBeTls(const Error &error) const
{
    return error.id == "connection.tls" || error.id == "connection.failed"
           || (error.id == "auth.refused" && m_keywords.contains("sslcert"_ba));
}

/// libpq says that the certificate was not accepted; one look at it tells why.
void SavedWay::explainTls(const Error &error, const std::shared_ptr<QPromise<Error>> &promise)
{
    TlsWanted wanted = TlsWanted::of(m_keywords);
    if (m_tunnel) {
        wanted.address = "127.0.0.1"_ba;
        wanted.port = m_tunnel->localPort();
    }
    if (!needsLookup(wanted.address))
        return probe(std::move(wanted), error, promise);
    lookUpHost(wanted.host, wanted.place)
        .then(this, [this, wanted, error, promise](const Result<QByteArrayList> &found) mutable {
            if (!found)
                return give(promise, error);
            wanted.address = found->front();
            probe(std::move(wanted), error, promise);
        });
}

void SavedWay::probe(TlsWanted wanted, const Error &error,
                     const std::shared_ptr<QPromise<Error>> &promise)
{
    probeTls(wanted).then(this, [error, promise](const Result<TlsFacts> &facts) {
        const bool better =
            !facts && facts.error().id.startsWith("tls.") && facts.error().id != "tls.handshake";
        give(promise, better ? facts.error() : error);
    });
}

Error SavedWay::explained(Error error)
{
    if (m_keeper && m_wantsSecret
        && (error.id == "auth.password" || error.id == "auth.passwordMissing")) {
        m_keeper->refused(m_wanted.key, m_lastSecret);
        error.advice = QCoreApplication::translate(
            "core::SavedWay", "Try again: you are asked for the password of %1 then.");
        error.advice = error.advice.arg(m_wanted.name);
    }
    if (!m_tunnel || error.kind == ErrorKind::Authentication)
        return error;
    if (const std::optional<Error> better = m_tunnel->takeChannelError())
        return *better;
    return error;
}

Result<Database> openableDatabase(const SavedConnection &connection, SecretKeeper *keeper,
                                  const SshSetup &setup)
{
    Result<Database> database = databaseOf(connection);
    if (!database)
        return database;
    for (std::optional<Endpoint> *endpoint : {&database->pooled, &database->direct}) {
        if (*endpoint) {
            auto way = std::make_unique<SavedWay>(connection, **endpoint, keeper, setup);
            (*endpoint)->way = std::shared_ptr<SavedWay>(way.release(), release);
        }
    }
    return database;
}

void addSavedDatabases(DatabaseSet &set, const std::vector<SavedConnection> &connections,
                       const QString &folder, SecretKeeper *keeper, const SshSetup &setup)
{
    for (const SavedConnection &connection : connections) {
        if (folder.isEmpty() || connection.folder != folder)
            continue;
        Result<Database> database = openableDatabase(connection, keeper, setup);
        if (!database)
            continue; // the store has said so
        if (std::ranges::contains(set.databases, database->name, &Database::name))
            database->name =
                QCoreApplication::translate("core::SavedWay", "%1 (saved)").arg(database->name);
        set.databases.push_back(std::move(*database));
    }
}

} // namespace core
