// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/tableread.h"
#include "core/browse/tablesource.h"
#include "core/browse/windowplan.h"
#include "core/session/sessionthread.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using Outcome = Result<Table>;

constexpr int rowsPerChunk = 256;
constexpr int carefulRows = 8;
constexpr qint64 mostAtOnce = 100'000;
constexpr int stretchFactor = 8;
constexpr int mostStretch = 1 << 24;

/// Collects consecutive rows: a first window at the place, then on from its end, then back from its
/// beginning, until there are enough. Deletes itself when it has handed out the outcome.
class RowReader : public QObject
{
public:
    RowReader(SessionThread &session, TableShape shape, qint64 limit, double fraction)
        : QObject(&session)
        , m_session(session)
        , m_shape(std::move(shape))
        , m_plan(WindowPlan::make(m_shape, false, true))
        , m_limit(limit)
        , m_fraction(fraction)
    {
        m_promise.start();
        m_watcher.setFuture(m_promise.future());
        connect(&m_watcher, &QFutureWatcherBase::canceled, this, [this] {
            if (m_read)
                m_read->cancel();
        });
    }
    [[nodiscard]] QFuture<Outcome> future() const { return m_promise.future(); }

    void begin()
    {
        if (m_limit <= 0)
            end({});
        else if (!m_plan)
            send({{"SELECT "_ba + SelectList(m_shape, true).sql() + " FROM "_ba + m_shape.from
                   + " LIMIT "_ba + QByteArray::number(m_limit)}});
        else if (m_fraction <= 0)
            send({window(Fetch::Kind::First)});
        else
            send(m_plan->facts());
    }

private:
    void send(std::vector<Statement> statements);
    [[nodiscard]] Statement window(Fetch::Kind kind);
    void answered(const Result<std::vector<Table>> &outcome);
    void placed(std::span<const Table> answers);
    void took(Table answer);
    void goOn();
    void end(std::vector<ChunkPtr> chunks);
    [[nodiscard]] std::vector<ChunkPtr> copied() const;
    void finish(Outcome outcome);

    SessionThread &m_session;
    TableShape m_shape;
    std::unique_ptr<WindowPlan> m_plan;
    std::unique_ptr<TableRead> m_read;
    QPromise<Outcome> m_promise;
    QFutureWatcher<Outcome> m_watcher;
    std::deque<Window> m_windows;
    std::optional<Bound> m_edge;
    Fetch m_fetch;
    qint64 m_limit;
    double m_fraction;
    qint64 m_rows = 0;
    int m_asked = 0;
    int m_stretch = 1;
    bool m_factsKnown = false;
    bool m_placed = false;
    bool m_first = false; ///< the first row of the table is among the windows
    bool m_last = false;
    bool m_fromEnd = false; ///< what counts are the rows nearest to the last one
};

void RowReader::send(std::vector<Statement> statements)
{
    const auto isShort = [](const ShapeColumn &column) { return column.cut == CellCut::None; };
    RequestSpec spec;
    spec.statements = std::move(statements);
    spec.rowsPerRead = std::ranges::all_of(m_shape.columns, isShort) ? rowsPerChunk : carefulRows;
    if (m_plan)
        m_plan->applySettings(spec);
    else
        spec.settings = {{"DateStyle"_ba, "ISO"_ba}, {"extra_float_digits"_ba, "1"_ba}};
    m_read = std::make_unique<TableRead>(m_session, std::move(spec));
    connect(m_read.get(), &TableRead::finished, this, &RowReader::answered);
}

Statement RowReader::window(Fetch::Kind kind)
{
    m_fetch.kind = kind;
    m_fromEnd = m_fromEnd || kind == Fetch::Kind::Before || kind == Fetch::Kind::Last;
    m_edge.reset();
    if (kind == Fetch::Kind::After)
        m_edge = m_windows.back().end;
    if (kind == Fetch::Kind::Before)
        m_edge = m_windows.front().begin;
    m_asked = int(std::min(m_limit - m_rows, mostAtOnce));
    return m_plan->statement(m_fetch, m_fraction, m_edge ? &*m_edge : nullptr, m_asked, m_stretch);
}

void RowReader::answered(const Result<std::vector<Table>> &outcome)
{
    m_read.release()->deleteLater();
    if (!outcome)
        finish(std::unexpected(outcome.error()));
    else if (!m_plan)
        end(outcome->front().chunks);
    else if (!m_placed && m_fraction > 0)
        placed(*outcome);
    else
        took(outcome->front());
}

/// Facts first, then what positions are made from, then the first window.
void RowReader::placed(std::span<const Table> answers)
{
    if (!m_factsKnown) {
        m_plan->readFacts(answers);
        m_factsKnown = true;
        if (auto more = m_plan->positionFacts(); !more.empty() && m_fraction < 1) {
            send(std::move(more));
            return;
        }
    } else {
        m_plan->readPositionFacts(answers);
    }
    m_placed = true;
    send({window(m_fraction < 1 ? Fetch::Kind::At : Fetch::Kind::Last)});
}

void RowReader::took(Table answer)
{
    m_placed = true;
    WindowAnswer read = m_plan->read(m_fetch, m_fraction, m_edge ? &*m_edge : nullptr, m_asked,
                                     m_stretch, std::move(answer.chunks));
    const bool empty = read.window.rowCount() == 0;
    m_stretch = empty ? std::min(m_stretch * stretchFactor, mostStretch) : 1;
    m_rows += read.window.rowCount();
    m_first = m_first || read.first;
    m_last = m_last || read.last;
    if (empty && m_windows.empty() && !(m_first && m_last)) {
        // Nothing at the place: wider, or from the end.
        if (m_last && m_fetch.kind == Fetch::Kind::At)
            m_fetch.kind = Fetch::Kind::Last;
        send({window(m_fetch.kind)});
        return;
    }
    if (m_fetch.kind == Fetch::Kind::Before) {
        if (!empty || m_windows.empty())
            m_windows.push_front(std::move(read.window));
        else
            m_windows.front().begin = read.window.begin;
    } else if (!empty || m_windows.empty()) {
        m_windows.push_back(std::move(read.window));
    } else {
        m_windows.back().end = read.window.end;
    }
    goOn();
}

void RowReader::goOn()
{
    if (m_rows >= m_limit || (m_first && m_last)) {
        end(copied());
    } else if (!m_factsKnown) {
        // Reading on needs them; a first window alone did not.
        m_fraction = std::max(m_fraction, 0.0);
        m_factsKnown = true;
        RequestSpec spec;
        spec.statements = m_plan->facts();
        m_read = std::make_unique<TableRead>(m_session, std::move(spec));
        connect(m_read.get(), &TableRead::finished, this,
                [this](const Result<std::vector<Table>> &outcome) {
                    m_read.release()->deleteLater();
                    if (!outcome) {
                        finish(std::unexpected(outcome.error()));
                        return;
                    }
                    m_plan->readFacts(*outcome);
                    goOn();
                });
    } else {
        send({window(m_last ? Fetch::Kind::Before : Fetch::Kind::After)});
    }
}

/// The rows without what was selected beside the table's columns; the nearest to the place where
/// there are too many.
std::vector<ChunkPtr> RowReader::copied() const
{
    const int columns = int(m_shape.columns.size());
    std::vector<ChunkPtr> chunks;
    ChunkBuilder builder(columns);
    qint64 skipped = m_fromEnd ? std::max(qint64(0), m_rows - m_limit) : 0;
    qint64 taken = 0;
    int inChunk = 0;
    for (const Window &window : m_windows) {
        for (int row = 0; row < window.rowCount() && taken < m_limit; ++row) {
            if (skipped > 0) {
                --skipped;
                continue;
            }
            for (int column = 0; column < columns; ++column) {
                if (window.isNull(row, column))
                    builder.appendNull();
                else
                    builder.append(window.cell(row, column));
            }
            if (columns == 0)
                builder.endEmptyRow();
            ++taken;
            if (++inChunk == rowsPerChunk || builder.bytes() > qsizetype(64) * 1024 * 1024) {
                chunks.push_back(builder.take());
                inChunk = 0;
            }
        }
    }
    if (!builder.isEmpty())
        chunks.push_back(builder.take());
    return chunks;
}

void RowReader::end(std::vector<ChunkPtr> chunks)
{
    Table table{m_shape.resultColumns(), std::move(chunks), {}};
    table.summary.rows = table.rowCount();
    finish(std::move(table));
}

void RowReader::finish(Outcome outcome)
{
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
    deleteLater();
}

} // namespace

QFuture<Result<Table>> readRows(SessionThread &session, CatalogPtr catalog, Oid relation,
                                qint64 limit, double fraction)
{
    Result<TableShape> shape = tableShape(*catalog, relation);
    if (!shape)
        return QtFuture::makeReadyValueFuture<Outcome>(std::unexpected(std::move(shape).error()));
    const bool placeless = shape->key.empty() && !shape->hasPlaces;
    if (placeless && fraction > 0) {
        return QtFuture::makeReadyValueFuture<Outcome>(failure(
            ErrorKind::Usage, "rows.noPositions"_ba,
            TableSource::tr("Rows of %1 have no positions.").arg(shape->displayName()), {},
            TableSource::tr("A view or a foreign table can only be read from its beginning.")));
    }
    auto *const reader = new RowReader(session, *std::move(shape), limit, fraction);
    reader->begin();
    return reader->future();
}

} // namespace core
