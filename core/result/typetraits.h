// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/chunk.h"

namespace core {

/// What a value is to a reader; decides how it is shown, never what it is.
enum class TypeCategory : quint8 {
    Text, ///< written by people: takes its direction from its first strong letter
    Number,
    Boolean, ///< sent as t and f
    Time,    ///< dates, times, intervals
    Json,
    Binary, ///< bytea in hex output
    Code,   ///< uuid, addresses, bit strings, names: runs left to right
    Array,
    Other, ///< composites, ranges, enums and types of extensions
};

[[nodiscard]] TypeCategory categoryOf(Oid type);
/// Right-aligned in a grid: digits stand under digits.
[[nodiscard]] constexpr bool alignsRight(TypeCategory category)
{
    return category == TypeCategory::Number;
}
/// Shown in the fixed-width font.
[[nodiscard]] bool isMonospaced(Oid type);

/// The type as a grid's header names it: "int8", "numeric(12,2)", "varchar(20)[]", from the
/// well-known oid and the type modifier; else the server's own name for it, else "type 12345".
[[nodiscard]] QString typeName(const Column &column);

} // namespace core
