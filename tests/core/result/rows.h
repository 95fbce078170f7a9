// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/chunk.h"

#include <sys/resource.h>

#include <csignal>

namespace rows {

/// Text of a cell that says which one it is, so that every mix-up shows.
inline QByteArray text(qint64 row, int column)
{
    return "r" + QByteArray::number(row) + "c" + QByteArray::number(column)
           + QByteArray(row % 40, 'x');
}

inline bool isNull(qint64 row, int column)
{
    return (row + column) % 11 == 3;
}

inline core::ChunkPtr chunk(qint64 first, int count, int columns = 4)
{
    core::ChunkBuilder builder(columns);
    for (qint64 row = first; row < first + count; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (isNull(row, column))
                builder.appendNull();
            else
                builder.append(text(row, column));
        }
    }
    return builder.take();
}

/// The first wrong cell of a chunk whose first row is `first`, or -1.
inline qint64 firstWrong(const core::Chunk &chunk, qint64 first)
{
    for (int row = 0; row < chunk.rowCount(); ++row) {
        for (int column = 0; column < chunk.columnCount(); ++column) {
            const bool null = isNull(first + row, column);
            const QByteArray expected = null ? QByteArray() : text(first + row, column);
            if (chunk.isNull(row, column) != null || chunk.cell(row, column) != expected)
                return first + row;
        }
    }
    return -1;
}

/// No file of this process may grow beyond `bytes`: what a full disk does, without one.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
        : m_handler(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit limit = m_before;
        limit.rlim_cur = bytes;
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before{};
    sighandler_t m_handler;
};

} // namespace rows
