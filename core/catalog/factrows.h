// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/catalog/catalogtypes.h"
#include "core/result/chunk.h"

#include <charconv>
#include <vector>

namespace core {

/// Walks over the rows of one answer and reads its cells as what they are. Text that is no number
/// reads as 0.
class FactRows
{
public:
    explicit FactRows(const std::vector<ChunkPtr> &chunks)
        : m_chunks(chunks)
    {
    }
    /// Before the first row too.
    [[nodiscard]] bool next()
    {
        ++m_row;
        while (m_chunk < m_chunks.size() && m_row >= m_chunks[m_chunk]->rowCount()) {
            ++m_chunk;
            m_row = 0;
        }
        return m_chunk < m_chunks.size();
    }
    [[nodiscard]] QByteArrayView text(int column) const
    {
        return m_chunks[m_chunk]->cell(m_row, column);
    }
    [[nodiscard]] bool isNull(int column) const { return m_chunks[m_chunk]->isNull(m_row, column); }
    /// bool is sent as t or f; NULL reads as false.
    [[nodiscard]] bool flag(int column) const { return letter(column) == 't'; }
    /// "char" columns; NUL for an empty one.
    [[nodiscard]] char letter(int column) const
    {
        const QByteArrayView bytes = text(column);
        return bytes.isEmpty() ? '\0' : bytes.front();
    }
    template<class Number> [[nodiscard]] Number number(int column) const
    {
        const QByteArrayView bytes = text(column);
        Number value{};
        std::from_chars(bytes.begin(), bytes.end(), value);
        return value;
    }
    [[nodiscard]] Oid oid(int column) const { return Oid{number<quint32>(column)}; }
    /// "{1,2}" (int2[]) or "1 2" (int2vector, oidvector).
    template<class Number> void numbers(int column, std::vector<Number> &values) const
    {
        values.clear();
        const QByteArrayView bytes = text(column);
        const char *at = bytes.begin();
        while (at != bytes.end()) {
            Number value{};
            const auto [end, error] = std::from_chars(at, bytes.end(), value);
            if (error == std::errc{})
                values.push_back(value);
            at = end == at ? at + 1 : end;
        }
    }

private:
    const std::vector<ChunkPtr> &m_chunks;
    std::size_t m_chunk = 0;
    int m_row = -1;
};

/// confupdtype, confdeltype.
[[nodiscard]] constexpr ForeignKeyAction foreignKeyAction(char letter)
{
    switch (letter) {
    case 'r':
        return ForeignKeyAction::Restrict;
    case 'c':
        return ForeignKeyAction::Cascade;
    case 'n':
        return ForeignKeyAction::SetNull;
    case 'd':
        return ForeignKeyAction::SetDefault;
    default:
        return ForeignKeyAction::NoAction;
    }
}

} // namespace core
