// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <cstring>
#include <functional>
#include <memory>

namespace core {

/// A fixed block of memory in front of a sink: fill it by room() and commit(), or write(). When it
/// is full the sink is called with what is there. A sink that answers false has failed: everything
/// after that is dropped. Whatever the size of a value, the buffer never grows.
class OutBuffer
{
public:
    using Sink = std::function<bool(QByteArrayView)>;
    static constexpr qsizetype defaultCapacity = qsizetype(4) * 1024 * 1024;
    /// The most that room() may be asked for.
    static constexpr qsizetype largestPiece = qsizetype(64) * 1024;

    explicit OutBuffer(Sink sink, qsizetype capacity = defaultCapacity);

    /// At least `bytes` (<= largestPiece) of memory to fill; valid until the next call.
    [[nodiscard]] char *room(qsizetype bytes)
    {
        if (m_capacity - m_used < bytes) [[unlikely]]
            flush();
        return m_block.get() + m_used;
    }
    /// Says how far the memory of room() was filled.
    void commit(const char *end) { m_used = end - m_block.get(); }
    void put(char byte)
    {
        char *at = room(1);
        *at = byte;
        commit(at + 1);
    }
    void write(QByteArrayView bytes);
    /// Hands over what is there. False once the sink has failed.
    bool flush();

    [[nodiscard]] bool failed() const { return m_failed; }
    /// Handed over and still here.
    [[nodiscard]] qint64 written() const { return m_flushed + m_used; }

private:
    Sink m_sink;
    std::unique_ptr<char[]> m_block;
    qsizetype m_capacity;
    qsizetype m_used = 0;
    qint64 m_flushed = 0;
    bool m_failed = false;
};

} // namespace core
