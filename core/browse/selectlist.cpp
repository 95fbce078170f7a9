// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/selectlist.h"

#include "core/result/typeoids.h"

#include <QByteArrayList>

#include <charconv>

using namespace Qt::StringLiterals;

namespace core {

namespace {

// 256 characters are at most 1,024 bytes in any server encoding, so what is longer really loses
// something by left().
constexpr int shownCharacters = 256;
constexpr int shownBytes = 128;
constexpr int longBytes = 1024;
constexpr int smallStored = 256;
constexpr int largeStored = 32 * 1024;

QByteArray length(const QByteArray &column)
{
    return "pg_catalog.octet_length("_ba + column + ')';
}

QByteArray isLong(const QByteArray &column)
{
    return length(column) + " > "_ba + QByteArray::number(longBytes);
}

/// Small and not compressed: then its text is short too. Not so for numeric, where 10 ^ 1999 is
/// stored in a few bytes.
QByteArray isSmall(const ShapeColumn &column)
{
    const QByteArray &name = column.quoted;
    if (column.baseType == oids::numeric)
        return "(pg_catalog.scale("_ba + name + ") <= 50 AND "_ba + name
               + " BETWEEN -1e200 AND 1e200)"_ba;
    return "(pg_catalog.pg_column_size("_ba + name + ") <= "_ba + QByteArray::number(smallStored)
           + " AND pg_catalog.pg_column_compression("_ba + name + ") IS NULL)"_ba;
}

QByteArray isLarge(const QByteArray &column)
{
    return "pg_catalog.pg_column_size("_ba + column + ") > "_ba + QByteArray::number(largeStored);
}

QByteArray shown(const ShapeColumn &column)
{
    const QByteArray &name = column.quoted;
    const QByteArray characters = QByteArray::number(shownCharacters);
    switch (column.cut) {
    case CellCut::None:
        return name;
    case CellCut::Text: {
        QByteArray beginning =
            "pg_catalog.left("_ba + name + "::pg_catalog.text, "_ba + characters + ')';
        // char(n) would lose its blanks if the branches met as text.
        if (column.baseType == oids::bpchar)
            beginning += "::pg_catalog.bpchar"_ba;
        if (column.baseType == oids::xml)
            return "CASE WHEN "_ba + isLong(name + "::pg_catalog.text"_ba) + " THEN "_ba + beginning
                   + " ELSE "_ba + name + "::pg_catalog.text END"_ba;
        return "CASE WHEN "_ba + isLong(name) + " THEN "_ba + beginning + " ELSE "_ba + name
               + " END"_ba;
    }
    case CellCut::Bytes:
        return "CASE WHEN "_ba + isLong(name) + " THEN pg_catalog.substring("_ba + name + ", 1, "_ba
               + QByteArray::number(shownBytes) + ") ELSE "_ba + name + " END"_ba;
    case CellCut::Output:
        return "CASE WHEN "_ba + isSmall(column) + " THEN "_ba + name + "::pg_catalog.text WHEN "_ba
               + isLarge(name) + " THEN '' ELSE pg_catalog.left("_ba + name
               + "::pg_catalog.text, "_ba + characters + ") END"_ba;
    }
    Q_UNREACHABLE_RETURN({});
}

/// The expression whose size is told, where that differs from the column.
QByteArray measured(const ShapeColumn &column)
{
    return column.baseType == oids::xml ? column.quoted + "::pg_catalog.text"_ba : column.quoted;
}

QByteArray sizeOf(const ShapeColumn &column)
{
    const QByteArray name = measured(column);
    if (column.cut != CellCut::Output)
        return "CASE WHEN "_ba + isLong(name) + " THEN "_ba + length(name) + " END"_ba;
    // The text is made once and asked twice; OFFSET 0 keeps the planner from making it for each.
    return "CASE WHEN "_ba + isSmall(column) + " THEN NULL WHEN "_ba + isLarge(name)
           + " THEN pg_catalog.pg_column_size("_ba + name
           + ") ELSE (SELECT CASE WHEN pg_catalog.length(t) > "_ba
           + QByteArray::number(shownCharacters)
           + " THEN pg_catalog.octet_length(t) END FROM (SELECT "_ba + name
           + "::pg_catalog.text OFFSET 0) AS s(t)) END"_ba;
}

} // namespace

SelectList::SelectList(const TableShape &shape, bool whole)
    : m_entries(shape.columns.size(), -1)
{
    QByteArrayList parts;
    for (const ShapeColumn &column : shape.columns)
        parts.append(whole ? column.quoted : shown(column));
    m_answerColumns = int(parts.size());
    m_sql = parts.join(", "_ba);
    if (!whole)
        addSizes(shape);
    const bool needsPlace = shape.key.empty() && shape.hasPlaces;
    if (needsPlace) {
        m_sql += (m_sql.isEmpty() ? ""_ba : ", "_ba) + "ctid"_ba;
        m_placeColumn = m_answerColumns++;
    }
}

/// NULL unless some cell of the row was cut: the condition is cheap, the array is not.
void SelectList::addSizes(const TableShape &shape)
{
    QByteArrayList lengths;
    QByteArrayList conditions;
    QByteArrayList sizes;
    for (std::size_t at = 0; at < shape.columns.size(); ++at) {
        const ShapeColumn &column = shape.columns[at];
        if (column.cut == CellCut::None)
            continue;
        m_entries[at] = int(sizes.size());
        sizes.append(sizeOf(column));
        if (column.cut == CellCut::Output)
            conditions.append("NOT "_ba + isSmall(column));
        else
            lengths.append(length(measured(column)));
    }
    if (sizes.isEmpty())
        return;
    if (!lengths.isEmpty())
        conditions.prepend("GREATEST("_ba + lengths.join(", "_ba) + ") > "_ba
                           + QByteArray::number(longBytes));
    m_sql += ", CASE WHEN "_ba + conditions.join(" OR "_ba) + " THEN ARRAY["_ba
             + sizes.join(", "_ba) + "] END"_ba;
    m_sizesColumn = m_answerColumns++;
}

/// `sizes` is an int array without bounds or quotes: {NULL,2048}.
qint64 SelectList::fullSize(QByteArrayView sizes, int column) const
{
    const int entry = m_entries[std::size_t(column)];
    if (entry < 0 || sizes.size() < 2)
        return -1;
    const char *at = sizes.begin() + 1;
    for (int skip = 0; skip < entry; ++skip) {
        while (at != sizes.end() && *at != ',')
            ++at;
        if (at != sizes.end())
            ++at;
    }
    qint64 size = -1;
    const auto [end, error] = std::from_chars(at, sizes.end(), size);
    return error == std::errc{} ? size : -1;
}

} // namespace core
