// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <memory>
#include <span>
#include <vector>

namespace core {

/// Keeps strings in large blocks that never move; equal strings are kept once until seal(). Not
/// thread-safe while it is filled; afterwards only its memory counts.
class StringArena
{
public:
    [[nodiscard]] QByteArrayView keep(QByteArrayView text);
    /// Frees what finds equal strings; keep() must not be called any more.
    void seal();
    [[nodiscard]] qsizetype residentBytes() const { return m_bytes; }

private:
    struct Known {
        const char *text = nullptr; ///< null = a free place
        quint32 size = 0;
        quint32 hash = 0;
    };
    [[nodiscard]] Known &placeOf(QByteArrayView text, quint32 hash);
    [[nodiscard]] const char *copy(QByteArrayView text);
    void grow();

    std::vector<std::unique_ptr<char[]>> m_blocks;
    std::vector<Known> m_known; ///< open addressing; a power of two, at most half full
    std::size_t m_count = 0;
    qsizetype m_used = 0;
    qsizetype m_size = 0; ///< of the last block
    qsizetype m_bytes = 0;
};

/// Keeps runs of column numbers in blocks that never move.
class NumberArena
{
public:
    [[nodiscard]] std::span<const qint16> keep(std::span<const qint16> numbers);
    [[nodiscard]] qsizetype residentBytes() const { return m_bytes; }

private:
    std::vector<std::unique_ptr<qint16[]>> m_blocks;
    std::size_t m_used = 0;
    std::size_t m_size = 0; ///< of the last block
    qsizetype m_bytes = 0;
};

} // namespace core
