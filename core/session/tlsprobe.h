// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"
#include "core/session/tlssocket.h"

#include <QByteArray>
#include <QDateTime>
#include <QElapsedTimer>
#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace core {

/// How a server is asked for TLS, in libpq's terms.
struct TlsWanted {
    QByteArray host = {};    ///< as the certificate has to name it
    QByteArray address = {}; ///< numeric, what is connected to
    quint16 port = 0;
    QByteArray sslMode = "prefer";
    QString rootCert = {}; ///< file of authorities; empty or "system" = the system's
    QString clientCert = {};
    QString clientKey = {};
    QString place = {}; ///< for errors
    std::chrono::milliseconds timeout{10'000};
    bool operator==(const TlsWanted &) const = default;

    /// What connecting with these would ask for; the address is still the host.
    [[nodiscard]] static TlsWanted of(const ConnKeywords &keywords);
};

/// What a server showed.
struct TlsFacts {
    bool encrypted = false;
    QString protocol = {}; ///< "TLS 1.3"
    QString issuer = {};   ///< the authority's common name, else its organisation
    QStringList names = {};
    QDateTime until = {};
    bool trusted = false; ///< the chain ends at a known authority and is valid today
    bool nameMatches = false;
    bool operator==(const TlsFacts &) const = default;
};

/// Connects once, asks for TLS as libpq does (SSLRequest, protocol chapter "SSL Session
/// Encryption"), looks at the certificate and leaves: libpq itself only says "certificate verify
/// failed". Nothing secret is sent. An object of one thread with an event loop; deleting it ends
/// the attempt. Errors: connection.refused .unreachable .timeout .closed, tls.notOffered,
/// tls.wrongName, tls.expired, tls.notYetValid, tls.unknownAuthority, tls.rootCert (no such file),
/// tls.clientCert (the files cannot be used), tls.handshake, plugin.missing.
class TlsProbe : public QObject
{
    Q_OBJECT

public:
    explicit TlsProbe(TlsWanted wanted, QObject *parent = nullptr);
    ~TlsProbe() override;

    void start();

signals:
    void connected(std::chrono::microseconds after);
    /// The server's first byte: through a tunnel only this tells that anybody is there.
    void answered(std::chrono::microseconds after);
    /// Exactly once; the time is that of the handshake.
    void finished(const core::Result<core::TlsFacts> &facts, std::chrono::microseconds handshake);

private:
    [[nodiscard]] Result<> prepare();
    void ask();
    void readAnswer();
    void finishHandshake();
    void failSocket(TlsSocket::Fault fault);
    void end(const Result<TlsFacts> &facts);
    [[nodiscard]] std::optional<Error> verdict(const TlsSight &seen) const;
    [[nodiscard]] Error error(const QByteArray &id, const QString &message,
                              const QString &advice = {}) const;
    [[nodiscard]] std::chrono::microseconds elapsed() const;

    TlsWanted m_wanted;
    std::unique_ptr<TlsSocket> m_socket; ///< once started
    QElapsedTimer m_clock;
    QTimer m_deadline;
    bool m_asked = false;
    bool m_ended = false;
};

/// The same on a thread of its own that nobody waits for.
[[nodiscard]] QFuture<Result<TlsFacts>> probeTls(const TlsWanted &wanted);

} // namespace core

Q_DECLARE_METATYPE(core::TlsFacts)
Q_DECLARE_METATYPE(core::Result<core::TlsFacts>)
