// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/cli/secrets.h"
#include "core/connect/connectiontest.h"
#include "core/connect/savedconnections.h"

namespace cli {

/// `sluicectl connections list|add|edit|remove|test`: connections that a person entered. Passwords
/// come from the terminal, a file or the keychain, never from an argument.
class ConnectionsCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() override;
    void interrupt() override;

private:
    void list();
    void save(const core::SavedConnection &before);
    void remove();
    void test();

    [[nodiscard]] core::Result<core::SavedConnection> withOptions(core::SavedConnection connection);
    [[nodiscard]] core::Result<core::SavedConnection> withUrl(core::SavedConnection connection,
                                                              const QString &url);
    [[nodiscard]] core::Result<core::SavedConnection> named() const;
    /// From --password-file, or asked for where the keychain is to hold it.
    [[nodiscard]] core::Result<std::optional<QString>>
    newPassword(const core::SavedConnection &connection) const;
    void keep(const core::SavedConnection &connection, const QString &password);
    void saved(const core::SavedConnection &connection);
    void printTest();

    core::SavedConnectionStore m_store;
    Secrets m_secrets;
    std::unique_ptr<core::ConnectionTest> m_test;
};

} // namespace cli
