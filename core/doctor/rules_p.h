// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/explanation.h"

#include <QCoreApplication>

#include <span>

namespace core::doctor {

/// Every sentence of the doctor is of one translation context.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Doctor)
};

/// Gives an explanation, without its id, when the failure is of its kind.
struct Rule {
    const char *id;
    std::optional<Explanation> (*tell)(const Failure &);
};

/// One family a file. The order within a family and between them is that of explain().
[[nodiscard]] std::span<const Rule> addressRules();
[[nodiscard]] std::span<const Rule> poolerRules();
[[nodiscard]] std::span<const Rule> reachRules();
[[nodiscard]] std::span<const Rule> authRules();
[[nodiscard]] std::span<const Rule> limitRules();
[[nodiscard]] std::span<const Rule> schemaRules();
[[nodiscard]] std::span<const Rule> sessionRules();

[[nodiscard]] bool hasId(const Failure &failure, QByteArrayView id);
[[nodiscard]] bool hasState(const Failure &failure, QByteArrayView sqlState);
/// The server's or pooler's own message holds this. Poolers speak English always, servers mostly:
/// a rule that needs it has a more general one behind it.
[[nodiscard]] bool says(const Failure &failure, QLatin1StringView words);
/// The endpoint's own role is pooled.
[[nodiscard]] bool isPooled(const Failure &failure);
/// “host:port”, or the error's place where there is no endpoint.
[[nodiscard]] QString addressOf(const Failure &failure);
[[nodiscard]] QString userOf(const Failure &failure);
/// “.env:3 (DATABASE_URL)”; empty without an endpoint.
[[nodiscard]] QString sourceOf(const Failure &failure);
/// `KEY=url` with the password masked, and `query` added to the URL.
[[nodiscard]] QString envLine(const Endpoint &endpoint, const ConnInfo &info,
                              const QString &query = {});
/// To set a parameter of the endpoint's address, with its line before and after, and the change
/// itself where that line may be changed for a person.
[[nodiscard]] Fix parameterFix(const QString &sentence, const Failure &failure,
                               const QByteArray &key, const QByteArray &value);
/// The name at the end of the address; empty without an endpoint.
[[nodiscard]] QString databaseOf(const Failure &failure);
/// A look at who is connected and does what, for the reason that the sentence gives.
[[nodiscard]] Fix seeActivity(const QString &sentence);
/// What has to stand in pg_hba.conf.
[[nodiscard]] Fix hbaLine(const Failure &failure);
/// A statement's identifier, quoted where it must be.
[[nodiscard]] QString sqlName(const QString &name);

} // namespace core::doctor
