// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/tlsprobe.h"

#include "core/pq/connsecurity.h"
#include "core/pq/keyword.h"
#include "core/pq/pgerror.h"

#include <QFile>
#include <QHostAddress>
#include <QLocale>
#include <QPromise>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QThread>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Length 8 and the code 80877103 (manual, "Message Formats").
constexpr std::array<char, 8> sslRequest = {0, 0, 0, 8, 0x04, char(0xd2), 0x16, 0x2f};

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return u"TLS"_s;
    }
}

QString nameOf(const QSslCertificate &certificate, bool issuer)
{
    for (const auto part : {QSslCertificate::CommonName, QSslCertificate::Organization}) {
        const QStringList texts =
            issuer ? certificate.issuerInfo(part) : certificate.subjectInfo(part);
        if (!texts.isEmpty() && !texts.first().isEmpty())
            return texts.first();
    }
    return {};
}

Result<QByteArray> fileContent(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return file.read(qint64(1) << 20);
    return failure(ErrorKind::Local, "file.unreadable"_ba, file.errorString(), path);
}

/// libpq takes RSA, EC and Ed25519 keys; QSslKey has to be told which.
QSslKey keyOf(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        QSslKey key(pem, algorithm);
        if (!key.isNull())
            return key;
    }
    return {};
}

bool isName(const QSslError &error)
{
    return error.error() == QSslError::HostNameMismatch;
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
    , m_socket(this)
    , m_deadline(this)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { end(std::unexpected(connectTimeoutError(m_wanted.place))); });
    connect(&m_socket, &QAbstractSocket::connected, this, &TlsProbe::ask);
    connect(&m_socket, &QIODevice::readyRead, this, &TlsProbe::readAnswer);
    connect(&m_socket, &QSslSocket::encrypted, this, &TlsProbe::finishHandshake);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &TlsProbe::failSocket);
    connect(&m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        m_errors = errors; // judged when the handshake is over, with all facts at hand
        m_socket.ignoreSslErrors();
    });
}

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
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    if (m_wanted.sslMode == "disable")
        return {};
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!m_wanted.rootCert.isEmpty() && m_wanted.rootCert != "system"_L1) {
        const QList<QSslCertificate> roots = QSslCertificate::fromPath(
            m_wanted.rootCert, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        if (roots.isEmpty()) {
            return std::unexpected(
                error("tls.rootCert"_ba,
                      tr("The file of authorities holds no certificate: %1").arg(m_wanted.rootCert),
                      tr("Choose the file of the authority (PEM), or leave it to the system.")));
        }
        configuration.setCaCertificates(roots);
    } else {
        configuration.setCaCertificates(QSslConfiguration::systemCaCertificates());
    }
    if (!m_wanted.clientCert.isEmpty()) {
        const QList<QSslCertificate> chain = QSslCertificate::fromPath(
            m_wanted.clientCert, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
        const Result<QByteArray> pem = fileContent(m_wanted.clientKey);
        if (chain.isEmpty() || !pem || pem->isEmpty()) {
            return std::unexpected(
                error("tls.clientCert"_ba,
                      tr("The client certificate or its key cannot be read: %1, %2")
                          .arg(m_wanted.clientCert, m_wanted.clientKey),
                      tr("Choose the certificate and its key, both as PEM.")));
        }
        configuration.setLocalCertificateChain(chain);
        configuration.setPrivateKey(keyOf(*pem));
    }
    m_socket.setSslConfiguration(configuration);
    m_socket.setPeerVerifyName(QString::fromUtf8(m_wanted.host));
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
    m_socket.connectToHost(QHostAddress(QString::fromLatin1(m_wanted.address)), m_wanted.port);
}

void TlsProbe::ask()
{
    if (m_asked || m_ended)
        return;
    m_asked = true;
    emit connected(elapsed());
    if (m_wanted.sslMode == "disable") {
        m_socket.abort();
        return end(TlsFacts{});
    }
    m_clock.restart();
    m_socket.write(sslRequest.data(), sslRequest.size());
}

void TlsProbe::readAnswer()
{
    if (m_ended || m_socket.mode() != QSslSocket::UnencryptedMode)
        return;
    // One byte and no more: what follows it in clear text did not come from the server
    // (CVE-2021-23222).
    const QByteArray answer = m_socket.read(1);
    if (answer.isEmpty())
        return;
    emit answered(elapsed());
    m_clock.restart();
    if (answer == "S" && m_socket.bytesAvailable() == 0) {
        m_socket.startClientEncryption();
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

TlsFacts TlsProbe::facts() const
{
    const QSslCertificate certificate = m_socket.peerCertificate();
    TlsFacts facts;
    facts.encrypted = true;
    facts.protocol = protocolName(m_socket.sessionProtocol());
    facts.issuer = nameOf(certificate, true);
    facts.until = certificate.expiryDate();
    facts.names = certificate.subjectAlternativeNames().values();
    if (facts.names.isEmpty())
        facts.names << nameOf(certificate, false);
    facts.names.sort();
    facts.nameMatches = std::ranges::none_of(m_errors, isName);
    facts.trusted = std::ranges::all_of(m_errors, isName);
    return facts;
}

std::optional<Error> TlsProbe::verdict(const TlsFacts &facts) const
{
    // libpq checks the chain in mode require too once it was given authorities.
    const bool givenRoots = !m_wanted.rootCert.isEmpty();
    const bool wantsChain = sslModeRank(m_wanted.sslMode) >= sslModeRank("verify-ca"_ba)
                            || (m_wanted.sslMode == "require" && givenRoots);
    if (!wantsChain)
        return std::nullopt;
    const auto has = [this](std::initializer_list<QSslError::SslError> kinds) {
        return std::ranges::any_of(m_errors, [&kinds](const QSslError &e) {
            return std::ranges::contains(kinds, e.error());
        });
    };
    const QString names = facts.names.join(u", "_s);
    const QString until = QLocale().toString(facts.until.toLocalTime(), QLocale::ShortFormat);
    if (has({QSslError::CertificateExpired}))
        return error("tls.expired"_ba, tr("The server's certificate expired on %1.").arg(until),
                     tr("Whoever runs the server has to renew it."));
    if (has({QSslError::CertificateNotYetValid}))
        return error("tls.notYetValid"_ba, tr("The server's certificate is not valid yet."),
                     tr("Check the clocks of this machine and of the server."));
    if (!facts.trusted)
        return error("tls.unknownAuthority"_ba,
                     tr("The server's certificate is signed by %1, which is not known here.")
                         .arg(facts.issuer.isEmpty() ? tr("an unnamed authority") : facts.issuer),
                     tr("If it is yours, choose the authority's file (sslrootcert)."));
    if (!facts.nameMatches && m_wanted.sslMode == "verify-full")
        return error("tls.wrongName"_ba,
                     tr("The server's certificate is for %1, not for %2.")
                         .arg(names, QString::fromUtf8(m_wanted.host)),
                     tr("Enter the host by a name of the certificate, or ask who runs it."));
    return std::nullopt;
}

void TlsProbe::finishHandshake()
{
    const TlsFacts found = facts();
    if (const std::optional<Error> fault = verdict(found))
        end(std::unexpected(*fault));
    else
        end(found);
}

void TlsProbe::failSocket(QAbstractSocket::SocketError what)
{
    if (m_ended)
        return;
    switch (what) {
    case QAbstractSocket::ConnectionRefusedError:
        return end(
            std::unexpected(error("connection.refused"_ba, tr("Nothing answers at this address."),
                                  tr("Check that the server runs, and its port."))));
    case QAbstractSocket::SocketTimeoutError:
        return end(std::unexpected(connectTimeoutError(m_wanted.place)));
    case QAbstractSocket::RemoteHostClosedError:
        return end(std::unexpected(
            error("connection.closed"_ba, tr("The other side closed the connection."),
                  tr("Check host and port; a server may also be starting or stopping."))));
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return end(std::unexpected(error(
            "tls.handshake"_ba,
            tr("No encrypted connection could be made: %1").arg(m_socket.errorString()),
            tr("Check the TLS versions that both sides allow, and the client certificate."))));
    default:
        return end(std::unexpected(
            error("connection.unreachable"_ba,
                  tr("There is no way to this host from here: %1").arg(m_socket.errorString()),
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
    m_socket.abort();
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
