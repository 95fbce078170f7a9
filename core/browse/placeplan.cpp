// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/placeplan.h"

#include "core/catalog/factrows.h"
#include "core/result/typeoids.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr double assumedRowsPerPage = 40;
constexpr double mostPages = 1 << 20;
// A range of pages may hold more rows than thought; so many windows' worth are taken at once.
constexpr int limitFactor = 2;
constexpr int widestSorted = 700;

/// The place right after a row.
TupleId after(TupleId id)
{
    return {id.page, quint16(id.item + 1)};
}

} // namespace

PlacePlan::PlacePlan(const TableShape &shape, bool whole)
    : WindowPlan(shape, whole)
{
}

QString PlacePlan::orderText() const
{
    return QCoreApplication::translate("core::TableSource", "physical order");
}

std::vector<int> PlacePlan::keyColumns() const
{
    return {list().placeColumn()};
}

std::vector<Statement> PlacePlan::facts() const
{
    return {{R"sql(
SELECT c.reltuples, c.relpages, pg_catalog.pg_relation_size(c.oid), pg_catalog.current_setting('block_size')
  FROM pg_catalog.pg_class c WHERE c.oid = $1)sql"_ba,
             {QByteArray::number(number(shape().oid))},
             {oids::oid}}};
}

void PlacePlan::readFacts(std::span<const Table> answers)
{
    FactRows row(answers.front().chunks);
    if (!row.next())
        return;
    const double rows = row.number<double>(0);
    const double pages = row.number<double>(1);
    m_blockSize = std::max(1U, row.number<quint32>(3));
    m_pages = quint32(row.number<qint64>(2) / m_blockSize);
    if (rows > 0 && pages > 0) {
        m_rowsPerPage = rows / pages;
        m_densityIsGuess = false;
    }
}

std::optional<double> PlacePlan::estimatedRows() const
{
    return m_rowsPerPage > 0 ? std::optional(m_rowsPerPage * m_pages) : std::nullopt;
}

quint32 PlacePlan::pagesFor(int rows, int stretch) const
{
    const double density = m_rowsPerPage > 0 ? m_rowsPerPage : assumedRowsPerPage;
    return quint32(std::clamp(std::ceil(rows / density) * stretch, 1.0, mostPages));
}

PlacePlan::Range PlacePlan::range(const Fetch &fetch, double fraction, const Bound *edge, int rows,
                                  int stretch) const
{
    const quint32 pages = pagesFor(rows, stretch);
    Range range;
    TupleId from;
    if (edge)
        from = TupleId::read(edge->values.front()).value_or(TupleId{});
    switch (fetch.kind) {
    case Fetch::Kind::Before:
        range.backward = true;
        range.high = from;
        range.low = {from.page > pages ? from.page - pages : 0, 0};
        return range;
    case Fetch::Kind::Last:
        range.backward = true;
        range.open = true;
        return range;
    case Fetch::Kind::At: {
        if (edge) {
            range.low = edge->onRow ? after(from) : from;
            break;
        }
        const double page = std::floor(fraction * m_pages);
        range.low = {quint32(std::clamp(page, 0.0, std::max(0.0, double(m_pages) - 1))), 0};
        break;
    }
    case Fetch::Kind::After:
        range.low = edge && edge->onRow ? after(from) : from;
        break;
    case Fetch::Kind::First:
        break;
    }
    range.open = quint64(range.low.page) + pages >= m_pages;
    range.high = {range.low.page + pages, 0};
    return range;
}

/// A sort below a LIMIT carries the columns and, for expressions that are made after it, what those
/// are made from: twice the columns of a wide table are more than a row may have. There the sort is
/// shut in a subquery.
bool PlacePlan::isWide() const
{
    return int(shape().columns.size()) > widestSorted;
}

QByteArray PlacePlan::select() const
{
    QByteArray text = "SELECT "_ba + list().sql() + " FROM "_ba;
    if (isWide()) {
        text += "(SELECT "_ba;
        for (const ShapeColumn &column : shape().columns)
            text += column.quoted + ", "_ba;
        text += "ctid FROM "_ba;
    }
    return text + shape().from + " WHERE "_ba;
}

QByteArray PlacePlan::selectEnd() const
{
    return isWide() ? ") AS s"_ba : QByteArray{};
}

Statement PlacePlan::statement(const Fetch &fetch, double fraction, const Bound *edge, int rows,
                               int stretch) const
{
    const Range wanted = range(fetch, fraction, edge, rows, stretch);
    const QByteArray limit = " LIMIT "_ba + QByteArray::number(rows * limitFactor) + selectEnd();
    if (fetch.kind == Fetch::Kind::Last) {
        // The size of the heap is asked in the same statement, so that the end is the end whatever
        // was written since.
        return {select()
                    + "ctid >= (SELECT pg_catalog.format('(%s,0)', GREATEST(0, "
                      "pg_catalog.pg_relation_size($1) / $2 - $3))::pg_catalog.tid)"
                      " ORDER BY ctid DESC"_ba
                    + limit,
                {QByteArray::number(number(shape().oid)), QByteArray::number(m_blockSize),
                 QByteArray::number(pagesFor(rows, stretch))},
                {oids::oid, oids::int8, oids::int8}};
    }
    Statement statement{select() + "ctid >= $1"_ba, {wanted.low.text()}, {oids::tid}};
    if (!wanted.open) {
        statement.sql += " AND ctid < $2"_ba;
        statement.parameters.push_back(wanted.high.text());
        statement.parameterTypes.push_back(oids::tid);
    }
    statement.sql += (wanted.backward ? " ORDER BY ctid DESC"_ba : " ORDER BY ctid"_ba) + limit;
    return statement;
}

TupleId PlacePlan::placeOfRow(const Window &window, int row) const
{
    return TupleId::read(window.cell(row, list().placeColumn())).value_or(TupleId{});
}

void PlacePlan::learn(const Range &range, const Window &window)
{
    if (!m_densityIsGuess || window.rowCount() == 0)
        return;
    const quint32 first = range.backward ? placeOfRow(window, 0).page : range.low.page;
    const quint32 last = placeOfRow(window, window.rowCount() - 1).page;
    m_rowsPerPage = double(window.rowCount()) / double(last - std::min(first, last) + 1);
    m_densityIsGuess = false;
    m_pages = std::max(m_pages, last + 1);
}

WindowAnswer PlacePlan::read(const Fetch &fetch, double fraction, const Bound *edge, int rows,
                             int stretch, std::vector<ChunkPtr> chunks)
{
    const Range wanted = range(fetch, fraction, edge, rows, stretch);
    WindowAnswer answer{Window(std::move(chunks), wanted.backward), false, false};
    Window &window = answer.window;
    const int count = window.rowCount();
    const bool cut = count >= rows * limitFactor;
    if (wanted.backward) {
        const bool byRow = count > 0 && (cut || wanted.open);
        window.begin = {{(byRow ? placeOfRow(window, 0) : wanted.low).text()}, false};
        window.end = {{wanted.high.text()}, false};
        if (wanted.open && count > 0)
            window.end = {{after(placeOfRow(window, count - 1)).text()}, false};
        answer.last = wanted.open;
        // Without a row there is no telling how long the heap was; twice what was known must be all
        // of it.
        answer.first = wanted.open ? count == 0 && pagesFor(rows, stretch) > 2 * m_pages
                                   : !cut && wanted.low == TupleId{};
    } else {
        window.begin = {{wanted.low.text()}, false};
        window.end = {{(cut || (wanted.open && count > 0) ? after(placeOfRow(window, count - 1))
                                                          : wanted.high)
                           .text()},
                      false};
        answer.last = wanted.open && !cut;
        answer.first = wanted.low == TupleId{};
    }
    learn(wanted, window);
    return answer;
}

Statement PlacePlan::one(const QByteArray &expression, const Bound &place) const
{
    return {"SELECT "_ba + expression + " FROM "_ba + shape().from + " WHERE ctid = $1"_ba,
            {place.values.front()},
            {oids::tid}};
}

} // namespace core
