// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/sshhop.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace core {

/// How the user's own ssh is started.
struct SshSetup {
    QString program = {};    ///< absolute; empty = the first of the distributions' fixed places
    QString configFile = {}; ///< empty = the user's own, which is the rule; never a project's
    std::chrono::milliseconds timeout{30'000}; ///< for jump hosts, a touch of a security key
    bool operator==(const SshSetup &) const = default;
};

/// What a tunnel leads to: an address as the machine at its other end sees it.
struct TunnelTarget {
    SshHop hop = {};
    QString host = {};
    quint16 port = 0;
    bool operator==(const TunnelTarget &) const = default;

    [[nodiscard]] QString text() const; ///< "host:port"
};

/// One `ssh -N -L 127.0.0.1:<free port>:host:port` as a child that dies with us. The user's
/// configuration, agent, jump hosts and known hosts hold; ssh never asks (BatchMode), so what it
/// would ask for is an error that says what to do once in a terminal. Lives in one thread with an
/// event loop, which must not end before the program does (the child is bound to it).
/// Errors: ssh.missing .hostKeyUnknown .hostKeyChanged .denied .dns .unreachable .forward (the
/// forwarding is not possible) .timeout .ended.
class SshTunnel : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 { Closed, Starting, Open };
    Q_ENUM(State)

    SshTunnel(TunnelTarget target, SshSetup setup, QObject *parent = nullptr);
    ~SshTunnel() override;

    /// opened() or failed() follows, from the event loop; nothing where it is starting already.
    void open();
    /// Ends ssh at once; nothing is emitted but the state.
    void close();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] quint16 localPort() const { return m_port; }
    [[nodiscard]] const TunnelTarget &target() const { return m_target; }
    /// What ssh said to people, without control characters; the last few lines.
    [[nodiscard]] QString said() const { return m_said.join(u'\n'); }
    /// "host key known, by the key ~/.ssh/id_ed25519"; empty where ssh did not tell.
    [[nodiscard]] QString fact() const;
    /// The reason that ssh gave for a connection through it that failed, as an error of the
    /// address, or why ssh itself ended; nothing where there was none since the last call. Reads
    /// what ssh wrote so far.
    [[nodiscard]] std::optional<Error> takeChannelError();

    /// The command as a person would type it; for showing.
    [[nodiscard]] static QString commandText(const TunnelTarget &target);

signals:
    void opened();
    void failed(const core::Error &error);
    /// Was open, and ssh ended.
    void lost(const core::Error &error);
    void stateChanged(core::SshTunnel::State state);

private:
    void launch();
    [[nodiscard]] QStringList arguments() const;
    void pull();
    void read();
    void take(const QByteArray &line);
    void ended();
    void setState(State state);
    void stopProcess();
    [[nodiscard]] Error endError() const;
    [[nodiscard]] Error error(const QByteArray &id, const QString &message,
                              const QString &advice = {}) const;

    TunnelTarget m_target;
    SshSetup m_setup;
    std::unique_ptr<QProcess> m_process;
    QTimer m_deadline;
    QByteArray m_rest; ///< of a line that is not whole yet
    QStringList m_said;
    QString m_hostKey; ///< fingerprint that the other end showed
    QString m_identity;
    bool m_keyKnown = false;
    bool m_timedOut = false;
    QString m_channel;               ///< last refusal of a connection through the tunnel
    std::optional<Error> m_end = {}; ///< why the last ssh ended
    quint16 m_port = 0;
    int m_attempt = 0;
    State m_state = State::Closed;
};

} // namespace core
