// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include <vector>

namespace cli {

struct OptionSpec {
    const char *name;      ///< long, without dashes
    const char *shortName; ///< one letter, or null
    const char *valueName; ///< null for a flag
    const char *help;      ///< untranslated source text
};

struct CommandSpec {
    const char *name;
    const char *operands;              ///< as shown in the usage line
    int minimum;                       ///< operands
    int maximum;                       ///< negative = any number
    std::vector<const char *> options; ///< long names, beside the ones every command takes
    const char *help;                  ///< the first line alone in the list of commands
};

/// Options by name; those with `everywhere` set are taken by every command.
[[nodiscard]] const std::vector<OptionSpec> &options();
[[nodiscard]] const std::vector<const char *> &commonOptions();
[[nodiscard]] const std::vector<CommandSpec> &commands();
[[nodiscard]] const CommandSpec *findCommand(const QString &name);
[[nodiscard]] const OptionSpec *findOption(const QString &name);

} // namespace cli
