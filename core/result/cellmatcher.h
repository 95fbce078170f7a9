// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/result/rowsource.h"
#include "core/result/rowstore.h"
#include "core/result/typetraits.h"

#include <QByteArrayView>
#include <QRegularExpression>
#include <QString>

#include <atomic>
#include <vector>

namespace core {

/// What a person looks for in the values of a result.
struct FindOptions {
    QString text = {};
    bool matchCase = false;
    bool wholeWord = false;
    bool expression = false; ///< `text` is a regular expression (PCRE)
    bool operator==(const FindOptions &) const = default;
};

/// Says whether a value holds what is looked for: the text as the server sent it, for booleans the
/// words true and false. NULL holds nothing. Immutable; any thread.
class CellMatcher
{
public:
    /// Error: `find.badExpression` with the position in the text.
    [[nodiscard]] static Result<CellMatcher> make(const FindOptions &options);
    [[nodiscard]] bool matches(const Cell &cell, TypeCategory category) const;
    [[nodiscard]] bool matches(QByteArrayView bytes, TypeCategory category) const;

private:
    CellMatcher() = default;
    QByteArray m_bytes; ///< lower case unless m_matchCase; empty = by m_expression
    QRegularExpression m_expression;
    bool m_matchCase = false;
};

/// A cell that holds what was looked for.
struct CellHit {
    qint64 row = 0;
    int column = 0;
    auto operator<=>(const CellHit &) const = default;
};

/// Hits among `rows` of a store, in order, `most` at most. Reads from disk what lies there; for a
/// worker. Stops early when `cancelled` becomes true. An unreadable row is the store's error.
[[nodiscard]] Result<std::vector<CellHit>> findInStore(const RowStore &store, RowRange rows,
                                                       const std::vector<TypeCategory> &categories,
                                                       const CellMatcher &matcher, std::size_t most,
                                                       const std::atomic<bool> &cancelled);

} // namespace core
