// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"
#include "core/result/typetraits.h"

#include <QString>

#include <vector>

namespace core {

/// A run of a CellText that does not stand in the value as it is shown, so that a painter can set
/// it apart.
struct TextMark {
    enum class Kind : quint8 {
        Space,   ///< "·" for a space at an end
        Break,   ///< " ↵ " for a line feed, " → " for a tab
        Control, ///< "U+202E" for a control, format or otherwise invisible character
        Invalid, ///< "\xE9" for a byte that is not UTF-8
        Size,    ///< " … 4 KB" behind a value that was cut
    };
    int begin = 0; ///< UTF-16 units of CellText::text
    int length = 0;
    Kind kind = Kind::Space;
    bool operator==(const TextMark &) const = default;
};

/// What a cell shows. Reused from cell to cell to spare allocations.
struct CellText {
    enum class Kind : quint8 {
        Value,
        Null,    ///< text is "NULL"
        Empty,   ///< text is "''"
        Missing, ///< not loaded: text is empty
        Gone,    ///< the row was deleted meanwhile: a sentence
        False,   ///< the word of a boolean that is false
    };
    QString text = {};
    std::vector<TextMark> marks = {}; ///< in order, never overlapping
    Kind kind = Kind::Value;
    bool complex =
        false;        ///< holds characters beyond Latin: shaping or a fallback font may be needed
    bool cut = false; ///< the value goes on
    bool operator==(const CellText &) const = default;
};

/// Units of a value that a grid's cell shows at most.
inline constexpr int cellTextLimit = 256;

/// The text of a cell as a grid shows it: `limit` UTF-16 units at most, cut between graphemes, in
/// time that depends on the limit and not on the value. Copying takes the cell's bytes instead,
/// which are exact. Any thread.
void setCellText(CellText &out, const Cell &cell, TypeCategory category, int limit = cellTextLimit);

/// The same for bytes that are here and whole.
[[nodiscard]] CellText cellText(QByteArrayView bytes, TypeCategory category,
                                int limit = cellTextLimit);

/// The value as exact text for the clipboard: UTF-8 as it is, each invalid byte as U+FFFD.
[[nodiscard]] QString exactText(QByteArrayView bytes);

/// "71 bytes", "48 KB", "3.1 GB" (1 KB = 1,024 bytes), in the user's locale; never rounded up to a
/// unit not reached.
[[nodiscard]] QString sizeText(qint64 bytes);

/// Bytes of the bytea that hex output `\x…` stands for; -1 if it is not hex output.
[[nodiscard]] qint64 byteaSize(QByteArrayView hexOutput);

} // namespace core
