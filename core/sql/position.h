// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace core {

/// One place of a UTF-8 text, said in every unit that somebody asks for.
struct TextPosition {
    qsizetype byte = 0;      ///< 0-based offset into the UTF-8 bytes (QScintilla, split.h)
    qsizetype utf16 = 0;     ///< 0-based offset into the same text as QString
    qsizetype character = 1; ///< 1-based code points from the start (PostgreSQL's error position)
    int line = 1;            ///< 1-based; \n, \r\n and a lone \r end a line, as in the editor
    int column = 1;          ///< 1-based code points from the start of the line; a tab is one
    bool operator==(const TextPosition &) const = default;
};

/// The place of a byte. A byte inside a character means that character; beyond the end means the
/// end. Bytes that are not UTF-8 count as one character each, as QString::fromUtf8 does.
[[nodiscard]] TextPosition positionOfByte(QByteArrayView text, qsizetype byte);

/// The place of PostgreSQL's error position (PG_DIAG_STATEMENT_POSITION: 1-based characters) in a
/// statement that begins at `statementBegin` of the text.
[[nodiscard]] TextPosition positionOfCharacter(QByteArrayView text, qsizetype character,
                                               qsizetype statementBegin = 0);

/// One past the word or operator that begins at the byte: what to underline for an error there. At
/// least one character, unless the text ends.
[[nodiscard]] qsizetype endOfToken(QByteArrayView text, qsizetype byte);

} // namespace core
