// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/keyplan.h"

#include "core/result/typeoids.h"

#include <QByteArrayList>
#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QByteArray parameter(std::size_t number)
{
    return '$' + QByteArray::number(qulonglong(number));
}

/// Whether the middle of two values may come out in another order than the server's.
bool ordersByCollation(Oid type)
{
    return type == oids::text || type == oids::varchar || type == oids::bpchar;
}

} // namespace

KeyPlan::KeyPlan(const TableShape &shape, bool descending, bool whole)
    : WindowPlan(shape, whole)
    , m_descending(descending)
{
    const Operators builtIn = {"OPERATOR(pg_catalog.<)"_ba, "OPERATOR(pg_catalog.<=)"_ba,
                               "OPERATOR(pg_catalog.=)"_ba, "OPERATOR(pg_catalog.>=)"_ba,
                               "OPERATOR(pg_catalog.>)"_ba};
    m_operators.assign(shape.key.size(), builtIn);
}

QString KeyPlan::orderText() const
{
    QStringList names;
    for (std::size_t at = 0; at < shape().key.size(); ++at)
        names.append(keyColumn(at).column.name);
    const QString joined = names.join(", "_L1);
    return m_descending
               ? QCoreApplication::translate("core::TableSource", "by %1, last first").arg(joined)
               : QCoreApplication::translate("core::TableSource", "by %1").arg(joined);
}

QByteArray KeyPlan::keyList() const
{
    QByteArrayList names;
    for (std::size_t at = 0; at < shape().key.size(); ++at)
        names.append(keyColumn(at).quoted);
    return names.join(", "_ba);
}

QByteArray KeyPlan::orderBy(bool backward) const
{
    const QByteArray way = backward != m_descending ? " DESC"_ba : ""_ba;
    QByteArrayList parts;
    for (std::size_t at = 0; at < shape().key.size(); ++at)
        parts.append(keyColumn(at).quoted + way);
    return " ORDER BY "_ba + parts.join(", "_ba);
}

/// `(a, b) > ($1, $2)`: as one row comparison it becomes an index condition; OR between columns
/// would be a filter over the index from its start.
QByteArray KeyPlan::beyond(std::size_t columns, bool backward, bool orEqual) const
{
    const Comparison strict = backward != m_descending ? Less : Greater;
    const Comparison loose = strict == Less ? LessOrEqual : GreaterOrEqual;
    if (!m_rowComparison)
        return m_operators.size() > 1
                   ? keyColumn(0).quoted + ' ' + m_operators[0][loose] + " $1 AND "_ba
                         + beyondStepwise(0, columns, strict, orEqual)
                   : beyondStepwise(0, columns, strict, orEqual);
    QByteArrayList names;
    QByteArrayList values;
    for (std::size_t at = 0; at < columns; ++at) {
        names.append(keyColumn(at).quoted);
        values.append(parameter(at + 1));
    }
    const QByteArray &comparison = m_operators[0][orEqual ? loose : strict];
    if (columns == 1)
        return names.front() + ' ' + comparison + " $1"_ba;
    return '(' + names.join(", "_ba) + ") "_ba + comparison + " ("_ba + values.join(", "_ba) + ')';
}

/// The same column by column, each with its own operators.
QByteArray KeyPlan::beyondStepwise(std::size_t from, std::size_t columns, Comparison strict,
                                   bool orEqual) const
{
    const QByteArray name = keyColumn(from).quoted + ' ';
    const QByteArray value = ' ' + parameter(from + 1);
    const Operators &operators = m_operators[from];
    const Comparison loose = strict == Less ? LessOrEqual : GreaterOrEqual;
    if (from + 1 == columns)
        return name + operators[orEqual ? loose : strict] + value;
    return '(' + name + operators[strict] + value + " OR ("_ba + name + operators[Equal] + value
           + " AND "_ba + beyondStepwise(from + 1, columns, strict, orEqual) + "))"_ba;
}

void KeyPlan::addParameters(Statement &statement, const std::vector<QByteArray> &values) const
{
    for (std::size_t at = 0; at < values.size(); ++at) {
        statement.parameters.emplace_back(values[at]);
        statement.parameterTypes.push_back(keyColumn(at).baseType);
    }
}

/// Begins at a mark, or between two. A middle of texts is held between them by the server, whose
/// collation we do not know.
void KeyPlan::addStart(Statement &statement, double fraction) const
{
    if (m_marks.isEmpty())
        return;
    const KeyMarks::Start start = m_marks.at(m_descending ? 1 - fraction : fraction);
    const Oid type = keyColumn(0).baseType;
    if (start.low.empty() || !ordersByCollation(type)) {
        statement.sql += " WHERE "_ba + beyond(start.values.size(), false, true);
        addParameters(statement, start.values);
        return;
    }
    const QByteArray &comparison = m_operators[0][m_descending ? LessOrEqual : GreaterOrEqual];
    statement.sql +=
        " WHERE "_ba + keyColumn(0).quoted + ' ' + comparison + " GREATEST(LEAST($1, $2), $3)"_ba;
    statement.parameters = {start.values.front(), start.high.front(), start.low.front()};
    statement.parameterTypes = {type, type, type};
}

Statement KeyPlan::statement(const Fetch &fetch, double fraction, const Bound *edge, int rows,
                             int /*stretch*/) const
{
    const bool backward = fetch.kind == Fetch::Kind::Before || fetch.kind == Fetch::Kind::Last;
    Statement statement{"SELECT "_ba + list().sql() + " FROM "_ba + shape().from};
    if (edge) {
        statement.sql += " WHERE "_ba + beyond(edge->values.size(), backward, !edge->onRow);
        addParameters(statement, edge->values);
    } else if (fetch.kind == Fetch::Kind::At) {
        addStart(statement, fraction);
    }
    statement.sql += orderBy(backward) + " LIMIT "_ba + QByteArray::number(rows);
    return statement;
}

WindowAnswer KeyPlan::read(const Fetch &fetch, double /*fraction*/, const Bound * /*edge*/,
                           int rows, int /*stretch*/, std::vector<ChunkPtr> chunks)
{
    const bool backward = fetch.kind == Fetch::Kind::Before || fetch.kind == Fetch::Kind::Last;
    WindowAnswer answer{Window(std::move(chunks), backward), false, false};
    Window &window = answer.window;
    const bool all = window.rowCount() < rows;
    answer.first = backward ? all : fetch.kind == Fetch::Kind::First;
    answer.last = backward ? fetch.kind == Fetch::Kind::Last : all;
    if (window.rowCount() > 0) {
        window.begin = {window.values(0, shape().key), true};
        window.end = {window.values(window.rowCount() - 1, shape().key), true};
    }
    return answer;
}

Statement KeyPlan::one(const QByteArray &expression, const Bound &place) const
{
    QByteArrayList conditions;
    for (std::size_t at = 0; at < place.values.size(); ++at)
        conditions.append(keyColumn(at).quoted + ' ' + m_operators[at][Equal] + ' '
                          + parameter(at + 1));
    Statement statement{"SELECT "_ba + expression + " FROM "_ba + shape().from + " WHERE "_ba
                        + conditions.join(" AND "_ba)};
    addParameters(statement, place.values);
    return statement;
}

} // namespace core
