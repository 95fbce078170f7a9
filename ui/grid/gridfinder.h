// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/result/cellmatcher.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace core {
class RowSource;
class StoredSource;
} // namespace core

namespace ui {

// Looks for a text in the rows of a source: in all of a stored result, by a worker, also while it
// grows; in the rows around a place that are here of any other, in slices of the event loop. Never
// reads from the server. GUI thread.
class GridFinder : public QObject
{
    Q_OBJECT

public:
    // More hits than this are counted no further.
    static constexpr std::size_t mostHits = 100'000;
    // Rows to either side of the place that are looked at where not all are.
    static constexpr qint64 mostAround = 100'000;

    explicit GridFinder(QObject *parent = nullptr);
    ~GridFinder() override;

    // Begins anew. `around` is the row that shows; of rows beside it only those that are here are
    // looked at. Error: `find.badExpression`; an empty text or a null source ends the search.
    [[nodiscard]] core::Result<> start(core::RowSource *source, const core::FindOptions &options,
                                       qint64 around);
    void stop();

    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool isActive() const { return m_matcher != nullptr; }
    // In order of row and column.
    [[nodiscard]] const std::vector<core::CellHit> &hits() const { return m_hits; }
    [[nodiscard]] bool isHit(qint64 row, int column) const;
    // All that was asked for was looked at, not only what is here.
    [[nodiscard]] bool looksAtAll() const { return m_store != nullptr; }
    [[nodiscard]] qint64 rowsLookedAt() const { return m_lookedAt; }
    [[nodiscard]] bool hasMore() const { return m_hits.size() >= mostHits; }
    // The first hit behind (or before) a cell in reading order, going round at the end; empty if
    // there is none.
    [[nodiscard]] std::optional<core::CellHit> next(core::CellHit from, bool forward) const;

signals:
    // Hits or rows looked at have changed, at most once an event loop turn.
    void changed();
    void failed(const core::Error &error);

private:
    void resume();
    void scanStore();
    void storeScanned(core::RowRange rows, int search,
                      const core::Result<std::vector<core::CellHit>> &found);
    void scanHere();
    [[nodiscard]] bool lookAt(qint64 row);

    QPointer<core::RowSource> m_source;
    std::shared_ptr<const core::RowStore> m_store; // null = only what is here
    std::shared_ptr<const core::CellMatcher> m_matcher;
    std::shared_ptr<std::atomic<bool>> m_cancelled;
    std::vector<core::TypeCategory> m_categories;
    std::vector<core::CellHit> m_hits;
    QTimer m_slice;
    qint64 m_lookedAt = 0;
    qint64 m_next = 0;   // of a store: row to go on with. Else: downwards from the place
    qint64 m_before = 0; // upwards from the place
    qint64 m_around = 0;
    int m_search = 0; // counts starts: an answer to an earlier one is dropped
    bool m_running = false;
    QThreadPool m_pool; // last: waits for the work
};

} // namespace ui
