// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace cli {

/// A command line, understood. Options may stand before and after the command.
struct Arguments {
    QString command = {};
    QStringList operands = {};
    QHash<QString, QString> values = {}; ///< options that take a value, by their long name
    QStringList flags = {};              ///< the others
    bool operator==(const Arguments &) const = default;

    [[nodiscard]] bool has(const QString &flag) const { return flags.contains(flag); }
    [[nodiscard]] std::optional<QString> value(const QString &option) const;
};

/// Error cli.usage names what is wrong: no command, an unknown one, an option the command does not
/// take, too many or too few operands.
[[nodiscard]] core::Result<Arguments> parseArguments(const QStringList &words);

/// The text of --help, for one command or, empty, for all.
[[nodiscard]] QString helpText(const QString &command = {});

} // namespace cli
