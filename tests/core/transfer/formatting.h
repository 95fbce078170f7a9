// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"

#include <QByteArrayList>

#include <optional>
#include <vector>

namespace test {

using Row = std::vector<std::optional<QByteArray>>;

/// What a formatter makes of rows, each in a chunk of its own.
inline QByteArray formatted(core::ExportFormat format, const core::FormatColumns &columns,
                            const std::vector<Row> &rows, const core::FormatOptions &options = {})
{
    QByteArray text;
    core::OutBuffer out([&text](QByteArrayView bytes) {
        text.append(bytes);
        return true;
    });
    const auto formatter = core::makeFormatter(format, columns, options);
    formatter->begin(out);
    core::ChunkBuilder builder(int(columns.size()));
    for (const Row &row : rows) {
        for (const auto &cell : row) {
            if (cell)
                builder.append(*cell);
            else
                builder.appendNull();
        }
        if (row.empty())
            builder.endEmptyRow();
        formatter->append(*builder.take(), out);
    }
    formatter->finish(out);
    out.flush();
    return text;
}

inline core::FormatColumns named(const QByteArrayList &names)
{
    core::FormatColumns columns;
    for (const QByteArray &name : names)
        columns.push_back({.name = name});
    return columns;
}

} // namespace test
