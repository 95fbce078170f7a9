// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/storedsource.h"

#include <QFuture>
#include <QPromise>

#include <algorithm>

namespace core {

namespace {

/// Rows read from disk beside the visible ones.
constexpr qint64 readAhead = 256;

RowRange clipped(RowRange range, qint64 rows)
{
    const qint64 first = std::clamp<qint64>(range.first, 0, rows);
    const qint64 end = std::clamp<qint64>(range.end(), first, rows);
    return {first, end - first};
}

} // namespace

StoredSource::StoredSource(std::shared_ptr<RowStore> store, QObject *parent)
    : RowSource(parent)
    , m_store(std::move(store))
    , m_rows(m_store->rowCount())
{
    // One for what is wanted on screen, one for what goes to disk.
    m_pool.setMaxThreadCount(2);
    m_returned.setSingleShot(true);
    connect(&m_returned, &QTimer::timeout, this, [this] { m_lent.clear(); });
}

StoredSource::~StoredSource()
{
    m_pool.waitForDone();
}

template<class Work, class Done> void StoredSource::onWorker(Work work, Done done)
{
    QPromise<std::invoke_result_t<Work>> promise;
    promise.start();
    // The continuation is attached before the work begins: a future that is ready already would
    // call it here and now.
    promise.future().then(this, std::move(done));
    m_pool.start([work = std::move(work), promise = std::move(promise)]() mutable {
        promise.addResult(work());
        promise.finish();
    });
}

void StoredSource::setColumns(Columns columns)
{
    m_columns = std::move(columns);
    emit columnsKnown();
}

void StoredSource::append(const ChunkPtr &chunk)
{
    const RowRange arrived{m_rows, chunk->rowCount()};
    if (const Result<> taken = m_store->append(chunk); !taken) {
        refuse(taken.error());
        return;
    }
    m_rows = arrived.end();
    if (m_trimming || m_store->needsTrim()) {
        ++m_heldBack;
        startTrim();
    } else {
        emit consumed(1);
    }
    emit rowsArrived(arrived);
    emit countChanged();
}

void StoredSource::startTrim()
{
    if (std::exchange(m_trimming, true))
        return;
    onWorker([store = m_store] { return store->trim(); },
             [this](const Result<> &outcome) { trimmed(outcome); });
}

void StoredSource::trimmed(const Result<> &outcome)
{
    m_trimming = false;
    if (!outcome) {
        refuse(outcome.error());
        return;
    }
    if (m_store->needsTrim()) {
        startTrim();
        return;
    }
    if (const int chunks = std::exchange(m_heldBack, 0); chunks > 0)
        emit consumed(chunks);
}

void StoredSource::refuse(const Error &error)
{
    if (std::exchange(m_refused, true))
        return;
    emit failed(error);
    emit cancelRequested();
}

void StoredSource::finish()
{
    m_finished = true;
    emit countChanged();
}

void StoredSource::fail(const Error &error)
{
    m_finished = true;
    emit countChanged();
    // What stopped us ourselves was said already.
    if (!m_refused)
        emit failed(error);
}

RowCount StoredSource::rowCount() const
{
    return {m_rows, m_finished ? RowCount::Kind::Exact : RowCount::Kind::Growing};
}

void StoredSource::want(RowRange visible)
{
    m_wanted = visible;
    startLoad();
}

void StoredSource::startLoad()
{
    const RowRange range = clipped(m_wanted, m_rows);
    if (m_loading || range.count == 0)
        return;
    std::vector<RowStore::Found> window;
    bool whole = true;
    for (qint64 row = range.first; row < range.end();) {
        std::optional<RowStore::Found> here = m_store->resident(row);
        whole = here.has_value();
        if (!whole)
            break;
        row = here->endRow();
        window.push_back(std::move(*here));
    }
    if (whole) {
        setWindow(std::move(window));
        return;
    }
    m_loading = true;
    const RowRange around = clipped({range.first - readAhead, range.count + 2 * readAhead}, m_rows);
    auto work = [store = m_store, around] {
        Loaded result;
        for (qint64 row = around.first; row < around.end();) {
            Result<RowStore::Found> here = store->load(row);
            if (!here) {
                result.error = std::move(here.error());
                break;
            }
            row = here->endRow();
            result.chunks.push_back(std::move(*here));
        }
        return result;
    };
    onWorker(std::move(work), [this, around](Loaded result) { loaded(around, std::move(result)); });
}

void StoredSource::loaded(RowRange range, Loaded result)
{
    m_loading = false;
    setWindow(std::move(result.chunks));
    if (result.error) {
        emit failed(*result.error);
        return;
    }
    emit rowsArrived(range);
    // The view may have moved on meanwhile; only the latest wish counts.
    const RowRange wanted = clipped(m_wanted, m_rows);
    if (wanted.first < range.first || wanted.end() > range.end())
        startLoad();
}

const RowStore::Found *StoredSource::found(qint64 row) const
{
    if (m_last.contains(row))
        return &m_last;
    const auto here = std::ranges::find_if(
        m_window, [row](const RowStore::Found &chunk) { return chunk.contains(row); });
    if (here != m_window.end()) {
        m_last = *here;
        return &m_last;
    }
    std::optional<RowStore::Found> kept = m_store->resident(row);
    if (!kept)
        return nullptr;
    m_last = std::move(*kept);
    lend(m_last);
    return &m_last;
}

void StoredSource::lend(const RowStore::Found &chunk) const
{
    // Bytes must stay until control is back in the event loop, whatever a worker drops meanwhile.
    m_lent.push_back(chunk);
    if (!m_returned.isActive())
        m_returned.start();
}

void StoredSource::setWindow(std::vector<RowStore::Found> window)
{
    for (const RowStore::Found &chunk : m_window)
        lend(chunk);
    m_window = std::move(window);
}

Cell StoredSource::cell(qint64 row, int column) const
{
    Cell cell;
    if (row < 0 || row >= m_rows || column < 0 || column >= int(m_columns.size()))
        return cell;
    const RowStore::Found *here = found(row);
    if (!here)
        return cell;
    const int inChunk = int(row - here->firstRow);
    cell.state = Cell::State::Present;
    cell.isNull = here->chunk->isNull(inChunk, column);
    cell.bytes = here->chunk->cell(inChunk, column);
    return cell;
}

} // namespace core
