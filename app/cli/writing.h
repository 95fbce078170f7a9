// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/connect/writeplan.h"
#include "core/session/commitlookup.h"

namespace cli {

/// What a text destroys or locks, a sentence each.
[[nodiscard]] QStringList warningsOf(const core::WritePlan &plan, const core::Database &database);

/// Names on standard error what a text destroys before it runs, and asks for a yes where it cannot
/// be had back: --yes, or a person at the terminal. With --json the error, or what was done, names
/// it. Error write.needsConsent (exit 4).
[[nodiscard]] core::Result<> agreeToHazards(const core::WritePlan &plan,
                                            const core::Database &database,
                                            const Arguments &arguments);

/// What a run did, on standard error: each statement's tag that changed something, and whether it
/// was committed. As JSON with the warnings, which a person has read before.
void sayWritten(const core::Summary &summary, const QStringList &warnings, bool asJson);

/// An unknown commit says how to look it up.
[[nodiscard]] core::Error withLookUp(core::Error error, const Arguments &arguments);

/// The answer of --look-up on standard output; the exit code: 0 only if it was committed.
[[nodiscard]] int printFate(const core::CommitFate &fate, const QString &number, bool asJson);

} // namespace cli
