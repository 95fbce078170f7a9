// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/tableshape.h"

#include <QByteArray>

#include <vector>

namespace core {

/// What a window selects, so that it stays small whatever the cells hold: columns that may be long
/// are cut to their first 256 characters (128 bytes of bytea) where the value has more than 1,024
/// bytes, and one more column, NULL in most rows, tells the whole sizes of those that were cut.
/// text, varchar, xml and bytea are cut without reading more than their beginning (octet_length
/// looks at the TOAST pointer only). Types whose text only comes of the whole value are cut after
/// it was made; where one is stored in more than 32 KB even that is left out: its beginning is
/// empty, its size is the stored one. With `whole`, nothing is cut.
class SelectList
{
public:
    SelectList(const TableShape &shape, bool whole);

    /// Expressions, comma between them; never empty (a table may have no columns). The shape's
    /// columns come first.
    [[nodiscard]] const QByteArray &sql() const { return m_sql; }
    /// Of the answer: the sizes, and ctid; -1 = not selected.
    [[nodiscard]] int sizesColumn() const { return m_sizesColumn; }
    [[nodiscard]] int placeColumn() const { return m_placeColumn; }
    [[nodiscard]] int answerColumns() const { return m_answerColumns; }
    /// Bytes of the whole value where `sizes` (a cell of sizesColumn) says that the column was cut,
    /// else -1.
    [[nodiscard]] qint64 fullSize(QByteArrayView sizes, int column) const;

private:
    void addSizes(const TableShape &shape);

    QByteArray m_sql;
    std::vector<int> m_entries; ///< by column: its entry among the sizes, -1 = never cut
    int m_sizesColumn = -1;
    int m_placeColumn = -1;
    int m_answerColumns = 0;
};

} // namespace core
