// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/typeoids.h"
#include "syntheticsource.h"
#include "ui/grid/gridcolumns.h"

/// A table as the drawn pictures show it: keys, numbers, times, NULL, '', booleans, jsonb.
namespace invoices {

inline core::Column column(const char *name, core::Oid type, int modifier = -1)
{
    core::Column made;
    made.name = QString::fromUtf8(name);
    made.type = type;
    made.typeModifier = modifier;
    return made;
}

inline core::Columns columns()
{
    namespace oids = core::oids;
    return {column("id", oids::int8),
            column("number", oids::text),
            column("organisation_id", oids::int8),
            column("total", oids::numeric, (12 << 16 | 2) + 4),
            column("paid", oids::boolean),
            column("issued_at", oids::timestamptz),
            column("note", oids::text),
            column("metadata", oids::jsonb)};
}

inline std::vector<ui::ColumnFacts> facts()
{
    std::vector<ui::ColumnFacts> facts(8);
    facts[0].primaryKey = true;
    facts[0].sort = ui::ColumnFacts::Sort::Descending;
    facts[2].references = QStringLiteral("organisations");
    facts[5].typeNote = QStringLiteral("Europe/Berlin");
    return facts;
}

inline core::Cell note(qint64 row)
{
    static const QByteArray notes[] = {
        "",
        "Split over two cost centres as agreed",
        "\xd8\xb4\xd8\xad\xd9\x86\xd8\xa9 \xd8\xac\xd8\xb2\xd8\xa6\xd9\x8a\xd8\xa9 "
        "\xd8\xa5\xd9\x84\xd9\x89 \xd9\x85\xd9\x8a\xd9\x86\xd8\xa7\xd8\xa1",
        "first\nsecond",
        " gold  ",
        "caf\xe9",
        "abc\xe2\x80\xae"
        "fdp.exe",
        "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e\xe3\x81\xae\xe3\x83\xa1\xe3\x83\xa2\xe3\x81\xa7\xe3"
        "\x81\x99",
        "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb ships \xf0\x9f\x9a\xa2"};
    if (row % 3 == 1)
        return SyntheticSource::null();
    core::Cell cell = SyntheticSource::present(notes[(row / 3) % 9]);
    if (row % 29 == 5)
        cell.fullSize = 4096;
    return cell;
}

inline core::Cell cell(qint64 row, int column, QByteArray &store)
{
    const quint64 noise = (quint64(row) * 2654435761U) % 20011;
    switch (column) {
    case 0:
        store = QByteArray::number(48204117 - row);
        break;
    case 1:
        store = "INV-2026-" + QByteArray::number(104417 - row % 100000).right(5);
        break;
    case 2:
        store = QByteArray::number(noise);
        break;
    case 3:
        store = QByteArray(row % 7 == 6 ? "-" : "") + QByteArray::number(noise * 13 % 90000) + "."
                + QByteArray::number(noise % 90 + 10);
        break;
    case 4:
        if (row % 19 == 9)
            return SyntheticSource::null();
        store = noise % 3 == 0 ? "f" : "t";
        break;
    case 5:
        store = "2026-03-14 09:" + QByteArray::number(10 + noise % 50) + ":53+01";
        break;
    case 6:
        return note(row);
    default:
        if (row % 17 == 3)
            return SyntheticSource::null();
        store = row % 8 == 1 ? "{}"
                             : "{\"po\": \"PO-" + QByteArray::number(noise)
                                   + "\", \"tax\": {\"rate\": 0.19}}";
        break;
    }
    return SyntheticSource::present(store);
}

inline SyntheticSource *source(qint64 rows, QObject *parent)
{
    return new SyntheticSource(columns(), rows, &invoices::cell, parent);
}

} // namespace invoices
