// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/secretstore.h"

#include <QHash>
#include <QStringList>

namespace test {

/// A keychain of one test; answers at once, or fails.
class MemoryStore : public core::SecretStore
{
public:
    QHash<QString, QString> content = {};
    std::optional<core::Error> fault = {};
    QStringList calls = {};

    QFuture<core::Result<std::optional<QString>>> read(const QString &key) override
    {
        calls << QStringLiteral("read ") + key;
        using Found = core::Result<std::optional<QString>>;
        if (fault)
            return QtFuture::makeReadyValueFuture(Found(std::unexpected(*fault)));
        return QtFuture::makeReadyValueFuture(
            Found(content.contains(key) ? std::optional(content.value(key)) : std::nullopt));
    }
    QFuture<core::Result<>> write(const QString &key, const QString &secret) override
    {
        calls << QStringLiteral("write ") + key;
        if (!fault)
            content[key] = secret;
        return outcome();
    }
    QFuture<core::Result<>> remove(const QString &key) override
    {
        calls << QStringLiteral("remove ") + key;
        content.remove(key);
        return outcome();
    }

private:
    QFuture<core::Result<>> outcome() const
    {
        return QtFuture::makeReadyValueFuture(fault ? core::Result<>(std::unexpected(*fault))
                                                    : core::Result<>());
    }
};

} // namespace test
