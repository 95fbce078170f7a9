// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rowprinter.h"

#include "app/cli/output.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace cli {

core::Result<RowStyle> rowStyle(const Arguments &arguments)
{
    RowStyle style;
    const std::optional<QString> asked = arguments.value(u"format"_s);
    if (asked) {
        const auto format = core::exportFormatNamed(asked->toUtf8());
        if (!format) {
            return core::failure(
                core::ErrorKind::Usage, "cli.usage"_ba,
                QCoreApplication::translate("cli", "There is no format “%1”.").arg(*asked), {},
                QCoreApplication::translate("cli",
                                            "It is one of table, tsv, csv, json and jsonl."));
        }
        style.format = *format;
    } else if (arguments.has(u"json"_s)) {
        style.format = core::ExportFormat::Json;
    } else {
        style.format = outputIsTerminal() ? core::ExportFormat::Table : core::ExportFormat::Tsv;
    }
    style.options.header =
        !arguments.has(u"no-header"_s) && style.format != core::ExportFormat::Tsv;
    style.options.stripControls = outputIsTerminal();
    return style;
}

RowPrinter::RowPrinter(RowStyle style)
    : m_style(style)
    , m_out(writeOutput)
{
}

void RowPrinter::begin(const core::Columns &columns)
{
    m_formatter =
        core::makeFormatter(m_style.format, core::formatColumns(columns), m_style.options);
    m_formatter->begin(m_out);
}

void RowPrinter::append(const core::Chunk &chunk)
{
    m_formatter->append(chunk, m_out);
}

void RowPrinter::finish()
{
    if (m_formatter)
        m_formatter->finish(m_out);
    m_formatter.reset();
    m_out.flush();
}

} // namespace cli
