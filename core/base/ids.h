// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QtTypes>

namespace core {

/// An object id of the server's catalog. Oid{} (0) is InvalidOid.
enum class Oid : quint32 {};
/// One request of one session; grows by one, never reused within a program run.
enum class Serial : quint64 {};
/// One transaction that a person opened; never reused within a program run.
enum class TransactionNumber : quint64 { None = 0 };

[[nodiscard]] constexpr quint32 number(Oid oid)
{
    return quint32(oid);
}
[[nodiscard]] constexpr bool isValid(Oid oid)
{
    return oid != Oid{};
}

/// A half-open run of rows [first, first + count). Rows are counted in 64 bits everywhere.
struct RowRange {
    qint64 first = 0;
    qint64 count = 0;
    [[nodiscard]] qint64 end() const { return first + count; }
    [[nodiscard]] bool contains(qint64 row) const { return row >= first && row < end(); }
    bool operator==(const RowRange &) const = default;
};

} // namespace core
