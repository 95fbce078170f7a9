// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/tlssocket.h"

#include <QFile>
#include <QHostAddress>
#include <QObject>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>
#include <initializer_list>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 longestKey = qint64(1) << 20;

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

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(longestKey) : QByteArray();
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

QList<QSslCertificate> certificatesIn(const QString &file)
{
    return QSslCertificate::fromPath(file, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
}

bool isName(const QSslError &error)
{
    return error.error() == QSslError::HostNameMismatch;
}

TlsSocket::Fault faultOf(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return TlsSocket::Fault::Refused;
    case QAbstractSocket::SocketTimeoutError:
        return TlsSocket::Fault::TimedOut;
    case QAbstractSocket::RemoteHostClosedError:
        return TlsSocket::Fault::Closed;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return TlsSocket::Fault::Handshake;
    default:
        return TlsSocket::Fault::Unreachable;
    }
}

class QtTlsSocket final : public TlsSocket
{
public:
    explicit QtTlsSocket(Calls calls)
        : m_calls(std::move(calls))
    {
        QObject::connect(&m_socket, &QAbstractSocket::connected, &m_socket, m_calls.connected);
        QObject::connect(&m_socket, &QIODevice::readyRead, &m_socket, m_calls.readyRead);
        QObject::connect(&m_socket, &QSslSocket::encrypted, &m_socket, m_calls.encrypted);
        QObject::connect(
            &m_socket, &QAbstractSocket::errorOccurred, &m_socket,
            [this](QAbstractSocket::SocketError error) { m_calls.failed(faultOf(error)); });
        QObject::connect(&m_socket, &QSslSocket::sslErrors, &m_socket,
                         [this](const QList<QSslError> &errors) {
                             m_errors = errors; // judged with all facts at hand
                             m_socket.ignoreSslErrors();
                         });
    }

    BadFile setUp(const TlsSetup &setup) override
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        const QList<QSslCertificate> roots = setup.rootCert.isEmpty()
                                                 ? QSslConfiguration::systemCaCertificates()
                                                 : certificatesIn(setup.rootCert);
        if (!setup.rootCert.isEmpty() && roots.isEmpty())
            return BadFile::RootCert;
        configuration.setCaCertificates(roots);
        if (!setup.clientCert.isEmpty()) {
            const QList<QSslCertificate> chain = certificatesIn(setup.clientCert);
            const QByteArray pem = contentOf(setup.clientKey);
            if (chain.isEmpty() || pem.isEmpty())
                return BadFile::Client;
            configuration.setLocalCertificateChain(chain);
            configuration.setPrivateKey(keyOf(pem));
        }
        m_socket.setSslConfiguration(configuration);
        m_socket.setPeerVerifyName(setup.peerName);
        return BadFile::None;
    }

    void connectTo(const QByteArray &address, quint16 port) override
    {
        m_socket.connectToHost(QHostAddress(QString::fromLatin1(address)), port);
    }

    void write(const QByteArray &bytes) override { m_socket.write(bytes); }
    QByteArray read(qint64 most) override { return m_socket.read(most); }
    qint64 bytesAvailable() const override { return m_socket.bytesAvailable(); }
    void startEncryption() override { m_socket.startClientEncryption(); }
    bool isEncrypting() const override { return m_socket.mode() != QSslSocket::UnencryptedMode; }
    QString errorString() const override { return m_socket.errorString(); }
    void abort() override { m_socket.abort(); }

    TlsSight sight() const override
    {
        const auto has = [this](QSslError::SslError kind) {
            return std::ranges::any_of(
                m_errors, [kind](const QSslError &error) { return error.error() == kind; });
        };
        const QSslCertificate certificate = m_socket.peerCertificate();
        TlsSight seen;
        seen.protocol = protocolName(m_socket.sessionProtocol());
        seen.issuer = nameOf(certificate, true);
        seen.until = certificate.expiryDate();
        seen.names = certificate.subjectAlternativeNames().values();
        if (seen.names.isEmpty())
            seen.names << nameOf(certificate, false);
        seen.names.sort();
        seen.trusted = std::ranges::all_of(m_errors, isName);
        seen.nameMatches = std::ranges::none_of(m_errors, isName);
        seen.expired = has(QSslError::CertificateExpired);
        seen.notYetValid = has(QSslError::CertificateNotYetValid);
        return seen;
    }

private:
    Calls m_calls;
    QSslSocket m_socket;
    QList<QSslError> m_errors;
};

} // namespace

class TlsPlugin : public QObject, public TlsSocketFactory
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID "Sluice.TlsSocketFactory/1")
    Q_INTERFACES(core::TlsSocketFactory)

public:
    [[nodiscard]] std::unique_ptr<TlsSocket> create(TlsSocket::Calls calls) override
    {
        return std::make_unique<QtTlsSocket>(std::move(calls));
    }
};

} // namespace core

#include "plugin.moc"
