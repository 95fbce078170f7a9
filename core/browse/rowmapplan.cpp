// SPDX-License-Identifier: GPL-3.0-or-later
// The half of RowMap that decides what to read and what to forget.
#include "core/browse/rowmap.h"

#include <algorithm>
#include <utility>

namespace core {

namespace {

/// Of a step: how far the rows that are here should reach beyond those on screen.
constexpr int aheadPart = 2;
constexpr int behindPart = 8;
/// Of a step: how far above the wanted row a jump begins, for the first turn of the wheel.
constexpr int marginPart = 4;

} // namespace

std::optional<Fetch> RowMap::next(RowRange visible, int direction)
{
    if (m_kind == RowCount::Kind::Exact && m_rows == 0)
        return std::nullopt;
    if (m_segments.empty() && m_rows == 0)
        return Fetch{};
    // Views may look past the end while the count is an estimate.
    visible.first = std::clamp(visible.first, qint64(0), std::max(qint64(0), m_rows - 1));
    visible.count =
        std::clamp(visible.count, qint64(1), std::max(qint64(1), m_rows - visible.first));
    if (const auto fetch = nextVisible(visible, direction))
        return fetch;
    return nextAhead(visible, direction);
}

std::optional<Fetch> RowMap::nextVisible(RowRange visible, int direction)
{
    qint64 missing = visible.first;
    while (missing < visible.end()) {
        const At segment = holding(missing);
        if (segment == m_segments.end())
            return nextFor(missing, visible, direction);
        segment->used = ++m_clock;
        missing = segment->end();
    }
    return std::nullopt;
}

/// Reads on from rows that are near; jumps only where none are.
std::optional<Fetch> RowMap::nextFor(qint64 missing, RowRange visible, int direction)
{
    const At after = std::ranges::upper_bound(m_segments, missing, {}, &Segment::first);
    const At before = after == m_segments.begin() ? m_segments.end() : std::prev(after);
    const bool mayGoOn = before != m_segments.end() && !before->atLast;
    const bool mayGoBack = after != m_segments.end() && !after->atFirst;
    // Who scrolls up comes from the rows below; what an estimate put above them may lie elsewhere.
    if (direction < 0 && mayGoBack && after->first - visible.first <= 2 * m_step)
        return Fetch{Fetch::Kind::Before, after->id, 0, false};
    if (mayGoOn && before->end() > visible.first)
        return Fetch{Fetch::Kind::After, before->id, 0, false};
    if (mayGoBack && after->first < visible.end() && after->first - visible.first <= 2 * m_step)
        return Fetch{Fetch::Kind::Before, after->id, 0, false};
    if (mayGoOn && missing - before->end() <= m_step)
        return Fetch{Fetch::Kind::After, before->id, 0, false};
    if (mayGoBack && after->first - missing <= m_step)
        return Fetch{Fetch::Kind::Before, after->id, 0, false};
    if (visible.first < m_step)
        return Fetch{Fetch::Kind::First, 0, 0, false};
    if (m_kind != RowCount::Kind::Growing && visible.end() > m_rows - m_step)
        return Fetch{Fetch::Kind::Last, 0, 0, false};
    const qint64 floor = before == m_segments.end() ? 0 : before->end() + 1;
    return Fetch{Fetch::Kind::At, 0, std::max(visible.first - m_step / marginPart, floor), false};
}

std::optional<Fetch> RowMap::nextAhead(RowRange visible, int direction)
{
    const At segment = holding(visible.first);
    if (segment == m_segments.end())
        return std::nullopt;
    const qint64 below = segment->end() - visible.end();
    const qint64 above = visible.first - segment->first;
    const Fetch on{Fetch::Kind::After, segment->id, 0, true};
    const Fetch back{Fetch::Kind::Before, segment->id, 0, true};
    const qint64 wantedBelow = m_step / (direction < 0 ? behindPart : aheadPart);
    const qint64 wantedAbove = m_step / (direction < 0 ? aheadPart : behindPart);
    const bool mayOn = !segment->atLast && below < wantedBelow;
    const bool mayBack = !segment->atFirst && above < wantedAbove;
    if (direction < 0 && mayBack)
        return back;
    if (mayOn)
        return on;
    return mayBack ? std::optional(back) : std::nullopt;
}

qint64 RowMap::residentBytes() const
{
    qint64 bytes = 0;
    for (const Segment &segment : m_segments)
        bytes += segment.bytes();
    return bytes;
}

void RowMap::evict(RowRange visible, qint64 bytes)
{
    qint64 spare = residentBytes() - bytes;
    const RowRange kept{visible.first - m_step, visible.count + 2 * m_step};
    while (spare > 0) {
        m_foundIn = nullptr;
        const auto far = [&](const Segment &segment) {
            return segment.end() <= kept.first || segment.first >= kept.end();
        };
        auto oldest = m_segments.end();
        for (auto at = m_segments.begin(); at != m_segments.end(); ++at) {
            if (far(*at) && (oldest == m_segments.end() || at->used < oldest->used))
                oldest = at;
        }
        if (oldest == m_segments.end())
            break;
        spare -= oldest->bytes();
        m_segments.erase(oldest);
    }
    for (Segment &segment : m_segments) {
        if (spare > 0)
            trimEnds(segment, kept, spare);
    }
}

/// Only from its ends, so that a segment stays one run.
void RowMap::trimEnds(Segment &segment, RowRange kept, qint64 &spare)
{
    m_foundIn = nullptr;
    while (spare > 0 && segment.windows.size() > 1) {
        const qint64 above = kept.first - (segment.first + segment.windows.front().rowCount());
        const qint64 below = segment.end() - segment.windows.back().rowCount() - kept.end();
        if (above < 0 && below < 0)
            return;
        const bool front = above >= below;
        const Window &gone = front ? segment.windows.front() : segment.windows.back();
        spare -= gone.residentBytes();
        segment.rows -= gone.rowCount();
        if (front) {
            segment.first += gone.rowCount();
            segment.atFirst = false;
            segment.windows.pop_front();
        } else {
            segment.atLast = false;
            segment.windows.pop_back();
        }
    }
}

} // namespace core
