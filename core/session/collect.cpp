// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/collect.h"

#include "core/session/sessionthread.h"

#include <QFutureWatcher>
#include <QPromise>

#include <utility>

namespace core {

namespace {

using Tables = Result<std::vector<Table>>;

/// Gathers one request in the caller's thread and deletes itself when that has finished.
class Collector : public QObject
{
public:
    Collector(SessionThread &session, RequestSpec spec)
        : m_tables(spec.statements.size())
        , m_request(session.send(std::move(spec), this))
    {
        m_promise.start();
        connect(m_request, &Request::columnsKnown, this,
                [this](int statement, const Columns &columns) { at(statement).columns = columns; });
        connect(m_request, &Request::chunkReady, this,
                [this](int statement, const ChunkPtr &chunk) {
                    at(statement).chunks.push_back(chunk);
                });
        connect(m_request, &Request::statementFinished, this,
                [this](int statement, const StatementSummary &summary) {
                    at(statement).summary = summary;
                });
        connect(m_request, &Request::finished, this, &Collector::finish);
        connect(&m_watcher, &QFutureWatcher<Tables>::canceled, m_request, &Request::cancel);
        m_watcher.setFuture(m_promise.future());
    }

    [[nodiscard]] QFuture<Tables> future() const { return m_promise.future(); }

private:
    [[nodiscard]] Table &at(int statement) { return m_tables[std::size_t(statement)]; }

    void finish(const Result<Summary> &outcome)
    {
        if (outcome)
            m_promise.addResult(Tables(std::move(m_tables)));
        else
            m_promise.addResult(Tables(std::unexpected(outcome.error())));
        m_promise.finish();
        deleteLater();
    }

    QPromise<Tables> m_promise;
    QFutureWatcher<Tables> m_watcher;
    std::vector<Table> m_tables;
    Request *m_request;
};

struct Place {
    const Chunk *chunk = nullptr;
    int row = 0;
};

Place placeOf(const std::vector<ChunkPtr> &chunks, qint64 row)
{
    for (const ChunkPtr &chunk : chunks) {
        if (row < chunk->rowCount())
            return {.chunk = chunk.get(), .row = int(row)};
        row -= chunk->rowCount();
    }
    Q_ASSERT_X(false, "Table", "a row beyond the last one");
    return {};
}

} // namespace

qint64 Table::rowCount() const
{
    qint64 rows = 0;
    for (const ChunkPtr &chunk : chunks)
        rows += chunk->rowCount();
    return rows;
}

QByteArrayView Table::cell(qint64 row, int column) const
{
    const Place place = placeOf(chunks, row);
    return place.chunk->cell(place.row, column);
}

bool Table::isNull(qint64 row, int column) const
{
    const Place place = placeOf(chunks, row);
    return place.chunk->isNull(place.row, column);
}

QFuture<Tables> collect(SessionThread &session, RequestSpec spec)
{
    auto *collector = new Collector(session, std::move(spec));
    return collector->future();
}

} // namespace core
