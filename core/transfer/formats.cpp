// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/formats.h"

#include "core/transfer/csvformatter.h"
#include "core/transfer/jsonformatter.h"
#include "core/transfer/tableformatter.h"
#include "core/transfer/terminalfilter.h"
#include "core/transfer/textformatter.h"

#include <algorithm>
#include <array>
#include <utility>

namespace core {

namespace {

constexpr auto formatNames = std::to_array<std::pair<ExportFormat, QByteArrayView>>({
    {ExportFormat::Csv, "csv"},
    {ExportFormat::JsonLines, "jsonl"},
    {ExportFormat::Json, "json"},
    {ExportFormat::Tsv, "tsv"},
    {ExportFormat::Table, "table"},
});

std::unique_ptr<RowFormatter> plainFormatter(ExportFormat format, FormatColumns columns,
                                             const FormatOptions &options)
{
    switch (format) {
    case ExportFormat::Csv:
        return std::make_unique<CsvFormatter>(std::move(columns), options.header);
    case ExportFormat::JsonLines:
    case ExportFormat::Json:
        return std::make_unique<JsonFormatter>(std::move(columns), format == ExportFormat::Json);
    case ExportFormat::Tsv:
        return std::make_unique<TextFormatter>(std::move(columns), options.header);
    case ExportFormat::Table:
        break;
    }
    return std::make_unique<TableFormatter>(std::move(columns), options);
}

} // namespace

std::optional<ExportFormat> exportFormatNamed(QByteArrayView name)
{
    const auto *found =
        std::ranges::find(formatNames, name, &std::pair<ExportFormat, QByteArrayView>::second);
    return found != formatNames.end() ? std::optional(found->first) : std::nullopt;
}

QByteArrayView nameOf(ExportFormat format)
{
    const auto *found =
        std::ranges::find(formatNames, format, &std::pair<ExportFormat, QByteArrayView>::first);
    return found->second;
}

std::unique_ptr<RowFormatter> makeFormatter(ExportFormat format, FormatColumns columns,
                                            const FormatOptions &options)
{
    auto formatter = plainFormatter(format, std::move(columns), options);
    if (!options.stripControls || format == ExportFormat::Table)
        return formatter;
    return std::make_unique<TerminalSafeFormatter>(std::move(formatter));
}

} // namespace core
