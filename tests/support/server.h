// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/daemon.h"

#include <QByteArray>
#include <QString>

namespace test {

/// A PostgreSQL server as a child of this process. Its data and log are in `folder`, its socket in
/// `socketFolder`.
class Server
{
public:
    Server(QString folder, QString socketFolder);

    /// initdb with the settings that ClusterFacts names; the superuser is "postgres". What failed
    /// goes to stderr.
    [[nodiscard]] bool initialise(const QByteArray &superPassword) const;
    /// Starts it and waits until it accepts connections. The port is chosen the first time and
    /// kept.
    [[nodiscard]] bool start();
    /// Starts it, and it goes on starting (57P03 to everybody) until letStart(). Once started it
    /// has a port already.
    [[nodiscard]] bool startHeld();
    [[nodiscard]] bool letStart();
    /// SIGTERM smart, SIGINT fast, SIGQUIT immediate, SIGKILL a crash. Waits for the end.
    void stop(int signal);

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] const Daemon &daemon() const { return m_daemon; }

private:
    [[nodiscard]] bool launch(const QStringList &more, const QByteArray &ready);

    QString m_folder;
    QString m_socketFolder;
    quint16 m_port = 0;
    Daemon m_daemon;
};

} // namespace test
