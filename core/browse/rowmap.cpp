// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/rowmap.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace core {

qint64 RowMap::Segment::bytes() const
{
    return std::accumulate(
        windows.begin(), windows.end(), qint64(0),
        [](qint64 sum, const Window &window) { return sum + window.residentBytes(); });
}

RowMap::RowMap(std::vector<int> keyColumns, int step)
    : m_keyColumns(std::move(keyColumns))
    , m_step(step)
{
}

RowCount RowMap::count() const
{
    return {m_rows, m_kind};
}

RowMap::Changes RowMap::setEstimate(std::optional<double> rows)
{
    const RowCount before = count();
    if (rows && std::isfinite(*rows) && m_kind != RowCount::Kind::Exact) {
        m_kind = RowCount::Kind::Estimated;
        m_rows = std::max(qint64(0), qint64(std::llround(*rows)));
        makeRoom();
    }
    return finish(before, {}, {});
}

RowMap::Changes RowMap::setCounted(qint64 rows)
{
    const RowCount before = count();
    Changes changes;
    m_kind = RowCount::Kind::Exact;
    m_rows = rows;
    if (!m_segments.empty() && m_segments.back().atLast && !m_segments.back().exact) {
        settleLast(std::prev(m_segments.end()), changes);
    } else if (!m_segments.empty() && m_segments.back().end() > rows) {
        // Rows came between the counting and the reading, or a jump landed too far down.
        m_kind = RowCount::Kind::Estimated;
        makeRoom();
    }
    return finish(before, {}, std::move(changes));
}

RowMap::Changes RowMap::shrink(qint64 position)
{
    const RowCount before = count();
    m_rows = std::max(qint64(1), position);
    m_kind = RowCount::Kind::Estimated;
    std::erase_if(m_segments,
                  [position](const Segment &segment) { return segment.end() > position; });
    makeRoom();
    return finish(before, {}, {});
}

void RowMap::clear()
{
    m_segments.clear();
    m_foundIn = nullptr;
    if (m_kind == RowCount::Kind::Exact)
        m_kind = RowCount::Kind::Estimated;
}

RowMap::At RowMap::byId(quint64 segment)
{
    return std::ranges::find(m_segments, segment, &Segment::id);
}

RowMap::At RowMap::holding(qint64 row)
{
    const auto after = std::ranges::upper_bound(m_segments, row, {}, &Segment::first);
    if (after == m_segments.begin())
        return m_segments.end();
    const auto at = std::prev(after);
    return row < at->end() ? at : m_segments.end();
}

qint64 RowMap::endBefore(At segment) const
{
    return segment == m_segments.begin() ? 0 : std::prev(segment)->end();
}

/// Rows that were not read yet but are on screen above a segment move with it: they are counted
/// from it.
qint64 RowMap::shiftBegin(At segment) const
{
    return std::min(endBefore(segment), segment->first);
}

RowMap::Found RowMap::find(qint64 row) const
{
    if (m_foundIn && m_foundRange.contains(row))
        return {m_foundIn, int(row - m_foundRange.first)};
    const auto after = std::ranges::upper_bound(m_segments, row, {}, &Segment::first);
    if (after == m_segments.begin() || row >= std::prev(after)->end())
        return {};
    qint64 first = std::prev(after)->first;
    for (const Window &window : std::prev(after)->windows) {
        if (row < first + window.rowCount()) {
            m_foundIn = &window;
            m_foundRange = {first, window.rowCount()};
            return {&window, int(row - first)};
        }
        first += window.rowCount();
    }
    return {};
}

bool RowMap::isExact(qint64 row) const
{
    const auto after = std::ranges::upper_bound(m_segments, row, {}, &Segment::first);
    return after != m_segments.begin() && std::prev(after)->exact && row < std::prev(after)->end();
}

const Bound *RowMap::endOf(quint64 segment) const
{
    const auto at = std::ranges::find(m_segments, segment, &Segment::id);
    return at == m_segments.end() ? nullptr : &at->windows.back().end;
}

const Bound *RowMap::beginOf(quint64 segment) const
{
    const auto at = std::ranges::find(m_segments, segment, &Segment::id);
    return at == m_segments.end() ? nullptr : &at->windows.front().begin;
}

RowMap::At RowMap::insert(qint64 first, Window window)
{
    Segment segment;
    segment.id = ++m_lastId;
    segment.first = first;
    segment.rows = window.rowCount();
    segment.used = ++m_clock;
    segment.windows.push_back(std::move(window));
    const auto place = std::ranges::upper_bound(m_segments, first, {}, &Segment::first);
    return m_segments.insert(place, std::move(segment));
}

std::optional<int> RowMap::rowOfKey(const Window &window, const std::vector<QByteArray> &key) const
{
    for (int row = 0; row < window.rowCount(); ++row) {
        bool same = true;
        for (std::size_t at = 0; same && at < m_keyColumns.size(); ++at)
            same = window.cell(row, m_keyColumns[at]) == key[at];
        if (same)
            return row;
    }
    return std::nullopt;
}

/// This segment, all after it and the count move: rows were found to be more or fewer than thought.
void RowMap::shiftFrom(At segment, qint64 delta, Changes &changes)
{
    if (delta == 0)
        return;
    changes.push_back({Change::Kind::Shifted, {shiftBegin(segment), 0}, delta});
    for (auto at = segment; at != m_segments.end(); ++at)
        at->first += delta;
    m_rows += delta;
}

/// Moves one segment within the unknown rows around it; pushes what is in the way after it, forgets
/// what is before it.
void RowMap::move(At segment, qint64 delta, Changes &changes)
{
    if (delta == 0)
        return;
    const quint64 id = segment->id;
    while (segment != m_segments.begin() && std::prev(segment)->end() > segment->first + delta) {
        m_segments.erase(std::prev(segment));
        segment = byId(id);
    }
    const auto next = std::next(segment);
    if (next != m_segments.end() && segment->end() + delta >= next->first) {
        shiftFrom(segment, delta, changes);
        if (m_kind == RowCount::Kind::Exact)
            m_kind = RowCount::Kind::Estimated;
        return;
    }
    changes.push_back({Change::Kind::Shifted, {shiftBegin(segment), 0}, delta});
    segment->first += delta;
    if (next != m_segments.end())
        changes.push_back({Change::Kind::Shifted, {next->first + delta, 0}, -delta});
    else if (segment->atLast)
        m_rows = segment->end();
}

/// The segment and the next one turned out to be one run.
void RowMap::join(At segment, Changes &changes)
{
    const auto next = std::next(segment);
    const qint64 delta = segment->end() - next->first;
    const bool nextIsBetter = next->exact && !segment->exact;
    if (nextIsBetter && delta != 0 && segment->first - delta > endBefore(segment)) {
        changes.push_back({Change::Kind::Shifted, {segment->first, 0}, -delta});
        changes.push_back({Change::Kind::Shifted, {next->first - delta, 0}, delta});
        segment->first -= delta;
    } else {
        move(next, delta, changes);
    }
    std::ranges::move(next->windows, std::back_inserter(segment->windows));
    segment->rows += next->rows;
    segment->atLast = next->atLast;
    segment->exact = segment->exact || next->exact;
    segment->used = std::max(segment->used, next->used);
    m_segments.erase(next);
    if (segment->atLast && segment->exact) {
        m_rows = segment->end();
        m_kind = RowCount::Kind::Exact;
    }
}

bool RowMap::mergeNext(At segment, Window &window, Changes &changes)
{
    const auto next = std::next(segment);
    if (next == m_segments.end())
        return false;
    const auto row = rowOfKey(window, next->windows.front().values(0, m_keyColumns));
    if (!row)
        return false;
    if (*row > 0) {
        window.keepFirst(*row, m_keyColumns);
        segment->rows += *row;
        segment->windows.push_back(std::move(window));
    }
    join(segment, changes);
    return true;
}

/// The segment that `segment` became part of; end() when they do not touch.
RowMap::At RowMap::mergePrevious(At segment, Window &window, Changes &changes)
{
    if (segment == m_segments.begin())
        return m_segments.end();
    const auto previous = std::prev(segment);
    const Window &lastWindow = previous->windows.back();
    const auto row = rowOfKey(window, lastWindow.values(lastWindow.rowCount() - 1, m_keyColumns));
    if (!row)
        return m_segments.end();
    if (*row + 1 < window.rowCount()) {
        window.dropFirst(*row + 1, m_keyColumns);
        segment->first -= window.rowCount();
        segment->rows += window.rowCount();
        segment->windows.push_front(std::move(window));
    }
    join(previous, changes);
    return previous;
}

/// Segments that begin where this one ends would look as if no row lay between.
void RowMap::dropCrowded(At segment)
{
    const quint64 id = segment->id;
    while (std::next(segment) != m_segments.end() && std::next(segment)->first <= segment->end())
        m_segments.erase(std::next(segment));
    while (segment != m_segments.begin() && std::prev(segment)->end() >= segment->first) {
        m_segments.erase(std::prev(segment));
        segment = byId(id);
    }
}

/// The last segment has met the last row: one of its place and the count gives way.
void RowMap::settleLast(At segment, Changes &changes)
{
    if (!segment->exact && m_kind != RowCount::Kind::Growing) {
        const qint64 delta = m_rows - segment->end();
        if (segment->first + delta > endBefore(segment)) {
            if (delta != 0)
                changes.push_back({Change::Kind::Shifted, {segment->first, 0}, delta});
            segment->first += delta;
            segment->exact = m_kind == RowCount::Kind::Exact;
            return;
        }
    }
    m_rows = segment->end();
    m_kind = segment->exact ? RowCount::Kind::Exact : RowCount::Kind::Estimated;
}

/// More rows follow the last segment than the count says.
void RowMap::makeRoom()
{
    if (m_segments.empty())
        return;
    const Segment &last = m_segments.back();
    if (m_kind == RowCount::Kind::Growing) {
        m_rows = std::max(m_rows, last.end());
    } else if (last.atLast ? m_rows < last.end() : m_rows <= last.end()) {
        m_rows = last.end() + (last.atLast ? 0 : m_step);
        m_kind = RowCount::Kind::Estimated;
    }
}

RowMap::Changes RowMap::finish(RowCount before, RowRange arrived, Changes changes)
{
    m_foundIn = nullptr;
    if (arrived.count > 0)
        changes.push_back({Change::Kind::Arrived, arrived, 0});
    if (count() != before)
        changes.push_back({Change::Kind::Count, {}, 0});
    return changes;
}

} // namespace core
