// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

#include <vector>

namespace core {

enum class JsonKind : quint8 { Object, Array, String, Number, True, False, Null };

/// Where a value stands in a JSON text. Bytes, so that numbers and strings stay exactly as they
/// were sent.
struct JsonSpan {
    JsonKind kind = JsonKind::Null;
    qsizetype begin = 0;
    qsizetype end = 0;
    qsizetype keyBegin =
        -1; ///< of the member's name, with its quotes; -1 = an element of an array, or the root
    qsizetype keyEnd = -1;
    int children = 0; ///< direct ones of an object or array; counted to INT_MAX
    bool operator==(const JsonSpan &) const = default;
};

/// Deeper nesting is refused, as PostgreSQL itself does far earlier than this by its stack limit.
inline constexpr int mostJsonDepth = 10'000;

/// Checks a whole text by RFC 8259 without recursion and returns its root. Error: `json.invalid`
/// with the 1-based byte in `position`. Time is linear in the text.
[[nodiscard]] Result<JsonSpan> scanJson(QByteArrayView text);

/// The next `most` children of a container of a text that scanJson() accepted. `from` is the
/// container's begin, or the end of the last child that was seen. Linear in the text passed over.
[[nodiscard]] std::vector<JsonSpan> jsonChildren(QByteArrayView text, const JsonSpan &container,
                                                 qsizetype from, int most);

} // namespace core
