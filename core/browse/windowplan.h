// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/rowmap.h"
#include "core/browse/selectlist.h"
#include "core/browse/tableshape.h"
#include "core/session/collect.h"

#include <QString>

#include <memory>
#include <span>

namespace core {

/// What a read of one window brought.
struct WindowAnswer {
    Window window = {};
    bool first = false; ///< it holds the table's first row, or there is none
    bool last = false;
};

/// How windows of one relation are asked for: one order of its rows, and the SQL that reads from a
/// place in that order. Makes text and reads answers; sends nothing. One thread.
class WindowPlan
{
public:
    virtual ~WindowPlan() = default;

    /// By key where there is one, else by place in the heap; null when a relation has neither.
    /// `whole`: cells not cut.
    [[nodiscard]] static std::unique_ptr<WindowPlan> make(const TableShape &shape, bool descending,
                                                          bool whole);

    [[nodiscard]] const SelectList &list() const { return m_list; }
    [[nodiscard]] const TableShape &shape() const { return m_shape; }
    [[nodiscard]] virtual QString orderText() const = 0;
    /// Columns of an answer that say which row it is.
    [[nodiscard]] virtual std::vector<int> keyColumns() const = 0;

    /// What must be known before any window but First; small, sent in front of the first window in
    /// one pipeline.
    [[nodiscard]] virtual std::vector<Statement> facts() const = 0;
    virtual void readFacts(std::span<const Table> answers) = 0;
    /// Rows by the statistics; none while nothing is known.
    [[nodiscard]] virtual std::optional<double> estimatedRows() const = 0;
    /// What is missing before a jump (Fetch::At) can be placed; empty when nothing is.
    [[nodiscard]] virtual std::vector<Statement> positionFacts() const = 0;
    virtual void readPositionFacts(std::span<const Table> answers) = 0;
    /// A jump led beyond all rows. True when positions will be made from something newer next time.
    [[nodiscard]] virtual bool distrustPositions() = 0;

    /// A fetch of about `rows` rows. `edge` for After and Before; At goes to `edge` too if there is
    /// one (a row that was there before), else to about `fraction` of the table. `stretch` (1, 8,
    /// 64 …) widens the search after answers without rows.
    [[nodiscard]] virtual Statement statement(const Fetch &fetch, double fraction,
                                              const Bound *edge, int rows, int stretch) const = 0;
    /// Not const: an answer teaches how dense rows lie.
    [[nodiscard]] virtual WindowAnswer read(const Fetch &fetch, double fraction, const Bound *edge,
                                            int rows, int stretch,
                                            std::vector<ChunkPtr> chunks) = 0;
    /// SELECT of an expression from the one row at a place.
    [[nodiscard]] virtual Statement one(const QByteArray &expression, const Bound &place) const = 0;
    /// The place of a row; reading on from it (At, After) begins with that row.
    [[nodiscard]] Bound placeOf(const Window &window, int row) const
    {
        return {window.values(row, keyColumns()), false};
    }

    /// For every request of this plan.
    void applySettings(RequestSpec &spec) const;

protected:
    WindowPlan(const TableShape &shape, bool whole);

private:
    TableShape m_shape;
    SelectList m_list;
};

} // namespace core
