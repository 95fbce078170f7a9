// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridfinder.h"

#include "core/result/storedsource.h"

#include <QFuture>
#include <QPromise>

#include <algorithm>

namespace ui {

namespace {

// A worker's turn: long enough to be worth it, short enough for hits to appear while it goes on.
constexpr qint64 rowsATurn = 50'000;
// A turn of the event loop looks at so many cells.
constexpr int cellsASlice = 20'000;

} // namespace

GridFinder::GridFinder(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_slice.setSingleShot(true);
    connect(&m_slice, &QTimer::timeout, this, &GridFinder::resume);
}

GridFinder::~GridFinder()
{
    stop();
}

core::Result<> GridFinder::start(core::RowSource *source, const core::FindOptions &options,
                                 qint64 around)
{
    stop();
    if (!source || options.text.isEmpty())
        return {};
    core::Result<core::CellMatcher> matcher = core::CellMatcher::make(options);
    if (!matcher)
        return std::unexpected(std::move(matcher.error()));
    m_source = source;
    m_matcher = std::make_shared<core::CellMatcher>(std::move(*matcher));
    for (const core::Column &column : source->columns())
        m_categories.push_back(core::categoryOf(column.type));
    if (const auto *stored = qobject_cast<core::StoredSource *>(source))
        m_store = stored->store();
    m_around = around;
    m_next = m_store ? 0 : around;
    m_before = around - 1;
    m_cancelled = std::make_shared<std::atomic<bool>>(false);
    connect(source, &core::RowSource::rowsArrived, this, [this] {
        if (!m_running && !m_slice.isActive() && !hasMore())
            m_slice.start();
    });
    connect(source, &core::RowSource::rowsShifted, this, [this](qint64 first, qint64 delta) {
        for (core::CellHit &hit : m_hits)
            hit.row += hit.row >= first ? delta : 0;
        m_next += m_next >= first ? delta : 0;
        m_before += m_before >= first ? delta : 0;
        m_around += m_around >= first ? delta : 0;
    });
    connect(source, &core::RowSource::reset, this, [this] {
        stop();
        emit changed();
    });
    m_running = true;
    m_slice.start();
    return {};
}

void GridFinder::stop()
{
    if (m_cancelled)
        *m_cancelled = true;
    if (m_source)
        m_source->disconnect(this);
    ++m_search;
    m_slice.stop();
    m_source = nullptr;
    m_store.reset();
    m_matcher.reset();
    m_categories.clear();
    m_hits.clear();
    m_lookedAt = 0;
    m_running = false;
}

void GridFinder::resume()
{
    if (!m_source || !m_matcher)
        return;
    m_running = true;
    if (m_store)
        scanStore();
    else
        scanHere();
}

void GridFinder::scanStore()
{
    const core::RowRange rows{m_next, std::min(rowsATurn, m_store->rowCount() - m_next)};
    if (rows.count <= 0 || hasMore()) {
        m_running = false;
        emit changed();
        return;
    }
    using Found = core::Result<std::vector<core::CellHit>>;
    QPromise<Found> promise;
    promise.start();
    promise.future().then(this, [this, rows, search = m_search](const Found &found) {
        storeScanned(rows, search, found);
    });
    m_pool.start([promise = std::move(promise), store = m_store, matcher = m_matcher,
                  categories = m_categories, cancelled = m_cancelled,
                  most = mostHits - m_hits.size(), rows]() mutable {
        promise.addResult(core::findInStore(*store, rows, categories, *matcher, most, *cancelled));
        promise.finish();
    });
}

void GridFinder::storeScanned(core::RowRange rows, int search,
                              const core::Result<std::vector<core::CellHit>> &found)
{
    if (search != m_search)
        return;
    if (!found) {
        m_running = false;
        emit failed(found.error());
        emit changed();
        return;
    }
    m_hits.insert(m_hits.end(), found->begin(), found->end());
    m_next = rows.end();
    m_lookedAt += rows.count;
    emit changed();
    scanStore();
}

bool GridFinder::lookAt(qint64 row)
{
    const qint64 rows = m_source->rowCount().rows;
    if (row < 0 || row >= rows || m_categories.empty()
        || m_source->cell(row, 0).state == core::Cell::State::Missing)
        return false;
    ++m_lookedAt;
    for (int column = 0; column < int(m_categories.size()); ++column) {
        if (m_matcher->matches(m_source->cell(row, column), m_categories[std::size_t(column)]))
            m_hits.push_back({row, column});
    }
    return true;
}

void GridFinder::scanHere()
{
    // From the place downwards, then upwards, as far as rows are here.
    const int rows = std::max(cellsASlice / std::max(int(m_categories.size()), 1), 1);
    const std::size_t before = m_hits.size();
    int looked = 0;
    while (looked < rows && !hasMore() && m_next < m_around + mostAround && lookAt(m_next)) {
        ++m_next;
        ++looked;
    }
    while (looked < rows && !hasMore() && m_before > m_around - mostAround && lookAt(m_before)) {
        --m_before;
        ++looked;
    }
    if (m_hits.size() > before)
        std::ranges::sort(m_hits);
    m_running = looked == rows && !hasMore();
    if (m_running)
        m_slice.start();
    emit changed();
}

bool GridFinder::isHit(qint64 row, int column) const
{
    return std::ranges::binary_search(m_hits, core::CellHit{row, column});
}

std::optional<core::CellHit> GridFinder::next(core::CellHit from, bool forward) const
{
    if (m_hits.empty())
        return std::nullopt;
    if (forward) {
        const auto found = std::ranges::upper_bound(m_hits, from);
        return found == m_hits.end() ? m_hits.front() : *found;
    }
    const auto found = std::ranges::lower_bound(m_hits, from);
    return found == m_hits.begin() ? m_hits.back() : *std::prev(found);
}

} // namespace ui
