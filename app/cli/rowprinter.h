// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/transfer/formats.h"

#include <memory>

namespace cli {

/// How the rows of `tables`, `rows` and `query` are printed, by --format, --json and --no-header.
struct RowStyle {
    core::ExportFormat format = core::ExportFormat::Tsv;
    core::FormatOptions options = {};
    bool operator==(const RowStyle &) const = default;
};

/// Without --format: JSON with --json, a table on a terminal, else tab-separated text without a
/// header. Error cli.usage for a format that does not exist.
[[nodiscard]] core::Result<RowStyle> rowStyle(const Arguments &arguments);

/// Formats chunks onto standard output. When nothing more can be written the rest is dropped;
/// outputResult() says whether that is an error.
class RowPrinter
{
public:
    explicit RowPrinter(RowStyle style);
    void begin(const core::Columns &columns);
    void append(const core::Chunk &chunk);
    void finish();
    /// False once nothing more can be written: nobody gets more rows.
    [[nodiscard]] bool isWanted() const { return !m_out.failed(); }

private:
    RowStyle m_style;
    core::OutBuffer m_out;
    std::unique_ptr<core::RowFormatter> m_formatter;
};

} // namespace cli
