// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"

namespace core {

/// PostgreSQL 17's CSV: a value is quoted if it is empty, holds the delimiter, a quote, CR or LF,
/// or is \. in a result of one column; NULL is nothing at all (copyto.c: CopyOneRowTo,
/// CopyAttributeOutCSV).
class CsvFormatter final : public RowFormatter
{
public:
    CsvFormatter(FormatColumns columns, bool header);
    void begin(OutBuffer &out) override;
    void append(const Chunk &chunk, OutBuffer &out) override;
    void finish(OutBuffer &out) override;

private:
    void value(QByteArrayView text, bool isPlain, OutBuffer &out) const;

    FormatColumns m_columns;
    std::vector<bool> m_plain; ///< columns whose values never need quotes
    bool m_header;
};

} // namespace core
