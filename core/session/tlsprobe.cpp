// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/tlsprobe.h"

#include "core/base/plugins.h"
#include "core/pq/connsecurity.h"
#include "core/pq/keyword.h"
#include "core/pq/pgerror.h"

#include <QLocale>
#include <QPluginLoader>
#include <QPromise>
#include <QThread>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Length 8 and the code 80877103 (manual, "Message Formats").
constexpr std::array<char, 8> sslRequest = {0, 0, 0, 8, 0x04, char(0xd2), 0x16, 0x2f};

/// Mapped at the first call and kept; null where the program was installed without it.
TlsSocketFactory *sockets()
{
    const QString file = pluginFile(u"sluice_tls"_s);
    if (file.isEmpty())
        return nullptr;
    QPluginLoader loader(file);
    loader.setLoadHints(QLibrary::PreventUnloadHint);
    return qobject_cast<TlsSocketFactory *>(loader.instance());
}

} // namespace

TlsWanted TlsWanted::of(const ConnKeywords &keywords)
{
    const auto text = [&keywords](const QByteArray &key) {
        return QString::fromUtf8(keyword(keywords, key));
    };
    const QByteArray host = keyword(keywords, "host"_ba);
    return {.host = host,
            .address = host,
            .port = keyword(keywords, "port"_ba).toUShort(),
            .sslMode = keyword(keywords, "sslmode"_ba),
            .rootCert = text("sslrootcert"_ba),
            .clientCert = text("sslcert"_ba),
            .clientKey = text("sslkey"_ba),
            .place = connPlace(keywords)};
}

TlsProbe::TlsProbe(TlsWanted wanted, QObject *parent)
    : QObject(parent)
    , m_wanted(std::move(wanted))
    , m_deadline(this)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { end(std::unexpected(connectTimeoutError(m_wanted.place))); });
}

TlsProbe::~TlsProbe() = default;

std::chrono::microseconds TlsProbe::elapsed() const
{
    return std::chrono::microseconds(m_clock.nsecsElapsed() / 1000);
}

Error TlsProbe::error(const QByteArray &id, const QString &message, const QString &advice) const
{
    Error error;
    error.kind = ErrorKind::Connection;
    error.id = id;
    error.message = message;
    error.place = m_wanted.place;
    error.advice = advice;
    error.sessionLost = true;
    return error;
}

Result<> TlsProbe::prepare()
{
    TlsSocketFactory *factory = sockets();
    if (!factory) {
        Error missing = error("plugin.missing"_ba,
                              tr("The part of Sluice that looks at certificates is missing."),
                              tr("Install Sluice anew."));
        missing.kind = ErrorKind::Local;
        return std::unexpected(missing);
    }
    m_socket = factory->create({.connected = [this] { ask(); },
                                .readyRead = [this] { readAnswer(); },
                                .encrypted = [this] { finishHandshake(); },
                                .failed = [this](TlsSocket::Fault fault) { failSocket(fault); }});
    if (m_wanted.sslMode == "disable")
        return {};
    const QString roots = m_wanted.rootCert == "system"_L1 ? QString() : m_wanted.rootCert;
    switch (m_socket->setUp({.peerName = QString::fromUtf8(m_wanted.host),
                             .rootCert = roots,
                             .clientCert = m_wanted.clientCert,
                             .clientKey = m_wanted.clientKey})) {
    case TlsSocket::BadFile::RootCert:
        return std::unexpected(
            error("tls.rootCert"_ba,
                  tr("The file of authorities holds no certificate: %1").arg(m_wanted.rootCert),
                  tr("Choose the file of the authority (PEM), or leave it to the system.")));
    case TlsSocket::BadFile::Client:
        return std::unexpected(error("tls.clientCert"_ba,
                                     tr("The client certificate or its key cannot be read: %1, %2")
                                         .arg(m_wanted.clientCert, m_wanted.clientKey),
                                     tr("Choose the certificate and its key, both as PEM.")));
    case TlsSocket::BadFile::None:
        break;
    }
    return {};
}

void TlsProbe::start()
{
    if (const Result<> prepared = prepare(); !prepared) {
        QMetaObject::invokeMethod(
            this, [this, prepared] { end(std::unexpected(prepared.error())); },
            Qt::QueuedConnection);
        return;
    }
    // Behind the reading of the system's authorities, which is this machine's own time.
    m_clock.start();
    m_deadline.start(m_wanted.timeout);
    m_socket->connectTo(m_wanted.address, m_wanted.port);
}

void TlsProbe::ask()
{
    if (m_asked || m_ended)
        return;
    m_asked = true;
    emit connected(elapsed());
    if (m_wanted.sslMode == "disable")
        return end(TlsFacts{});
    m_clock.restart();
    m_socket->write(QByteArray(sslRequest.data(), sslRequest.size()));
}

void TlsProbe::readAnswer()
{
    if (m_ended || m_socket->isEncrypting())
        return;
    // One byte and no more: what follows it in clear text did not come from the server
    // (CVE-2021-23222).
    const QByteArray answer = m_socket->read(1);
    if (answer.isEmpty())
        return;
    emit answered(elapsed());
    m_clock.restart();
    if (answer == "S" && m_socket->bytesAvailable() == 0) {
        m_socket->startEncryption();
        return;
    }
    if (answer == "N" && sslModeRank(m_wanted.sslMode) < sslModeRank("require"_ba))
        return end(TlsFacts{});
    if (answer == "N") {
        return end(std::unexpected(error(
            "tls.notOffered"_ba, tr("The server offers no TLS, and this connection requires it."),
            tr("Switch TLS on at the server; only if the way there is safe, choose a lower TLS "
               "mode for this host."))));
    }
    end(std::unexpected(error("tls.handshake"_ba,
                              tr("What answers there does not speak PostgreSQL's protocol."),
                              tr("Check host and port."))));
}

std::optional<Error> TlsProbe::verdict(const TlsSight &seen) const
{
    // libpq checks the chain in mode require too once it was given authorities.
    const bool givenRoots = !m_wanted.rootCert.isEmpty();
    const bool wantsChain = sslModeRank(m_wanted.sslMode) >= sslModeRank("verify-ca"_ba)
                            || (m_wanted.sslMode == "require" && givenRoots);
    if (!wantsChain)
        return std::nullopt;
    const QString names = seen.names.join(u", "_s);
    const QString until = QLocale().toString(seen.until.toLocalTime(), QLocale::ShortFormat);
    if (seen.expired)
        return error("tls.expired"_ba, tr("The server's certificate expired on %1.").arg(until),
                     tr("Whoever runs the server has to renew it."));
    if (seen.notYetValid)
        return error("tls.notYetValid"_ba, tr("The server's certificate is not valid yet."),
                     tr("Check the clocks of this machine and of the server."));
    if (!seen.trusted)
        return error("tls.unknownAuthority"_ba,
                     tr("The server's certificate is signed by %1, which is not known here.")
                         .arg(seen.issuer.isEmpty() ? tr("an unnamed authority") : seen.issuer),
                     tr("If it is yours, choose the authority's file (sslrootcert)."));
    if (!seen.nameMatches && m_wanted.sslMode == "verify-full")
        return error("tls.wrongName"_ba,
                     tr("The server's certificate is for %1, not for %2.")
                         .arg(names, QString::fromUtf8(m_wanted.host)),
                     tr("Enter the host by a name of the certificate, or ask who runs it."));
    return std::nullopt;
}

void TlsProbe::finishHandshake()
{
    const TlsSight seen = m_socket->sight();
    if (const std::optional<Error> fault = verdict(seen))
        return end(std::unexpected(*fault));
    end(TlsFacts{.encrypted = true,
                 .protocol = seen.protocol,
                 .issuer = seen.issuer,
                 .names = seen.names,
                 .until = seen.until,
                 .trusted = seen.trusted,
                 .nameMatches = seen.nameMatches});
}

void TlsProbe::failSocket(TlsSocket::Fault fault)
{
    if (m_ended)
        return;
    switch (fault) {
    case TlsSocket::Fault::Refused:
        return end(
            std::unexpected(error("connection.refused"_ba, tr("Nothing answers at this address."),
                                  tr("Check that the server runs, and its port."))));
    case TlsSocket::Fault::TimedOut:
        return end(std::unexpected(connectTimeoutError(m_wanted.place)));
    case TlsSocket::Fault::Closed:
        return end(std::unexpected(
            error("connection.closed"_ba, tr("The other side closed the connection."),
                  tr("Check host and port; a server may also be starting or stopping."))));
    case TlsSocket::Fault::Handshake:
        return end(std::unexpected(error(
            "tls.handshake"_ba,
            tr("No encrypted connection could be made: %1").arg(m_socket->errorString()),
            tr("Check the TLS versions that both sides allow, and the client certificate."))));
    case TlsSocket::Fault::Unreachable:
        return end(std::unexpected(
            error("connection.unreachable"_ba,
                  tr("There is no way to this host from here: %1").arg(m_socket->errorString()),
                  tr("Check the network, or a VPN that it may need."))));
    }
}

void TlsProbe::end(const Result<TlsFacts> &result)
{
    if (m_ended)
        return;
    m_ended = true;
    m_deadline.stop();
    const std::chrono::microseconds handshake =
        m_clock.isValid() ? elapsed() : std::chrono::microseconds(0);
    if (m_socket)
        m_socket->abort();
    emit finished(result, handshake);
}

QFuture<Result<TlsFacts>> probeTls(const TlsWanted &wanted)
{
    auto promise = std::make_shared<QPromise<Result<TlsFacts>>>();
    QFuture<Result<TlsFacts>> future = promise->future();
    promise->start();
    QThread *thread = std::make_unique<QThread>().release();
    TlsProbe *probe = std::make_unique<TlsProbe>(wanted).release();
    probe->moveToThread(thread);
    QObject::connect(thread, &QThread::started, probe, &TlsProbe::start);
    QObject::connect(probe, &TlsProbe::finished, probe,
                     [promise, probe](const Result<TlsFacts> &facts) {
                         promise->addResult(facts);
                         promise->finish();
                         probe->thread()->quit();
                     });
    QObject::connect(thread, &QThread::finished, probe, &QObject::deleteLater);
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
    return future;
}

} // namespace core
