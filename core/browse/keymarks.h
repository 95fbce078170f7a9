// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QByteArray>

#include <vector>

namespace core {

/// Values of a key that divide a table's rows into parts of equal size: the server's histogram of
/// the leading column, or our own sample of whole keys, or just the first and the last key. From
/// the lowest to the highest.
class KeyMarks
{
public:
    using Tuple = std::vector<QByteArray>;
    /// Where to begin reading for a fraction: values of the leading columns; `low` and `high` hold
    /// them in where the middle was computed here.
    struct Start {
        Tuple values = {};
        Tuple low = {};
        Tuple high = {};
    };

    KeyMarks() = default;
    KeyMarks(std::vector<Tuple> marks, Oid leadingType)
        : m_marks(std::move(marks))
        , m_leadingType(leadingType)
    {
    }
    [[nodiscard]] bool isEmpty() const { return m_marks.empty(); }
    /// For 0…1; not for an empty object.
    [[nodiscard]] Start at(double fraction) const;

private:
    std::vector<Tuple> m_marks;
    Oid m_leadingType = {};
};

} // namespace core
