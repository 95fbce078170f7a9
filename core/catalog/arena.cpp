// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/arena.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace core {

namespace {
constexpr qsizetype blockSize = 64 * 1024;
constexpr std::size_t numbersPerBlock = 8 * 1024;
} // namespace

QByteArrayView StringArena::keep(QByteArrayView text)
{
    if (text.isEmpty())
        return {};
    const std::string_view wanted{text.data(), std::size_t(text.size())};
    if (const auto known = m_known.find(wanted); known != m_known.end())
        return {known->data(), text.size()};
    if (m_size - m_used < text.size()) {
        m_size = std::max(blockSize, text.size());
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(std::size_t(m_size)));
        m_used = 0;
        m_bytes += m_size;
    }
    char *const place = m_blocks.back().get() + m_used;
    std::memcpy(place, text.data(), std::size_t(text.size()));
    m_used += text.size();
    m_known.insert({place, wanted.size()});
    return {place, text.size()};
}

void StringArena::seal()
{
    m_known = {};
}

std::span<const qint16> NumberArena::keep(std::span<const qint16> numbers)
{
    if (numbers.empty())
        return {};
    if (m_size - m_used < numbers.size()) {
        m_size = std::max(numbersPerBlock, numbers.size());
        m_blocks.push_back(std::make_unique_for_overwrite<qint16[]>(m_size));
        m_used = 0;
        m_bytes += qsizetype(m_size * sizeof(qint16));
    }
    qint16 *const place = m_blocks.back().get() + m_used;
    std::ranges::copy(numbers, place);
    m_used += numbers.size();
    return {place, numbers.size()};
}

} // namespace core
