// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/secretstore.h"

#include <QObject>

namespace app {

/// The system's keychain (Secret Service or KWallet) by QtKeychain. Where none answers, every call
/// says so; nothing is ever kept in a weaker place instead.
class KeychainSecretStore : public QObject, public core::SecretStore
{
    Q_OBJECT

public:
    explicit KeychainSecretStore(QObject *parent = nullptr);

    [[nodiscard]] QFuture<core::Result<std::optional<QString>>> read(const QString &key) override;
    [[nodiscard]] QFuture<core::Result<>> write(const QString &key, const QString &secret) override;
    [[nodiscard]] QFuture<core::Result<>> remove(const QString &key) override;
};

} // namespace app
