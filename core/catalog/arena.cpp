// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/arena.h"

#include <QHashFunctions>

#include <algorithm>
#include <cstring>
#include <utility>

namespace core {

namespace {
constexpr qsizetype blockSize = 64 * 1024;
constexpr std::size_t fewestKnown = 1024;
constexpr std::size_t numbersPerBlock = 8 * 1024;
} // namespace

/// Where a text is known, or the free place that it would have.
StringArena::Known &StringArena::placeOf(QByteArrayView text, quint32 hash)
{
    const std::size_t mask = m_known.size() - 1;
    std::size_t at = hash & mask;
    while (
        m_known[at].text
        && (m_known[at].hash != hash || QByteArrayView(m_known[at].text, m_known[at].size) != text))
        at = (at + 1) & mask;
    return m_known[at];
}

void StringArena::grow()
{
    const std::vector<Known> before =
        std::exchange(m_known, std::vector<Known>(std::max(fewestKnown, m_known.size() * 2)));
    for (const Known &known : before) {
        if (known.text)
            placeOf({known.text, known.size}, known.hash) = known;
    }
}

const char *StringArena::copy(QByteArrayView text)
{
    if (m_size - m_used < text.size()) {
        m_size = std::max(blockSize, text.size());
        m_blocks.push_back(std::make_unique_for_overwrite<char[]>(std::size_t(m_size)));
        m_used = 0;
        m_bytes += m_size;
    }
    char *const place = m_blocks.back().get() + m_used;
    std::memcpy(place, text.data(), std::size_t(text.size()));
    m_used += text.size();
    return place;
}

QByteArrayView StringArena::keep(QByteArrayView text)
{
    if (text.isEmpty())
        return {};
    if (2 * m_count >= m_known.size())
        grow();
    const auto hash = quint32(qHashBits(text.data(), std::size_t(text.size())));
    Known &known = placeOf(text, hash);
    if (!known.text) {
        known = {copy(text), quint32(text.size()), hash};
        ++m_count;
    }
    return {known.text, text.size()};
}

void StringArena::seal()
{
    m_known = {};
    m_count = 0;
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
