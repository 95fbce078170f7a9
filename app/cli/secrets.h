// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/keychainsecretstore.h"
#include "core/connect/secretkeeper.h"

#include <QObject>

#include <optional>

namespace cli {

/// Asks for a secret at the terminal without showing it (never on standard input, which may be
/// data). Nothing where there is no terminal, and where a person pressed Ctrl+C, Ctrl+D or Esc.
[[nodiscard]] std::optional<QString> promptSecret(const QString &question);

/// Asks for a line of text in the same way, showing it.
[[nodiscard]] std::optional<QString> promptLine(const QString &question);

/// The first line of a file; "-" is standard input. Errors of readBoundedFile().
[[nodiscard]] core::Result<QString> readSecretFile(const QString &file);

/// Passwords of saved connections and what ssh asks, for a command: from the keychain, else asked
/// at the terminal.
class Secrets : public QObject
{
    Q_OBJECT

public:
    explicit Secrets(QObject *parent = nullptr);

    [[nodiscard]] core::SecretKeeper &keeper() { return m_keeper; }
    [[nodiscard]] app::KeychainSecretStore &keychain() { return m_store; }

private:
    void answer(const core::SecretQuestion &question);
    [[nodiscard]] bool isOpen(quint64 number) const;

    app::KeychainSecretStore m_store;
    core::SecretKeeper m_keeper;
};

} // namespace cli
