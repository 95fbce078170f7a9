// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

#include <optional>
#include <utility>
#include <vector>

namespace core {

/// The address as an application of the folder expects it: as its file has it where that works from
/// here, else made of its parts. With `pgbouncer=true` added where a pooler lends connections by
/// the transaction and Prisma reads the address, which else uses prepared statements there; other
/// drivers pass the unknown word on to the server. Holds the password.
[[nodiscard]] QString appUrl(const Endpoint &endpoint, bool forPrisma);

/// The server itself answers, as far as the address tells: startup options reach it.
[[nodiscard]] bool takesOptions(const Endpoint &endpoint);

/// What psql and its like connect with: Endpoint::keywords() and, where the server itself answers,
/// the schema to begin with among the `options`, which no pooler takes.
[[nodiscard]] ConnKeywords programKeywords(const Endpoint &endpoint);

/// Variables for a command that is run with a database, and their values; nullopt = taken out, so
/// that no other database's address is left beside. `pooledAs` gets the pooled address, or the only
/// one; DIRECT_URL the direct one. PGOPTIONS names the schema to begin with where there is no
/// pooler that would refuse it. Holds passwords.
[[nodiscard]] std::vector<std::pair<QString, std::optional<QString>>>
appEnvironment(const Database &database, const QString &pooledAs, const Project &project);

/// The folder has a schema or a configuration of Prisma's. Looks for the files' names alone.
[[nodiscard]] bool usesPrisma(const QString &folder);

} // namespace core
