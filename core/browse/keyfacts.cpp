// SPDX-License-Identifier: GPL-3.0-or-later
// The half of KeyPlan that learns what it must know of a table.
#include "core/browse/arrayliteral.h"
#include "core/browse/bound.h"
#include "core/browse/keyplan.h"
#include "core/catalog/factrows.h"
#include "core/pq/quoting.h"
#include "core/result/typeoids.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int tidArray = 1010; // _tid in pg_type.dat
constexpr qint64 sampledRows = 1000;
constexpr int fewestSampled = 50;
// Frequent values are not in the histogram; a share of them so small does not move a position
// noticeably.
constexpr double mostFrequent = 0.02;

enum FactAnswer : std::size_t { Size, OperatorNames, Histogram, Density };
enum PositionAnswer : std::size_t { Lowest, Highest, Sample };

Statement operatorStatement(Oid index)
{
    return {R"sql(
SELECT k.n, o.amopstrategy, s.nspname, p.oprname
  FROM pg_catalog.pg_index i
 CROSS JOIN LATERAL pg_catalog.unnest(i.indclass::pg_catalog.oid[]) WITH ORDINALITY AS k(class, n)
  JOIN pg_catalog.pg_opclass c ON c.oid = k.class
  JOIN pg_catalog.pg_amop o ON o.amopfamily = c.opcfamily AND o.amoplefttype = c.opcintype
       AND o.amoprighttype = c.opcintype AND o.amopstrategy BETWEEN 1 AND 5
  JOIN pg_catalog.pg_operator p ON p.oid = o.amopopr
  JOIN pg_catalog.pg_namespace s ON s.oid = p.oprnamespace
 WHERE i.indexrelid = $1 AND k.n <= i.indnkeyatts)sql"_ba,
            {QByteArray::number(number(index))},
            {oids::oid}};
}

/// By number of the column: its name may have bytes that a parameter cannot carry. The view guards
/// rows from whoever may not see them, so only a value reaches its indexes, not a join: without
/// them the columns and the statistics of the whole database would be read.
Statement histogramStatement(const TableShape &shape, int attnum)
{
    return {R"sql(
SELECT s.histogram_bounds::pg_catalog.text,
       (SELECT pg_catalog.sum(f) FROM pg_catalog.unnest(s.most_common_freqs) AS f)
  FROM pg_catalog.pg_stats s
 WHERE s.schemaname = (SELECT n.nspname FROM pg_catalog.pg_class c
                         JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = $1)
   AND s.tablename = (SELECT c.relname FROM pg_catalog.pg_class c WHERE c.oid = $1)
   AND s.attname = (SELECT a.attname FROM pg_catalog.pg_attribute a
                     WHERE a.attrelid = $1 AND a.attnum = $2)
   AND s.inherited = (SELECT c.relkind = 'p' FROM pg_catalog.pg_class c WHERE c.oid = $1))sql"_ba,
            {QByteArray::number(number(shape.oid)), QByteArray::number(attnum)},
            {oids::oid, oids::int2}};
}

} // namespace

/// Of a partition that was never analyzed only the size is known; 100 bytes a row are a guess.
Statement KeyPlan::sizeStatement() const
{
    const QByteArray oid = QByteArray::number(number(shape().oid));
    if (shape().kind == RelationKind::PartitionedTable) {
        return {R"sql(
SELECT pg_catalog.sum(CASE WHEN c.reltuples >= 0 THEN c.reltuples
                           ELSE coalesce(pg_catalog.pg_relation_size(c.oid), 0) / 100 END), 0, 0, 8192
  FROM pg_catalog.pg_partition_tree($1) t
  JOIN pg_catalog.pg_class c ON c.oid = t.relid
 WHERE t.isleaf)sql"_ba,
                {oid},
                {oids::regclass}};
    }
    return {R"sql(
SELECT c.reltuples, c.relpages, pg_catalog.pg_relation_size(c.oid), pg_catalog.current_setting('block_size')
  FROM pg_catalog.pg_class c WHERE c.oid = $1)sql"_ba,
            {oid},
            {oids::oid}};
}

std::vector<Statement> KeyPlan::facts() const
{
    std::vector<Statement> statements(Density);
    statements[Size] = sizeStatement();
    statements[OperatorNames] = operatorStatement(shape().keyIndex);
    statements[Histogram] = histogramStatement(shape(), keyColumn(0).column.tableColumn);
    // Never analyzed: how many rows the first pages hold is better than nothing.
    if (shape().rows <= 0 && shape().hasPlaces)
        statements.push_back({"SELECT pg_catalog.count(*) FROM "_ba + shape().from
                              + " WHERE ctid < '(16,0)'::pg_catalog.tid"_ba});
    return statements;
}

void KeyPlan::readFacts(std::span<const Table> answers)
{
    FactRows row(answers[Size].chunks);
    if (!row.next())
        return;
    const bool counted = !row.isNull(0) && row.number<double>(0) > 0;
    const double pages = row.number<double>(1);
    m_pages = row.number<qint64>(2) / std::max(qint64(1), row.number<qint64>(3));
    if (counted && pages > 0)
        m_rows = row.number<double>(0) / pages * double(m_pages);
    else if (counted)
        m_rows = row.number<double>(0);
    readOperators(answers[OperatorNames]);
    readHistogram(answers[Histogram]);
    if (m_rows || answers.size() <= Density)
        return;
    FactRows density(answers[Density].chunks);
    const double looked = double(std::min(m_pages, qint64(16)));
    if (density.next() && looked > 0)
        m_rows = density.number<double>(0) / looked * double(m_pages);
}

void KeyPlan::readOperators(const Table &answer)
{
    m_rowComparison = true;
    FactRows row(answer.chunks);
    while (row.next()) {
        const std::size_t column = row.number<std::size_t>(0) - 1;
        const std::size_t comparison = row.number<std::size_t>(1) - 1;
        const auto schema = quotedIdentifier(row.text(2));
        if (column >= m_operators.size() || comparison > Greater || !schema)
            continue;
        m_operators[column][comparison] =
            "OPERATOR("_ba + *schema + '.' + row.text(3).toByteArray() + ')';
        static constexpr QByteArrayView plain[] = {"<", "<=", "=", ">=", ">"};
        if (row.text(2) != "pg_catalog" || row.text(3) != plain[comparison])
            m_rowComparison = false;
    }
}

void KeyPlan::readHistogram(const Table &answer)
{
    FactRows row(answer.chunks);
    if (!row.next() || row.isNull(0) || row.number<double>(1) > mostFrequent)
        return;
    const auto bounds = readArray(row.text(0));
    if (!bounds || bounds->size() < 2)
        return;
    std::vector<KeyMarks::Tuple> marks;
    for (const QByteArray &bound : *bounds)
        marks.push_back({bound});
    m_marks = KeyMarks(std::move(marks), keyColumn(0).baseType);
    m_positionsKnown = true;
    m_sampled = false;
}

/// Keys of rows in pages that lie evenly over the heap, in the key's order: a histogram of our own.
Statement KeyPlan::sampleStatement() const
{
    const qint64 pages = std::min(m_pages, sampledRows);
    const auto perPage =
        quint16(std::clamp(sampledRows / std::max(qint64(1), pages), qint64(1), qint64(60)));
    std::vector<QByteArray> places;
    for (qint64 at = 0; at < pages; ++at) {
        const double page = (double(at) + 0.5) * double(m_pages) / double(pages);
        for (quint16 item = 1; item <= perPage; ++item)
            places.push_back(TupleId{quint32(page), item}.text());
    }
    return {"SELECT "_ba + keyList() + " FROM "_ba + shape().from
                + " WHERE ctid = ANY ($1) ORDER BY "_ba + keyList(),
            {writeArray(places)},
            {Oid{tidArray}}};
}

std::vector<Statement> KeyPlan::positionFacts() const
{
    if (m_positionsKnown)
        return {};
    const QByteArray first = "SELECT "_ba + keyColumn(0).quoted + " FROM "_ba + shape().from
                             + " ORDER BY "_ba + keyColumn(0).quoted;
    std::vector<Statement> statements{{first + " LIMIT 1"_ba}, {first + " DESC LIMIT 1"_ba}};
    if (shape().hasPlaces && m_pages > 0)
        statements.push_back(sampleStatement());
    return statements;
}

bool KeyPlan::distrustPositions()
{
    if (m_sampled)
        return false;
    m_positionsKnown = false;
    return true;
}

void KeyPlan::readPositionFacts(std::span<const Table> answers)
{
    m_positionsKnown = true;
    m_sampled = true;
    std::vector<KeyMarks::Tuple> marks;
    if (answers.size() > Sample) {
        FactRows row(answers[Sample].chunks);
        while (row.next()) {
            KeyMarks::Tuple tuple;
            for (std::size_t at = 0; at < shape().key.size(); ++at)
                tuple.push_back(row.text(int(at)).toByteArray());
            marks.push_back(std::move(tuple));
        }
    }
    if (marks.size() < fewestSampled) {
        marks.clear();
        for (const PositionAnswer end : {Lowest, Highest}) {
            FactRows row(answers[end].chunks);
            while (row.next())
                marks.push_back({row.text(0).toByteArray()});
        }
    }
    m_marks = KeyMarks(std::move(marks), keyColumn(0).baseType);
}

} // namespace core
