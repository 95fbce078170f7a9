// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/envfileedit.h"
#include "core/project/urlvalue.h"

namespace core {

/// A parameter of an address ("sslmode", "require"), to be set where the address stands.
struct AddressParameter {
    SourceLocation source = {};
    QString key = {};
    QString value = {};
    bool operator==(const AddressParameter &) const = default;
};

/// True where `source` is a line of an env file, which can be changed for a person.
[[nodiscard]] bool isEnvLine(const SourceLocation &source);

/// Plans to set it in that line alone: every other byte of the file stays, and every loader reads
/// every other value as before. Nothing is left behind as a comment, because the line holds a
/// password. Errors: those of readFileBeneath() and decodeEnvText(), env.changed where the line
/// does not set the key any more, env.notPlain where its value is no URL that stands there as a
/// whole.
[[nodiscard]] Result<EnvFileEdit> planAddressParameter(const QString &folder,
                                                       const AddressParameter &wanted);

} // namespace core
