// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>
#include <QByteArrayView>
#include <QStringView>

namespace core {

/// The parts of a name as `::regclass` reads it (PostgreSQL's SplitIdentifierString): unquoted
/// parts folded to lower case (ASCII), each cut at 63 bytes. Error: relation.badName with
/// Error::position.
[[nodiscard]] Result<QByteArrayList> parseRelationName(QStringView text);

/// A name as SQL needs it written: as it is when it is plain lower case and no key word, else
/// quoted.
[[nodiscard]] QString writtenName(QByteArrayView name);

} // namespace core
