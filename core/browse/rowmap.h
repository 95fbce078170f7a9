// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/window.h"
#include "core/result/rowsource.h"

#include <deque>
#include <optional>
#include <vector>

namespace core {

/// A read that brings the rows on screen nearer.
struct Fetch {
    enum class Kind : quint8 {
        First,  ///< the first rows of the table
        Last,   ///< the last ones
        At,     ///< rows from about a fraction of the table
        After,  ///< on from the end of a segment
        Before, ///< back from the beginning of a segment
    };
    Kind kind = Kind::First;
    quint64 segment = 0; ///< of After and Before
    qint64 position = 0; ///< of At: what its first row will be called
    bool ahead = false;  ///< nothing on screen waits for it
    bool operator==(const Fetch &) const = default;
};

/// Where rows that were read lie among virtual positions: segments of rows without gap or
/// duplicate, each somewhere between 0 and the count. A segment that was begun by a jump moves when
/// it meets the first row, the last row or its neighbour. Pure bookkeeping, one thread, no I/O.
class RowMap
{
public:
    /// In the order in which they happened, ready to become a RowSource's signals.
    struct Change {
        enum class Kind : quint8 { Arrived, Shifted, Count };
        Kind kind = Kind::Count;
        RowRange range = {}; ///< of Arrived; `first` of Shifted
        qint64 delta = 0;    ///< of Shifted
        bool operator==(const Change &) const = default;
    };
    using Changes = std::vector<Change>;
    struct Found {
        const Window *window = nullptr;
        int row = 0;
    };

    /// `keyColumns`: those columns of a window that say which row it is. `step`: rows of a usual
    /// read.
    RowMap(std::vector<int> keyColumns, int step);

    [[nodiscard]] RowCount count() const;
    /// From the statistics; not below what is known. None keeps what there was.
    [[nodiscard]] Changes setEstimate(std::optional<double> rows);
    [[nodiscard]] Changes setCounted(qint64 rows);
    /// No row lies at `position` or after it, as far as a jump could see.
    [[nodiscard]] Changes shrink(qint64 position);
    /// Forgets the rows; the count stays, as an estimate.
    void clear();
    /// Usual rows of a read from now on.
    void setStep(int step) { m_step = step; }

    [[nodiscard]] Found find(qint64 row) const;
    /// The row's position is counted from a known end of the table.
    [[nodiscard]] bool isExact(qint64 row) const;
    /// What to read next so that all of `visible` and then some rows further in `direction` (+1,
    /// -1) are here.
    [[nodiscard]] std::optional<Fetch> next(RowRange visible, int direction);
    /// Where a segment's reading goes on; null when the segment is not there any more.
    [[nodiscard]] const Bound *endOf(quint64 segment) const;
    [[nodiscard]] const Bound *beginOf(quint64 segment) const;

    // What a fetch brought. `first`, `last`: it reached the table's first, last row. What cannot be
    // placed without a gap or a duplicate is dropped.
    [[nodiscard]] Changes placeFirst(Window window, bool last);
    [[nodiscard]] Changes placeLast(Window window, bool first);
    [[nodiscard]] Changes placeAt(qint64 position, Window window, bool last);
    [[nodiscard]] Changes append(quint64 segment, Window window, bool last);
    [[nodiscard]] Changes prepend(quint64 segment, Window window, bool first);

    /// Forgets windows far from `visible`, least recently looked at first, until at most `bytes`
    /// are held.
    void evict(RowRange visible, qint64 bytes);
    [[nodiscard]] qint64 residentBytes() const;

private:
    struct Segment {
        quint64 id = 0;
        qint64 first = 0;
        qint64 rows = 0;
        std::deque<Window> windows = {};
        bool atFirst = false; ///< begins with the table's first row
        bool atLast = false;
        bool exact = false; ///< `first` is no estimate
        quint64 used = 0;
        [[nodiscard]] qint64 end() const { return first + rows; }
        [[nodiscard]] qint64 bytes() const;
    };
    using Segments = std::vector<Segment>;
    using At = Segments::iterator;

    [[nodiscard]] At byId(quint64 segment);
    [[nodiscard]] At holding(qint64 row);
    [[nodiscard]] qint64 endBefore(At segment) const;
    [[nodiscard]] qint64 shiftBegin(At segment) const;
    [[nodiscard]] std::optional<Fetch> nextVisible(RowRange visible, int direction);
    [[nodiscard]] std::optional<Fetch> nextAhead(RowRange visible, int direction);
    [[nodiscard]] std::optional<Fetch> nextFor(qint64 missing, RowRange visible, int direction);
    [[nodiscard]] At insert(qint64 first, Window window);
    [[nodiscard]] std::optional<int> rowOfKey(const Window &window,
                                              const std::vector<QByteArray> &key) const;
    void shiftFrom(At segment, qint64 delta, Changes &changes);
    void move(At segment, qint64 delta, Changes &changes);
    void join(At segment, Changes &changes);
    [[nodiscard]] bool mergeNext(At segment, Window &window, Changes &changes);
    [[nodiscard]] At mergePrevious(At segment, Window &window, Changes &changes);
    void dropCrowded(At segment);
    void settleLast(At segment, Changes &changes);
    void makeRoom();
    [[nodiscard]] Changes finish(RowCount before, RowRange arrived, Changes changes);
    void trimEnds(Segment &segment, RowRange kept, qint64 &spare);

    std::vector<int> m_keyColumns;
    int m_step;
    Segments m_segments; ///< by first; they never overlap
    qint64 m_rows = 0;
    RowCount::Kind m_kind = RowCount::Kind::Growing;
    quint64 m_lastId = 0;
    quint64 m_clock = 0;
    mutable const Window *m_foundIn = nullptr; ///< of the last find()
    mutable RowRange m_foundRange;
};

} // namespace core
