// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/result/chunk.h"

#include <QObject>

namespace core {

/// How many rows there are, as far as is known.
struct RowCount {
    enum class Kind : quint8 {
        Exact,
        Estimated, ///< from statistics; the true number may be on either side
        Growing,   ///< rows are still arriving; there are at least so many
    };
    qint64 rows = 0;
    Kind kind = Kind::Estimated;
    bool operator==(const RowCount &) const = default;
};

/// A cell as a view needs it. `bytes` is server text, valid until control returns to the event
/// loop.
struct Cell {
    enum class State : quint8 {
        Missing, ///< not here yet: call want()
        Present,
        Gone, ///< the row was there and is not any more
    };
    State state = State::Missing;
    bool isNull = false;
    QByteArrayView bytes = {};
    qint64 fullSize = -1; ///< bytes of the whole value where the server cut it (bytes holds its
                          ///< beginning); -1 = whole
};

/// What the grid, the exporter and the inspector know about rows: columns, a 64-bit count, and
/// cells when they are present. Sources over tables of any size and over stored results implement
/// it. Lives in the thread that made it and does no I/O there; all signals come from that thread's
/// event loop, never from inside want().
class RowSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Empty until columnsKnown() was emitted.
    [[nodiscard]] virtual const Columns &columns() const = 0;
    [[nodiscard]] virtual RowCount rowCount() const = 0;
    /// Says which rows are on screen. Fetches what is missing and, around it, what will be wanted
    /// next; a later call replaces an earlier one, whose reads that nobody needs any more are
    /// cancelled.
    virtual void want(RowRange visible) = 0;
    [[nodiscard]] virtual Cell cell(qint64 row, int column) const = 0;
    /// True when row positions are estimates ("≈"), e.g. after a jump into the middle of a big
    /// table.
    [[nodiscard]] virtual bool positionsAreEstimates() const { return false; }
    /// One sentence for the view bar on the order of rows ("by id", "physical order"); may be
    /// empty.
    [[nodiscard]] virtual QString orderText() const { return {}; }
    /// Drops every cell and reads again; the view's position stays.
    virtual void refresh() {}
    /// Ends what runs now. Rows that are here stay.
    virtual void cancel() {}

signals:
    void columnsKnown();
    void rowsArrived(const core::RowRange &range);
    void countChanged();
    /// Rows from `first` on are now called `first + delta`: an estimate met the truth. Views move
    /// with their rows.
    void rowsShifted(qint64 first, qint64 delta);
    /// All cells were dropped (refresh): views ask again for what they show.
    void reset();
    /// Reading started or ended.
    void busyChanged(bool busy);
    /// Rows that are present stay valid.
    void failed(const core::Error &error);
};

} // namespace core
