// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"
#include "core/transfer/jsonvalue.h"

namespace core {

/// JSON Lines, or one array of the same lines.
class JsonFormatter final : public RowFormatter
{
public:
    JsonFormatter(FormatColumns columns, bool asArray);
    void begin(OutBuffer &out) override;
    void append(const Chunk &chunk, OutBuffer &out) override;
    void finish(OutBuffer &out) override;

private:
    void row(const Chunk &chunk, int row, OutBuffer &out);

    FormatColumns m_columns;
    std::vector<QByteArray> m_keys; ///< `{"a":`, `,"b":`
    JsonArrayWriter m_arrays;
    bool m_asArray;
    bool m_first = true;
};

} // namespace core
