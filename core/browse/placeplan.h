// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/windowplan.h"

namespace core {

/// Windows of a heap by ctid ranges: `ctid >= '(p,0)' AND ctid < '(q,0)'` (Tid Range Scan), p and q
/// from how many rows a page holds. Always with ORDER BY ctid: where the planner takes a sequential
/// scan of a small table, synchronize_seqscans could begin in its middle.
class PlacePlan : public WindowPlan
{
public:
    PlacePlan(const TableShape &shape, bool whole);

    [[nodiscard]] QString orderText() const override;
    [[nodiscard]] std::vector<int> keyColumns() const override;
    [[nodiscard]] std::vector<Statement> facts() const override;
    void readFacts(std::span<const Table> answers) override;
    [[nodiscard]] std::optional<double> estimatedRows() const override;
    [[nodiscard]] std::vector<Statement> positionFacts() const override { return {}; }
    void readPositionFacts(std::span<const Table>) override {}
    [[nodiscard]] bool distrustPositions() override { return false; }
    [[nodiscard]] Statement statement(const Fetch &fetch, double fraction, const Bound *edge,
                                      int rows, int stretch) const override;
    [[nodiscard]] WindowAnswer read(const Fetch &fetch, double fraction, const Bound *edge,
                                    int rows, int stretch, std::vector<ChunkPtr> chunks) override;
    [[nodiscard]] Statement one(const QByteArray &expression, const Bound &place) const override;

private:
    /// The half-open run of places that a fetch looks at; `open`: to the end of the heap.
    struct Range {
        TupleId low = {};
        TupleId high = {};
        bool open = false;
        bool backward = false;
    };
    [[nodiscard]] Range range(const Fetch &fetch, double fraction, const Bound *edge, int rows,
                              int stretch) const;
    [[nodiscard]] quint32 pagesFor(int rows, int stretch) const;
    [[nodiscard]] QByteArray select() const;
    [[nodiscard]] QByteArray selectEnd() const;
    [[nodiscard]] bool isWide() const;
    [[nodiscard]] TupleId placeOfRow(const Window &window, int row) const;
    void learn(const Range &range, const Window &window);

    double m_rowsPerPage = 0; ///< 0 = not known yet
    bool m_densityIsGuess = true;
    quint32 m_pages = 0;
    quint32 m_blockSize = 8192;
};

} // namespace core
