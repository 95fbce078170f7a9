// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/daemon.h"

#include <QByteArrayList>
#include <QString>

namespace test {

struct SshdOptions {
    QByteArrayList settings = {};       ///< more lines of sshd_config, e.g. "AllowTcpForwarding no"
    bool knownHost = true;              ///< the client knows the host key
    bool knowsOtherKey = false;         ///< … but it is another one than the server's
    bool rightKey = true;               ///< the client's key is among the authorized ones
    QString passphrase = {};            ///< of the client's key
    QByteArrayList clientSettings = {}; ///< more lines of the Host entry
};

/// A real sshd on a free port of 127.0.0.1, run as this very user with keys and settings of its
/// own, and a client configuration with the alias "bastion" that leads to it and to nothing of the
/// user's own. Make it in the main thread.
class TestSshd
{
public:
    explicit TestSshd(const SshdOptions &options = {});
    TestSshd(const TestSshd &) = delete;
    TestSshd &operator=(const TestSshd &) = delete;
    ~TestSshd();

    /// For ssh -F.
    [[nodiscard]] QString configFile() const { return m_folder + QStringLiteral("/ssh_config"); }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QByteArray log() const { return m_daemon.log(); }
    [[nodiscard]] QString keyFile() const { return m_folder + QStringLiteral("/user"); }
    [[nodiscard]] QString knownHostsFile() const
    {
        return m_folder + QStringLiteral("/known_hosts");
    }
    /// Ends it and every connection that it serves, at once.
    void kill();
    /// Again, on the same port.
    void start();

private:
    void makeKey(const QString &name, const QString &passphrase = {}) const;
    void write(const QString &name, const QByteArray &content) const;
    [[nodiscard]] QByteArray read(const QString &name) const;

    QString m_folder;
    quint16 m_port = 0;
    Daemon m_daemon;
};

} // namespace test
