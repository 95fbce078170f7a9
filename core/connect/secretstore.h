// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QString>

#include <optional>

namespace core {

/// Where passwords may outlive the program; implemented over the system's keychain. Keys are ids of
/// saved connections. Used from the main thread; every answer comes later. There is no weaker place
/// to fall back to: where the keychain is missing, a person is asked each time.
/// Errors: secret.unavailable (no keychain answers), secret.denied (a person or the keychain said
/// no), secret.failed.
class SecretStore
{
public:
    SecretStore() = default;
    SecretStore(const SecretStore &) = delete;
    SecretStore &operator=(const SecretStore &) = delete;
    virtual ~SecretStore() = default;

    /// Nothing where the keychain has no such entry.
    [[nodiscard]] virtual QFuture<Result<std::optional<QString>>> read(const QString &key) = 0;
    [[nodiscard]] virtual QFuture<Result<>> write(const QString &key, const QString &secret) = 0;
    /// No error where there was none.
    [[nodiscard]] virtual QFuture<Result<>> remove(const QString &key) = 0;
};

} // namespace core
