// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/terminalfilter.h"

#include <utility>

namespace core {

QByteArray TerminalFilter::filtered(QByteArrayView bytes)
{
    QByteArray kept;
    kept.reserve(bytes.size() + 1);
    for (const char signedByte : bytes) {
        const quint8 byte = quint8(signedByte);
        const bool afterC2 = std::exchange(m_afterC2, byte == 0xC2);
        if (afterC2 && byte >= 0x80 && byte <= 0x9F)
            continue;
        if (afterC2)
            kept.append('\xC2');
        const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
        if (!control && !m_afterC2)
            kept.append(signedByte);
    }
    return kept;
}

TerminalSafeFormatter::TerminalSafeFormatter(std::unique_ptr<RowFormatter> formatter)
    : m_formatter(std::move(formatter))
    , m_between(
          [this](QByteArrayView bytes) {
              m_target->write(m_filter.filtered(bytes));
              return !m_target->failed();
          },
          OutBuffer::largestPiece)
{
}

void TerminalSafeFormatter::begin(OutBuffer &out)
{
    m_target = &out;
    m_formatter->begin(m_between);
    m_between.flush();
}

void TerminalSafeFormatter::append(const Chunk &chunk, OutBuffer &out)
{
    m_target = &out;
    m_formatter->append(chunk, m_between);
    m_between.flush();
}

void TerminalSafeFormatter::finish(OutBuffer &out)
{
    m_target = &out;
    m_formatter->finish(m_between);
    m_between.flush();
}

} // namespace core
