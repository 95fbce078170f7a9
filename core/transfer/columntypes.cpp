// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/columntypes.h"

#include "core/result/typeoids.h"

namespace core {

QByteArray typeFormatsSql(QByteArrayView types)
{
    // bases: a type and what its domains end at. elements: the same for the elements of a true
    // array, which is a type that its element names as its array. Casts of the system's own types
    // do not count (oid < 16384).
    static constexpr QByteArrayView head = "WITH RECURSIVE asked AS (";
    static constexpr QByteArrayView tail =
        "), bases (asked, type) AS ("
        " SELECT a.oid, a.oid FROM asked a"
        " UNION ALL"
        " SELECT b.asked, t.typbasetype FROM bases b"
        " JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype = 'd'"
        "), plain AS ("
        " SELECT b.asked, t.oid, t.typelem FROM bases b"
        " JOIN pg_catalog.pg_type t ON t.oid = b.type AND t.typtype <> 'd'"
        "), elements (asked, type, delimiter) AS ("
        " SELECT p.asked, e.oid, e.typdelim FROM plain p"
        " JOIN pg_catalog.pg_type e ON e.oid = p.typelem AND e.typarray = p.oid"
        " UNION ALL"
        " SELECT x.asked, t.typbasetype, x.delimiter FROM elements x"
        " JOIN pg_catalog.pg_type t ON t.oid = x.type AND t.typtype = 'd'"
        "), leaves AS ("
        " SELECT x.asked, x.type, x.delimiter FROM elements x"
        " JOIN pg_catalog.pg_type t ON t.oid = x.type AND t.typtype <> 'd'"
        ") SELECT p.asked, l.oid, x.asked IS NOT NULL, coalesce(x.delimiter, ','),"
        " l.typtype = 'c' OR l.oid = 'pg_catalog.record'::pg_catalog.regtype"
        " OR (l.typelem <> 0 AND l.typlen = -1)"
        " OR (l.oid >= 16384 AND EXISTS (SELECT FROM pg_catalog.pg_cast c WHERE c.castsource = "
        "l.oid"
        " AND c.casttarget = 'pg_catalog.json'::pg_catalog.regtype AND c.castmethod = 'f')), p.oid"
        " FROM plain p LEFT JOIN leaves x ON x.asked = p.asked"
        " JOIN pg_catalog.pg_type l ON l.oid = coalesce(x.type, p.oid)";
    return head.toByteArray().append(types).append(tail);
}

Statement typeFormatsStatement(const std::vector<Oid> &types)
{
    QByteArrayList numbers;
    for (const Oid type : types)
        numbers.append(QByteArray::number(number(type)));
    Statement statement;
    statement.sql = typeFormatsSql("SELECT pg_catalog.unnest($1::pg_catalog.oid[]) AS oid");
    statement.parameters = {'{' + numbers.join(',') + '}'};
    return statement;
}

TypeFormats readTypeFormats(const Table &table)
{
    TypeFormats formats;
    for (qint64 row = 0; row < table.rowCount(); ++row) {
        const Oid leaf{table.cell(row, 1).toUInt()};
        TypeFormat format;
        format.format = builtinFormat(leaf).value_or(FormatColumn{});
        format.format.isArray = table.cell(row, 2) == "t";
        format.format.arrayDelimiter = table.cell(row, 3).front();
        format.format.alignRight = format.format.alignRight && !format.format.isArray;
        format.onServer = table.cell(row, 4) == "t";
        format.described = Oid{table.cell(row, 5).toUInt()};
        formats.insert(Oid{table.cell(row, 0).toUInt()}, format);
    }
    return formats;
}

} // namespace core
