// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"

#include <QStringList>

namespace core {

/// Columns aligned for a person: widths from the header and the first rows, which are held back
/// until they are known; later rows may stick out. NULL is written as NULL, control characters as
/// escapes, very long values end in an ellipsis.
class TableFormatter final : public RowFormatter
{
public:
    TableFormatter(FormatColumns columns, const FormatOptions &options);
    void begin(OutBuffer &out) override;
    void append(const Chunk &chunk, OutBuffer &out) override;
    void finish(OutBuffer &out) override;

private:
    void takeRow(const QStringList &cells, OutBuffer &out);
    void writeHeld(OutBuffer &out);
    void writeHeader(OutBuffer &out) const;
    void writeRow(const QStringList &cells, OutBuffer &out) const;

    FormatColumns m_columns;
    std::vector<int> m_widths;
    std::vector<QStringList> m_held;
    qint64 m_rows = 0;
    int m_sampleRows;
    bool m_header;
    bool m_sampling = true;
};

} // namespace core
