// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/streamsource.h"

#include "core/browse/selectlist.h"
#include "core/session/sessionthread.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

// Rows of fixed width are small whatever they hold; others may have a cell of any size.
constexpr int usualRows = 256;
constexpr int carefulRows = 8;
constexpr int chunksAhead = 64;

int rowsPerRead(const TableShape &shape)
{
    const auto isShort = [](const ShapeColumn &column) { return column.cut == CellCut::None; };
    return std::ranges::all_of(shape.columns, isShort) ? usualRows : carefulRows;
}

} // namespace

StreamSource::StreamSource(SessionThread &session, TableShape shape, const TableOptions &options)
    : BaseSource(session, std::move(shape), options)
    , m_rows(std::make_unique<StoredSource>(std::make_shared<RowStore>()))
{
}

StreamSource::~StreamSource() = default;

RowCount StreamSource::rowCount() const
{
    const RowCount here = m_rows->rowCount();
    if (!m_capped)
        return here;
    return {std::min(here.rows, options().streamedRows), RowCount::Kind::Growing};
}

void StreamSource::want(RowRange visible)
{
    m_visible = visible;
    schedule();
}

Cell StreamSource::cell(qint64 row, int column) const
{
    return m_rows->cell(row, column);
}

QString StreamSource::orderText() const
{
    return tr("as the server sends it");
}

void StreamSource::cancel()
{
    if (m_request)
        m_request->cancel();
}

void StreamSource::advance()
{
    announceColumns();
    if (!std::exchange(m_started, true))
        begin();
    m_rows->want(m_visible);
}

void StreamSource::begin()
{
    const SelectList list(shape(), true);
    RequestSpec spec;
    // One row more than is shown tells whether there are more.
    spec.statements = {{"SELECT "_ba + list.sql() + " FROM "_ba + shape().from + " LIMIT "_ba
                        + QByteArray::number(options().streamedRows + 1)}};
    spec.rowsPerRead = rowsPerRead(shape());
    spec.settings = {{"DateStyle"_ba, "ISO"_ba}, {"extra_float_digits"_ba, "1"_ba}};
    if (!session().config().pooled)
        spec.credits = chunksAhead;
    m_rows->setColumns(shape().resultColumns());
    connect(m_rows.get(), &RowSource::rowsArrived, this, &RowSource::rowsArrived);
    connect(m_rows.get(), &RowSource::countChanged, this, &RowSource::countChanged);
    connect(m_rows.get(), &RowSource::failed, this, &RowSource::failed);
    connect(m_rows.get(), &StoredSource::cancelRequested, this, &StreamSource::cancel);
    m_request.reset(session().send(std::move(spec)));
    connect(m_request.get(), &Request::chunkReady, m_rows.get(),
            [this](int, const ChunkPtr &chunk) { m_rows->append(chunk); });
    connect(m_rows.get(), &StoredSource::consumed, m_request.get(), &Request::grant);
    connect(m_request.get(), &Request::finished, this, &StreamSource::ended);
    setBusy(true);
}

void StreamSource::ended(const Result<Summary> &outcome)
{
    // This runs inside one of its signals.
    m_request.release()->deleteLater();
    if (outcome) {
        m_capped = m_rows->rowCount().rows > options().streamedRows;
        confirmShape();
        m_rows->finish();
        setBusy(false);
        return;
    }
    if (outcome.error().kind == ErrorKind::Cancelled) {
        setBusy(false);
        return;
    }
    if (!reshapeAfter(outcome.error()))
        fail(outcome.error());
}

void StreamSource::restart(bool /*changed*/)
{
    m_request.reset();
    m_rows = std::make_unique<StoredSource>(std::make_shared<RowStore>());
    m_capped = false;
    m_counted.reset();
    m_started = false;
    announceColumns();
    emit reset();
    emit countChanged();
    schedule();
}

void StreamSource::takeCount(qint64 rows)
{
    m_counted = rows;
    emit countChanged();
}

QFuture<Result<std::optional<QByteArray>>> StreamSource::wholeValue(qint64 row, int column, qint64)
{
    using Value = Result<std::optional<QByteArray>>;
    const bool known =
        row >= 0 && row < rowCount().rows && column >= 0 && std::size_t(column) < columns().size();
    const Cell here = known ? cell(row, column) : Cell{};
    if (here.state != Cell::State::Present) {
        return QtFuture::makeReadyValueFuture<Value>(
            failure(ErrorKind::Usage, "relation.rowMissing"_ba, tr("This row has not been read.")));
    }
    if (here.isNull)
        return QtFuture::makeReadyValueFuture<Value>(std::optional<QByteArray>{});
    return QtFuture::makeReadyValueFuture<Value>(here.bytes.toByteArray());
}

} // namespace core
