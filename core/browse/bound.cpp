// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/bound.h"

#include <charconv>

namespace core {

QByteArray TupleId::text() const
{
    return '(' + QByteArray::number(page) + ',' + QByteArray::number(item) + ')';
}

std::optional<TupleId> TupleId::read(QByteArrayView text)
{
    const char *const end = text.end();
    if (text.size() < 5 || text.front() != '(' || text.back() != ')')
        return std::nullopt;
    TupleId id;
    const auto page = std::from_chars(text.begin() + 1, end, id.page);
    if (page.ec != std::errc{} || *page.ptr != ',')
        return std::nullopt;
    const auto item = std::from_chars(page.ptr + 1, end, id.item);
    if (item.ec != std::errc{} || item.ptr + 1 != end)
        return std::nullopt;
    return id;
}

} // namespace core
