// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/outbuffer.h"

#include <algorithm>

namespace core {

OutBuffer::OutBuffer(Sink sink, qsizetype capacity)
    : m_sink(std::move(sink))
    , m_block(
          std::make_unique_for_overwrite<char[]>(std::size_t(std::max(capacity, 2 * largestPiece))))
    , m_capacity(std::max(capacity, 2 * largestPiece))
{
}

void OutBuffer::write(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    if (bytes.size() > m_capacity - m_used)
        flush();
    if (bytes.size() > m_capacity) {
        // A cell of many megabytes need not pass through the block.
        m_flushed += bytes.size();
        m_failed = m_failed || !m_sink(bytes);
        return;
    }
    std::memcpy(m_block.get() + m_used, bytes.data(), std::size_t(bytes.size()));
    m_used += bytes.size();
}

bool OutBuffer::flush()
{
    if (m_used > 0 && !m_failed)
        m_failed = !m_sink({m_block.get(), m_used});
    m_flushed += m_used;
    m_used = 0;
    return !m_failed;
}

} // namespace core
