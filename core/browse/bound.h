// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <compare>
#include <optional>
#include <vector>

namespace core {

/// A place in the order of a table's rows, in the server's text: the values of the key columns, or
/// one ctid.
struct Bound {
    std::vector<QByteArray> values = {};
    bool onRow = false; ///< the row that lies exactly here has been read: go on beyond it
    bool operator==(const Bound &) const = default;
};

/// A row's place in its heap, "(page,item)".
struct TupleId {
    quint32 page = 0;
    quint16 item = 0;
    auto operator<=>(const TupleId &) const = default;
    [[nodiscard]] QByteArray text() const;
    [[nodiscard]] static std::optional<TupleId> read(QByteArrayView text);
};

} // namespace core
