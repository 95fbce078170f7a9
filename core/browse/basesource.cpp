// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/basesource.h"

#include "core/catalog/factrows.h"
#include "core/session/sessionthread.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using namespace std::chrono_literals;

/// What a server says when a relation was altered, replaced or dropped under a statement that was
/// made for it before: undefined table, column, schema or function, a value that a key's new type
/// cannot read, a grant that was taken.
bool maySpeakOfChange(const Error &error)
{
    static constexpr std::array<QByteArrayView, 12> states = {"42P01", "42703", "3F000", "42883",
                                                              "22P02", "22003", "22007", "22008",
                                                              "42501", "42804", "42809", "42P16"};
    return error.server && std::ranges::contains(states, QByteArrayView(error.server->sqlState));
}

} // namespace

BaseSource::BaseSource(SessionThread &session, TableShape shape, const TableOptions &options)
    : m_session(session)
    , m_shape(std::move(shape))
    , m_options(options)
{
}

void BaseSource::schedule()
{
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            if (!m_reshaping)
                advance();
        },
        Qt::QueuedConnection);
}

void BaseSource::announceColumns()
{
    if (std::exchange(m_announced, true))
        return;
    m_columns = m_shape.resultColumns();
    emit columnsKnown();
}

void BaseSource::setBusy(bool busy)
{
    if (std::exchange(m_busy, busy) != busy)
        emit busyChanged(busy);
}

void BaseSource::fail(const Error &error)
{
    rest();
    setBusy(false);
    emit failed(error);
}

void BaseSource::refresh()
{
    if (!m_reshaping)
        reshape(std::nullopt);
}

bool BaseSource::reshapeAfter(const Error &error)
{
    if (m_reshaping || m_reshaped || !maySpeakOfChange(error))
        return false;
    reshape(error);
    return true;
}

void BaseSource::reshape(std::optional<Error> cause)
{
    m_reshaping = true;
    reloadShape(m_session, m_shape)
        .then(this, [this, cause = std::move(cause)](const Result<TableShape> &outcome) {
            reshaped(outcome, cause);
        });
}

void BaseSource::reshaped(const Result<TableShape> &outcome, const std::optional<Error> &cause)
{
    m_reshaping = false;
    if (!outcome) {
        Error error = outcome.error();
        if (error.id == "relation.missing")
            error.message = tr("The table %1 is not there any more.").arg(m_shape.displayName());
        fail(error);
        return;
    }
    const bool changed = *outcome != m_shape;
    if (!changed && cause) {
        fail(*cause);
        return;
    }
    m_reshaped = cause.has_value();
    const bool sameColumns = outcome->columns == m_shape.columns;
    m_shape = *outcome;
    if (!sameColumns)
        m_announced = false;
    restart(changed);
}

bool BaseSource::matchesShape(const Columns &answer, int placeColumn) const
{
    const auto isHere = [this](const Column &column) { return column.table == m_shape.oid; };
    if (placeColumn >= 0 && !isHere(answer[std::size_t(placeColumn)]))
        return false;
    // A view's columns come from its tables.
    if (m_shape.kind == RelationKind::View)
        return true;
    for (std::size_t at = 0; at < m_shape.columns.size(); ++at) {
        const ShapeColumn &column = m_shape.columns[at];
        if (column.cut != CellCut::None)
            continue;
        if (!isHere(answer[at]) || answer[at].tableColumn != column.column.tableColumn
            || answer[at].type != column.baseType)
            return false;
        // A domain is described as what it is over, with the modifier of that.
        const bool domain = column.baseType != column.column.type;
        if (!domain && answer[at].typeModifier != column.column.typeModifier)
            return false;
    }
    return true;
}

void BaseSource::countExactly(SessionThread *other)
{
    if (m_count)
        return;
    RequestSpec spec;
    spec.statements = {{"SELECT pg_catalog.count(*) FROM "_ba + m_shape.from}};
    spec.statementTimeout = 0ms;
    m_count = std::make_unique<TableRead>(other ? *other : m_session, std::move(spec));
    connect(m_count.get(), &TableRead::finished, this, &BaseSource::counted);
}

void BaseSource::cancelCount()
{
    if (m_count)
        m_count->cancel();
}

void BaseSource::counted(const Result<std::vector<Table>> &outcome)
{
    m_count.release()->deleteLater();
    if (!outcome) {
        emit countFinished(std::unexpected(outcome.error()));
        return;
    }
    FactRows row(outcome->front().chunks);
    const qint64 rows = row.next() ? row.number<qint64>(0) : 0;
    takeCount(rows);
    emit countFinished(rows);
}

} // namespace core
