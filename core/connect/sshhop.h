// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace core {

/// A machine that a connection goes through, as a person would name it behind `ssh`: an alias of
/// their ssh configuration or a host. User and port are left to that configuration where they are
/// empty and 0.
struct SshHop {
    QString host = {};
    QString user = {};
    quint16 port = 0;
    bool operator==(const SshHop &) const = default;

    /// "user@host:port", with what is set.
    [[nodiscard]] QString text() const;
};

/// Refuses what ssh would take for an option or could not be a name. Error: ssh.host.
[[nodiscard]] Result<> checkHop(const SshHop &hop);
/// "[USER@]HOST[:PORT]"; an IPv6 address with a port stands in square brackets. Error: ssh.host.
[[nodiscard]] Result<SshHop> parseHop(const QString &text);
/// The names that a ssh configuration gives to single hosts, for offering them; empty = the user's
/// own file. Files that it includes are not looked at. Blocks.
[[nodiscard]] QStringList sshAliases(const QString &configFile = {});

} // namespace core
