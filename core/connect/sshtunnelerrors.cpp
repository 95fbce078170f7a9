// SPDX-License-Identifier: GPL-3.0-or-later
// What ssh's end means, as told by its own words.
#include "core/connect/sshtunnel.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace core {

Error SshTunnel::error(const QByteArray &id, const QString &message, const QString &advice) const
{
    Error error;
    const bool denied = id == "ssh.denied"_ba || id == "ssh.passphrase"_ba;
    error.kind = denied ? ErrorKind::Authentication : ErrorKind::Connection;
    error.id = id;
    error.message = message;
    error.place = tr("ssh to %1, for %2").arg(m_target.hop.text(), m_target.text());
    error.advice = advice;
    error.sessionLost = true;
    return error;
}

Error SshTunnel::endError() const
{
    const QString text = said();
    const QString host = m_target.hop.host;
    QString last = m_said.isEmpty() ? QString() : m_said.back();
    if (last.startsWith("ssh: "_L1)) // it introduces itself; so do we
        last.remove(0, 5);
    const auto says = [&text](QLatin1StringView words) { return text.contains(words); };
    if (m_timedOut)
        return error("ssh.timeout"_ba, tr("ssh did not get through in time."),
                     tr("Try it in a terminal: ssh %1").arg(host));
    if (says("REMOTE HOST IDENTIFICATION HAS CHANGED"_L1))
        return error("ssh.hostKeyChanged"_ba,
                     tr("The host key of %1 is another one than before: %2. Either the machine was "
                        "set up anew, or somebody stands in between.")
                         .arg(host, m_hostKey),
                     tr("Ask who runs it. Only if the new key is right, take the old one away: "
                        "ssh-keygen -R %1")
                         .arg(host));
    if (says("Host key verification failed"_L1))
        return error("ssh.hostKeyUnknown"_ba,
                     tr("The host key of %1 is not known here: %2.").arg(host, m_hostKey),
                     tr("Connect once in a terminal and compare the key: ssh %1").arg(host));
    if (says("Permission denied"_L1) || says("Too many authentication failures"_L1))
        return deniedError(last);
    if (says("Could not resolve hostname"_L1))
        return error("ssh.dns"_ba, tr("ssh did not find the host: %1").arg(last),
                     tr("Check the name, or the Host entry of your ssh configuration."));
    if (says("Could not request local forwarding"_L1) || says("Address already in use"_L1))
        return error("ssh.forward"_ba, tr("ssh could not open its end of the tunnel: %1").arg(last),
                     tr("If your ssh configuration forwards ports for this host, another ssh may "
                        "hold them."));
    if (says("connect to host"_L1) || says("Connection refused"_L1)
        || says("Connection timed out"_L1))
        return error("ssh.unreachable"_ba, tr("ssh did not reach the host: %1").arg(last),
                     tr("Check that the machine runs, and a VPN that it may need."));
    if (m_questions && m_questions->gaveAnything() && isHungUp())
        return error(
            "ssh.ended"_ba,
            tr("%1 closed the connection once the question was answered: %2").arg(host, last),
            tr("Try again in a little while; a server waits only so long for an answer."));
    return error("ssh.ended"_ba,
                 last.isEmpty() ? tr("ssh ended without a word.") : tr("ssh ended: %1").arg(last),
                 tr("Try it in a terminal: ssh %1").arg(host));
}

Error SshTunnel::deniedError(const QString &last) const
{
    const QString host = m_target.hop.host;
    if (const QString key = m_questions ? m_questions->wrongKey() : QString(); !key.isEmpty())
        return error("ssh.passphrase"_ba,
                     tr("The key %1 was not unlocked by what was given: %2").arg(key, last),
                     tr("Try again, or load it into your agent: ssh-add %1").arg(key));
    if (m_questions && m_questions->gaveToServer())
        return error("ssh.denied"_ba, tr("%1 did not accept what was given: %2").arg(host, last),
                     tr("Try again, or in a terminal: ssh %1").arg(host));
    return error("ssh.denied"_ba, tr("%1 accepted none of your keys: %2").arg(host, last),
                 tr("Load the key into your agent (ssh-add), and try: ssh %1").arg(host));
}

bool SshTunnel::isHungUp() const
{
    const QString text = said();
    return text.contains("Connection closed by"_L1) || text.contains("Connection reset by"_L1)
           || text.contains("closed by remote host"_L1) || text.contains("Broken pipe"_L1);
}

/// A server does not wait for ever (LoginGraceTime): what was given by then is known the next time.
bool SshTunnel::isWorthAnother() const
{
    return isHungUp() && !m_triedAgain && !m_declined && m_questions && m_questions->isRepeatable();
}

std::optional<Error> SshTunnel::takeChannelError()
{
    pull();
    const QString reason = std::exchange(m_channel, {});
    if (reason.isEmpty())
        return m_state == State::Closed ? std::exchange(m_end, {}) : std::nullopt;
    const QString hop = m_target.hop.host;
    const QString target = m_target.text();
    Error found;
    if (reason.contains("prohibited"_L1) || reason.contains("resource shortage"_L1)) {
        found = error("ssh.forwardRefused"_ba,
                      tr("%1 does not let you through to %2: %3").arg(hop, target, reason),
                      tr("Its ssh server must allow it (AllowTcpForwarding, PermitOpen)."));
    } else if (reason.contains("refused"_L1)) {
        found = error("connection.refused"_ba,
                      tr("Nothing answers at %1, as %2 sees it.").arg(target, hop),
                      tr("Check that the server runs, and its port."));
    } else if (reason.contains("not known"_L1) || reason.contains("resolution"_L1)
               || reason.contains("No address"_L1)) {
        found = error("connection.dns"_ba,
                      tr("%1 does not know the name %2: %3").arg(hop, m_target.host, reason),
                      tr("Write the host as that machine would name it, perhaps localhost."));
    } else {
        found = error("connection.unreachable"_ba,
                      tr("%1 does not reach %2: %3").arg(hop, target, reason));
    }
    return found;
}

} // namespace core
