// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/sshhop.h"
#include "core/connect/sshquestions.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
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
    std::chrono::milliseconds timeout{30'000}; ///< without the time that people take to answer
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
/// configuration, agent, jump hosts and known hosts hold. What ssh asks (a passphrase, a password,
/// whether a host key is the right one) is asked of a SecretKeeper; without one ssh never asks
/// (BatchMode), and what it would ask for is an error that says what to do once in a terminal.
/// Lives in one thread with an event loop, the keeper's, which must not end before the program does
/// (the child is bound to it).
/// Errors: ssh.missing .hostKeyUnknown .hostKeyChanged .denied .passphrase .dns .unreachable
/// .forward (the forwarding is not possible) .timeout .ended, and the keeper's.
class SshTunnel : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 { Closed, Starting, Open };
    Q_ENUM(State)

    /// `keeper` is borrowed and may be null or end first: then nobody is asked.
    SshTunnel(TunnelTarget target, SshSetup setup, SecretKeeper *keeper = nullptr,
              QObject *parent = nullptr);
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
    /// How long people took to answer what ssh asked since open().
    [[nodiscard]] std::chrono::milliseconds waited() const { return m_waited; }
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
    void prepareQuestions();
    void configure(QProcess &process) const;
    void decline(const Error &error);
    [[nodiscard]] bool isHungUp() const;
    [[nodiscard]] bool isWorthAnother() const;
    [[nodiscard]] QStringList arguments() const;
    void pull();
    void read();
    void take(const QByteArray &line);
    void ended();
    void setState(State state);
    void killAll();
    void stopProcess();
    [[nodiscard]] Error endError() const;
    [[nodiscard]] Error deniedError(const QString &last) const;
    [[nodiscard]] Error error(const QByteArray &id, const QString &message,
                              const QString &advice = {}) const;

    TunnelTarget m_target;
    SshSetup m_setup;
    QPointer<SecretKeeper> m_keeper;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<SshQuestions> m_questions; ///< of this ssh; null = it must not ask
    QTimer m_deadline;
    QElapsedTimer m_asking;
    std::chrono::milliseconds m_waited{0};
    QByteArray m_rest; ///< of a line that is not whole yet
    QStringList m_said;
    QString m_hostKey; ///< fingerprint that the other end showed
    QString m_identity;
    bool m_keyKnown = false;
    bool m_listens = false; ///< our end of the forwarding
    bool m_timedOut = false;
    bool m_triedAgain = false;            ///< because answering took the server too long
    std::optional<Error> m_declined = {}; ///< what ended this ssh: an answer that was not given
    QString m_channel;                    ///< last refusal of a connection through the tunnel
    std::optional<Error> m_end = {};      ///< why the last ssh ended
    quint16 m_port = 0;
    int m_attempt = 0;
    State m_state = State::Closed;
};

} // namespace core
