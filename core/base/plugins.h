// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// The file of one of our own plugins, by its name without the ending; empty where it is missing.
/// Plugins hold what a program needs late or never and what would cost it much at its start. They
/// lie in fixed places beside the program, never in the working folder, nor where the environment
/// says.
[[nodiscard]] QString pluginFile(const QString &name);

} // namespace core
