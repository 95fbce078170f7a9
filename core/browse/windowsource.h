// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/basesource.h"
#include "core/browse/windowplan.h"

#include <QTimer>

namespace core {

/// A TableSource over windows of a key or of the heap: asks its RowMap what is wanted next, its
/// WindowPlan for the SQL, and keeps at most one read under way.
class WindowSource : public BaseSource
{
    Q_OBJECT

public:
    /// `plan` is of this shape.
    WindowSource(SessionThread &session, TableShape shape, std::unique_ptr<WindowPlan> plan,
                 const TableOptions &options);
    ~WindowSource() override;

    [[nodiscard]] Strategy strategy() const override;
    [[nodiscard]] RowCount rowCount() const override { return m_map->count(); }
    void want(RowRange visible) override;
    [[nodiscard]] Cell cell(qint64 row, int column) const override;
    [[nodiscard]] bool positionsAreEstimates() const override;
    [[nodiscard]] QString orderText() const override { return m_plan->orderText(); }
    void cancel() override;
    [[nodiscard]] QFuture<Result<std::optional<QByteArray>>> wholeValue(qint64 row, int column,
                                                                        qint64 largest) override;

protected:
    void advance() override;
    void restart(bool changed) override;
    void takeCount(qint64 rows) override { apply(m_map->setCounted(rows)); }
    void rest() override { m_failedFor = m_visible; }

private:
    /// The read under way, and how its answers are to be understood.
    struct Pending {
        std::unique_ptr<TableRead> read = {};
        Fetch fetch = {};
        std::optional<Bound> edge = {};
        double fraction = 0;
        int rows = 0;
        std::size_t facts = 0;     ///< leading answers that are the plan's facts
        std::size_t positions = 0; ///< then so many of its position facts
        bool window = false;       ///< the last answer is a window
        bool stale = false;        ///< nobody waits for it any more
    };

    void start(const Fetch &fetch);
    void reconsider();
    [[nodiscard]] bool isStillWanted() const;
    void readDone(const Result<std::vector<Table>> &outcome);
    void take(Pending &done, std::vector<Table> answers);
    void takeWindow(const Pending &done, Table answer);
    void readFailed(const Pending &done, const Error &error);
    void apply(const RowMap::Changes &changes);
    void adaptStep(const Window &window);
    void foundNothing(const Pending &done);
    void resetMap();

    std::unique_ptr<WindowPlan> m_plan;
    std::unique_ptr<RowMap> m_map;
    std::optional<Pending> m_pending;
    std::optional<RowRange> m_visible;
    std::optional<RowRange> m_failedFor; ///< not asked for again by itself
    std::optional<Bound> m_anchor; ///< a row that was on screen before everything was read again
    qint64 m_anchorRow = 0;
    QTimer m_patience; ///< then a stale read is cancelled
    int m_direction = 1;
    int m_step = 0;
    int m_stretch = 1; ///< grows while answers hold no rows
    bool m_factsKnown = false;
    bool m_retried = false; ///< a read that was lost with its connection
};

} // namespace core
