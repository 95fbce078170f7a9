// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/savedconnections.h"
#include "core/connect/secretkeeper.h"
#include "core/connect/sshtunnel.h"
#include "core/session/sessionthread.h"
#include "core/session/tlsprobe.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace core {

enum class TestStep : quint8 { Ssh, Dns, Tcp, Tls, Authentication, Pooler, Server, Twin };

/// What became of one step.
struct StepReport {
    enum class State : quint8 {
        Waiting, ///< not begun, or not reached
        Running,
        Passed,
        Unseen, ///< cannot be seen from here, or there is nothing to do: never a tick
        Failed,
    };
    TestStep step = TestStep::Ssh;
    State state = State::Waiting;
    QString title = {}; ///< "TLS 1.3"
    QString fact = {};  ///< one clause
    std::chrono::microseconds took{0};
    std::optional<Error> error = {}; ///< only of Failed
    bool operator==(const StepReport &) const = default;
};

/// Tries a saved connection step by step, on connections of its own that are closed at the end:
/// ssh, name, TCP, TLS, login, pooler, server, and the pooled twin where there is one. Lives in a
/// thread with an event loop; stops at the first step that fails. Nothing of it is kept.
class ConnectionTest : public QObject
{
    Q_OBJECT

public:
    /// `keeper` is borrowed and may be null; asked for what ssh wants, and where no password was
    /// set.
    ConnectionTest(SavedConnection connection, SecretKeeper *keeper, SshSetup setup,
                   QObject *parent = nullptr);
    ~ConnectionTest() override;

    /// One that stands in a form and may never be kept.
    void setPassword(const QString &password);
    /// Signals follow from the event loop; once.
    void start();
    /// Ends what runs; finished(false) follows at once, the steps stay as they are.
    void cancel();

    [[nodiscard]] bool isRunning() const { return m_running; }
    /// All steps that there will be, in order.
    [[nodiscard]] const std::vector<StepReport> &steps() const { return m_steps; }
    /// The server refused a password that holds "%40" or the like, as in a URL: the decoded one.
    [[nodiscard]] std::optional<QString> decodedPassword() const;

    /// "ssh", "dns" …; stable, for --json.
    [[nodiscard]] static QString stepId(TestStep step);
    /// "waiting", "passed", "unseen", "failed"; the same.
    [[nodiscard]] static QString stateId(StepReport::State state);

signals:
    void stepChanged(int index);
    void finished(bool passed);

private:
    void plan();
    [[nodiscard]] StepReport *find(TestStep step);
    void begin(TestStep step);
    void pass(TestStep step, const QString &fact,
              StepReport::State state = StepReport::State::Passed);
    void fail(TestStep step, const Error &error);
    void changed(TestStep step);
    void end(bool passed);

    void openTunnel();
    void lookUp();
    void tryAddress();
    void probeFinished(const Result<TlsFacts> &facts, std::chrono::microseconds took);
    void fetchPassword();
    void logIn();
    void loggedIn(const ServerInfo &info);
    void describeServer(const ServerInfo &info);
    void tryTwin();
    /// The reason that the tunnel knows, which the session cannot see.
    [[nodiscard]] static Error throughTunnel(const Error &error, SshTunnel *tunnel);
    [[nodiscard]] SessionConfig config(const Endpoint &endpoint) const;

    SavedConnection m_connection;
    SecretKeeper *m_keeper;
    SshSetup m_setup;
    std::optional<Endpoint> m_first;
    std::optional<Endpoint> m_twin;
    std::vector<StepReport> m_steps;
    std::optional<QString> m_password;
    QByteArrayList m_addresses;
    qsizetype m_address = 0;
    QElapsedTimer m_clock;
    QThread m_thread;           ///< of the TLS probe
    QObject *m_probe = nullptr; ///< lives in m_thread, deleted there
    std::unique_ptr<SshTunnel> m_tunnel;
    std::unique_ptr<SshTunnel> m_twinTunnel;
    std::unique_ptr<SessionThread> m_session;
    std::unique_ptr<SessionThread> m_twinSession;
    std::unique_ptr<Request> m_request;
    std::optional<Error> m_invalid; ///< the form's
    bool m_running = false;
    bool m_tcpSeen = false;
};

} // namespace core
