// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QtPlugin>

#include <functional>
#include <memory>

namespace core {

/// What a TLS connection is set up with. Files are PEM; an empty name is none.
struct TlsSetup {
    QString peerName = {}; ///< as the certificate has to name it
    QString rootCert = {}; ///< authorities; without, the system's
    QString clientCert = {};
    QString clientKey = {};
    bool operator==(const TlsSetup &) const = default;
};

/// What was seen of an encrypted connection and of the other side's certificate.
struct TlsSight {
    QString protocol = {}; ///< "TLS 1.3"
    QString issuer = {};   ///< the authority's common name, else its organisation
    QStringList names = {};
    QDateTime until = {};
    bool trusted = false; ///< the chain ends at a known authority and is valid today
    bool expired = false;
    bool notYetValid = false;
    bool nameMatches = false;
    bool operator==(const TlsSight &) const = default;
};

/// A TCP connection that can turn to TLS, whatever certificate it meets. Of one thread with an
/// event loop; deleting it closes it. Implemented over QtNetwork by the plugin sluice_tls, because
/// the libraries behind that are forty, and nobody needs them to see a window or to run a command
/// (docs/decisions/0003).
class TlsSocket
{
public:
    enum class Fault { Refused, TimedOut, Closed, Handshake, Unreachable };
    enum class BadFile { None, RootCert, Client };
    struct Calls {
        std::function<void()> connected = {};
        std::function<void()> readyRead = {};
        std::function<void()> encrypted = {};
        std::function<void(Fault)> failed = {};
    };

    TlsSocket() = default;
    TlsSocket(const TlsSocket &) = delete;
    TlsSocket &operator=(const TlsSocket &) = delete;
    virtual ~TlsSocket() = default;

    /// Before connectTo(); says which file cannot be used.
    [[nodiscard]] virtual BadFile setUp(const TlsSetup &setup) = 0;
    /// The address is numeric.
    virtual void connectTo(const QByteArray &address, quint16 port) = 0;
    virtual void write(const QByteArray &bytes) = 0;
    [[nodiscard]] virtual QByteArray read(qint64 most) = 0;
    [[nodiscard]] virtual qint64 bytesAvailable() const = 0;
    virtual void startEncryption() = 0;
    /// From startEncryption() on.
    [[nodiscard]] virtual bool isEncrypting() const = 0;
    /// After `encrypted`.
    [[nodiscard]] virtual TlsSight sight() const = 0;
    /// After `failed`.
    [[nodiscard]] virtual QString errorString() const = 0;
    virtual void abort() = 0;
};

/// The plugin's root.
class TlsSocketFactory
{
public:
    virtual ~TlsSocketFactory() = default;
    [[nodiscard]] virtual std::unique_ptr<TlsSocket> create(TlsSocket::Calls calls) = 0;
};

} // namespace core

Q_DECLARE_INTERFACE(core::TlsSocketFactory, "Sluice.TlsSocketFactory/1")
