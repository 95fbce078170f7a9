// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/privatecluster.h"

#include <QString>

namespace test {

/// A certificate authority of one test, by the openssl program. All files are PEM in its folder.
class TestAuthority
{
public:
    explicit TestAuthority(const QString &name);
    TestAuthority(const TestAuthority &) = delete;
    TestAuthority &operator=(const TestAuthority &) = delete;
    ~TestAuthority();

    [[nodiscard]] QString rootCert() const { return m_folder + QStringLiteral("/root.pem"); }
    [[nodiscard]] QString folder() const { return m_folder; }

    struct Issued {
        QString cert;
        QString key; ///< owner-only
    };
    /// `names` as of subjectAltName, e.g. "DNS:db.test,IP:127.0.0.1"; an expired one ended
    /// yesterday.
    [[nodiscard]] Issued issue(const QString &commonName, const QString &names,
                               bool expired = false) const;

private:
    QString m_folder;
};

/// Switches TLS on at a server with this certificate; `clientRoot` makes it ask for client
/// certificates of that authority. Reloads, existing connections stay.
void useCertificate(PrivateCluster &cluster, const TestAuthority::Issued &issued,
                    const QString &clientRoot = {});
void switchTlsOff(PrivateCluster &cluster);
/// These lines of pg_hba.conf before those that it was made with, then a reload.
void setHostRules(PrivateCluster &cluster, const QByteArray &lines);

} // namespace test
