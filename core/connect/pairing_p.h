// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

namespace core {

/// The same text for the same place.
[[nodiscard]] QString placeOf(const SourceLocation &source);

/// Host, port, database and user are the same; names of this computer count as one.
[[nodiscard]] bool sameAddress(const ConnInfo &one, const ConnInfo &other);

/// Packages of a monorepo, and tools' files, often repeat the address of another database: those
/// are taken out of the set and listed as the second names that they are.
void mergeDoubles(const Project &project, DatabaseSet &set);

/// Names that several packages have get their package's name in front, except the project's own.
void qualifyNames(std::vector<Database> &databases);
/// Names that are left the same: the later ones are numbered.
void makeUnique(std::vector<Database> &databases);

/// Databases that the application looks for and nobody set (P3).
void addFallbacks(DatabaseSet &set);

} // namespace core
