// SPDX-License-Identifier: GPL-3.0-or-later
// The half of RowMap that takes in what was read.
#include "core/browse/rowmap.h"

#include <algorithm>
#include <utility>

namespace core {

RowMap::Changes RowMap::placeFirst(Window window, bool last)
{
    const RowCount before = count();
    Changes changes;
    if (window.rowCount() == 0) {
        if (last) {
            m_segments.clear();
            m_rows = 0;
            m_kind = RowCount::Kind::Exact;
        }
        return finish(before, {}, {});
    }
    // What lies there now was read earlier and is nearer to no truth than this.
    const qint64 rows = window.rowCount();
    std::erase_if(m_segments,
                  [rows, last](const Segment &segment) { return last || segment.first <= rows; });
    const At segment = insert(0, std::move(window));
    segment->atFirst = true;
    segment->exact = true;
    segment->atLast = last;
    if (last)
        settleLast(segment, changes);
    makeRoom();
    return finish(before, {0, rows}, std::move(changes));
}

RowMap::Changes RowMap::placeLast(Window window, bool first)
{
    if (first)
        return placeFirst(std::move(window), true);
    const RowCount before = count();
    const qint64 rows = window.rowCount();
    if (rows == 0)
        return {};
    const bool known = m_kind == RowCount::Kind::Exact && m_rows > rows;
    // At least one row lies before it.
    if (m_kind == RowCount::Kind::Growing || m_rows <= rows) {
        m_rows = std::max(m_rows, rows + m_step);
        m_kind = RowCount::Kind::Estimated;
    }
    const qint64 begin = m_rows - rows;
    std::erase_if(m_segments, [begin](const Segment &segment) { return segment.end() >= begin; });
    const At segment = insert(begin, std::move(window));
    segment->atLast = true;
    segment->exact = known;
    return finish(before, {begin, rows}, {});
}

RowMap::Changes RowMap::placeAt(qint64 position, Window window, bool last)
{
    if (window.rowCount() == 0)
        return {};
    const RowCount before = count();
    Changes changes;
    const qint64 rows = window.rowCount();
    const auto crowds = [&](const Segment &segment) {
        return segment.first <= position && segment.end() >= position;
    };
    if (std::ranges::any_of(m_segments, crowds))
        return {};
    const At segment = insert(position, std::move(window));
    const quint64 id = segment->id;
    if (last) {
        // The place was nearer to the end than thought: whoever looks here moves there.
        m_segments.erase(std::next(segment), m_segments.end());
        segment->atLast = true;
        settleLast(segment, changes);
    }
    dropCrowded(byId(id));
    makeRoom();
    return finish(before, {byId(id)->first, rows}, std::move(changes));
}

RowMap::Changes RowMap::append(quint64 id, Window window, bool last)
{
    const RowCount before = count();
    Changes changes;
    const At segment = byId(id);
    if (segment == m_segments.end())
        return {};
    const qint64 had = segment->rows;
    const bool merged = mergeNext(segment, window, changes);
    if (!merged) {
        if (window.rowCount() == 0) {
            segment->windows.back().end = window.end;
        } else {
            segment->rows += window.rowCount();
            segment->windows.push_back(std::move(window));
        }
        if (last) {
            m_segments.erase(std::next(segment), m_segments.end());
            segment->atLast = true;
            settleLast(segment, changes);
        } else {
            dropCrowded(segment);
        }
        makeRoom();
    }
    const At now = byId(id);
    return finish(before, {now->first + had, now->rows - had}, std::move(changes));
}

RowMap::Changes RowMap::prepend(quint64 id, Window window, bool first)
{
    const RowCount before = count();
    Changes changes;
    At segment = byId(id);
    if (segment == m_segments.end())
        return {};
    if (const At merged = mergePrevious(segment, window, changes); merged != m_segments.end())
        return finish(before, {merged->first, merged->rows}, std::move(changes));
    const qint64 rows = window.rowCount();
    if (rows == 0) {
        segment->windows.front().begin = window.begin;
    } else {
        segment->rows += rows;
        segment->first -= rows;
        segment->windows.push_front(std::move(window));
    }
    if (first) {
        m_segments.erase(m_segments.begin(), segment);
        segment = m_segments.begin();
        segment->atFirst = true;
        move(segment, -segment->first, changes);
        segment->exact = true;
        if (segment->atLast)
            m_kind = RowCount::Kind::Exact;
    } else {
        dropCrowded(segment);
        segment = byId(id);
        if (segment->first == 0 && segment->exact) {
            segment->atFirst = true;
        } else if (segment->first <= 0) {
            // More rows lie before it than there was room for.
            segment->exact = false;
            move(segment, m_step - segment->first, changes);
        }
    }
    makeRoom();
    const At now = byId(id);
    return finish(before, {now->first, rows}, std::move(changes));
}

} // namespace core
