// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"

namespace core {

/// COPY's text format: tabs between values, \N for NULL, backslash escapes (copyto.c,
/// CopyAttributeOutText).
class TextFormatter final : public RowFormatter
{
public:
    TextFormatter(FormatColumns columns, bool header);
    void begin(OutBuffer &out) override;
    void append(const Chunk &chunk, OutBuffer &out) override;
    void finish(OutBuffer &out) override;

private:
    FormatColumns m_columns;
    bool m_header;
};

} // namespace core
