// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace core {

/// A value of a type at a part (0…1) of the way from one value to another, all in server text with
/// DateStyle ISO: numbers and oids by value, dates and timestamps by time, uuid by its first eight
/// bytes, text and varchar by their ASCII bytes after what both begin with. None where the type or
/// the values have no such middle (infinity, NaN, BC). Text's order is the server's collation, not
/// ours: what comes back may lie outside the two.
[[nodiscard]] std::optional<QByteArray> interpolated(Oid baseType, QByteArrayView low,
                                                     QByteArrayView high, double part);

} // namespace core
