// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/keymarks.h"
#include "core/browse/windowplan.h"

#include <array>

namespace core {

/// Windows along a unique btree key: `(a, b) > ($1, $2) ORDER BY a, b LIMIT n` (Index Cond), both
/// ways. Operators are named with the schema of the index's own operator class: citext's `>` may
/// not be on the search path, and text's in its place would order differently and find no index.
class KeyPlan : public WindowPlan
{
public:
    KeyPlan(const TableShape &shape, bool descending, bool whole);

    [[nodiscard]] QString orderText() const override;
    [[nodiscard]] std::vector<int> keyColumns() const override { return shape().key; }
    [[nodiscard]] std::vector<Statement> facts() const override;
    void readFacts(std::span<const Table> answers) override;
    [[nodiscard]] std::optional<double> estimatedRows() const override { return m_rows; }
    [[nodiscard]] std::vector<Statement> positionFacts() const override;
    void readPositionFacts(std::span<const Table> answers) override;
    [[nodiscard]] bool distrustPositions() override;
    [[nodiscard]] Statement statement(const Fetch &fetch, double fraction, const Bound *edge,
                                      int rows, int stretch) const override;
    [[nodiscard]] WindowAnswer read(const Fetch &fetch, double fraction, const Bound *edge,
                                    int rows, int stretch, std::vector<ChunkPtr> chunks) override;
    [[nodiscard]] Statement one(const QByteArray &expression, const Bound &place) const override;

private:
    /// As pg_amop numbers a btree's strategies, less one.
    enum Comparison : std::size_t { Less, LessOrEqual, Equal, GreaterOrEqual, Greater };
    using Operators = std::array<QByteArray, 5>;

    [[nodiscard]] const ShapeColumn &keyColumn(std::size_t at) const
    {
        return shape().columns[std::size_t(shape().key[at])];
    }
    [[nodiscard]] QByteArray select(bool backward) const;
    [[nodiscard]] QByteArray orderBy(bool backward) const;
    [[nodiscard]] QByteArray keyList() const;
    [[nodiscard]] QByteArray beyond(std::size_t columns, bool backward, bool orEqual) const;
    [[nodiscard]] QByteArray beyondStepwise(std::size_t from, std::size_t columns,
                                            Comparison strict, bool orEqual) const;
    void addParameters(Statement &statement, const std::vector<QByteArray> &values) const;
    void addStart(Statement &statement, double fraction) const;
    void readOperators(const Table &answer);
    void readHistogram(const Table &answer);
    [[nodiscard]] Statement sizeStatement() const;
    [[nodiscard]] Statement sampleStatement() const;

    std::vector<Operators> m_operators; ///< by key column
    KeyMarks m_marks;
    std::optional<double> m_rows;
    qint64 m_pages = 0;
    bool m_descending = false;
    bool m_rowComparison = true; ///< all columns have pg_catalog's operators
    bool m_positionsKnown = false;
    bool m_sampled = false; ///< m_marks are our own
};

} // namespace core
