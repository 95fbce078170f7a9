// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"
#include "core/result/rowstore.h"

#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <vector>

namespace core {

/// The rows of a result that is, or was, streamed into a RowStore: Growing until finish(), then
/// Exact. Rows that lie in the spill file are read by a worker and announced with rowsArrived().
/// Lives in one thread, and does no I/O there.
///
/// Order of calls by the owner: setColumns, append*, then finish or fail. For every chunk that the
/// store has room for, consumed() asks for as much more; while rows are moved to disk it is held
/// back, so that a fast server waits. When the disk is full, failed() comes with the store's error
/// and cancelRequested() after it; rows that are here stay.
class StoredSource : public RowSource
{
    Q_OBJECT

public:
    explicit StoredSource(std::shared_ptr<RowStore> store, QObject *parent = nullptr);
    /// Waits for the read or write that runs.
    ~StoredSource() override;

    void setColumns(Columns columns);
    void append(const ChunkPtr &chunk);
    void finish();
    void fail(const Error &error);
    void setOrderText(const QString &text) { m_orderText = text; }
    [[nodiscard]] const std::shared_ptr<RowStore> &store() const { return m_store; }
    [[nodiscard]] bool isFinished() const { return m_finished; }

    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    [[nodiscard]] RowCount rowCount() const override;
    void want(RowRange visible) override;
    [[nodiscard]] Cell cell(qint64 row, int column) const override;
    [[nodiscard]] QString orderText() const override { return m_orderText; }
    void refresh() override { emit refreshRequested(); }
    void cancel() override { emit cancelRequested(); }

signals:
    /// The store has taken so many chunks and has room for as many more.
    void consumed(int chunks);
    void cancelRequested();
    void refreshRequested();

private:
    struct Loaded {
        std::vector<RowStore::Found> chunks = {};
        std::optional<Error> error = {};
    };
    template<class Work, class Done> void onWorker(Work work, Done done);
    [[nodiscard]] const RowStore::Found *found(qint64 row) const;
    void startTrim();
    void trimmed(const Result<> &outcome);
    void startLoad();
    void setWindow(std::vector<RowStore::Found> window);
    void lend(const RowStore::Found &chunk) const;
    void loaded(RowRange range, Loaded result);
    void refuse(const Error &error);

    const std::shared_ptr<RowStore> m_store;
    Columns m_columns;
    QString m_orderText;
    qint64 m_rows = 0;
    RowRange m_wanted;
    mutable RowStore::Found m_last; ///< of the last cell(); keeps its bytes valid
    mutable std::vector<RowStore::Found>
        m_window; ///< chunks of the wanted rows, kept whatever the store does
    mutable std::vector<RowStore::Found> m_lent; ///< given out since the event loop ran last
    mutable QTimer m_returned; ///< fires when the event loop runs again: nothing is lent any more
    int m_heldBack = 0;        ///< chunks not yet consumed()
    bool m_trimming = false;
    bool m_loading = false;
    bool m_finished = false;
    bool m_refused = false;
    QThreadPool m_pool; ///< declared last: its destructor waits for the work
};

} // namespace core
