// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/formats.h"

namespace core {

/// Drops what could drive a terminal from a stream of UTF-8: C0 controls but \n and \t, DEL, and C1
/// controls (U+0080 to U+009F). Remembers a character that is cut at the end of a piece.
class TerminalFilter
{
public:
    [[nodiscard]] QByteArray filtered(QByteArrayView bytes);

private:
    bool m_afterC2 =
        false; ///< the last byte was 0xC2, which C1 controls begin with; not handed out yet
};

/// Another formatter's output through that filter.
class TerminalSafeFormatter final : public RowFormatter
{
public:
    explicit TerminalSafeFormatter(std::unique_ptr<RowFormatter> formatter);
    void begin(OutBuffer &out) override;
    void append(const Chunk &chunk, OutBuffer &out) override;
    void finish(OutBuffer &out) override;

private:
    std::unique_ptr<RowFormatter> m_formatter;
    TerminalFilter m_filter;
    OutBuffer *m_target = nullptr; ///< during a call
    OutBuffer m_between;
};

} // namespace core
