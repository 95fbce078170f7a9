// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/tableread.h"
#include "core/browse/tableshape.h"
#include "core/browse/tablesource.h"

#include <QPointer>

#include <memory>

namespace core {

/// What the sources over a relation have in common: its shape and how that is read again, counting,
/// the turn of the event loop in which work is begun and signals are sent.
class BaseSource : public TableSource
{
    Q_OBJECT

public:
    BaseSource(SessionThread &session, TableShape shape, const TableOptions &options);

    [[nodiscard]] Oid relation() const override { return m_shape.oid; }
    [[nodiscard]] QStringList unreadableColumns() const override { return m_shape.unreadable; }
    [[nodiscard]] const Columns &columns() const override { return m_columns; }
    void countExactly(SessionThread *other = nullptr) override;
    void cancelCount() override;
    [[nodiscard]] bool isCounting() const override { return m_count != nullptr; }
    void refresh() override;

protected:
    /// Begins what is to be done next; called from the event loop after schedule().
    virtual void advance() = 0;
    /// The relation is as it was (`changed` false), or has another shape; all rows are to be read
    /// again.
    virtual void restart(bool changed) = 0;
    virtual void takeCount(qint64 rows) = 0;
    /// An error was said: not to be run into again before somebody wants something else.
    virtual void rest() = 0;

    void schedule();
    /// Says the columns once, before anything else.
    void announceColumns();
    void setBusy(bool busy);
    void fail(const Error &error);
    /// The error may come from a relation that is not as it was: reads its shape again, then
    /// restart() or fail().
    [[nodiscard]] bool reshapeAfter(const Error &error);
    /// What was read agrees with the shape; clears the mark that the last error was looked into.
    void confirmShape() { m_reshaped = false; }
    /// The answer's columns come from this relation, with these types.
    [[nodiscard]] bool matchesShape(const Columns &answer, int placeColumn) const;
    [[nodiscard]] bool isReshaping() const { return m_reshaping; }

    [[nodiscard]] SessionThread &session() const { return m_session; }
    [[nodiscard]] const TableShape &shape() const { return m_shape; }
    [[nodiscard]] const TableOptions &options() const { return m_options; }

private:
    void reshape(std::optional<Error> cause);
    void reshaped(const Result<TableShape> &outcome, const std::optional<Error> &cause);
    void counted(const Result<std::vector<Table>> &outcome);

    SessionThread &m_session;
    TableShape m_shape;
    TableOptions m_options;
    Columns m_columns;
    std::unique_ptr<TableRead> m_count;
    bool m_scheduled = false;
    bool m_announced = false;
    bool m_busy = false;
    bool m_reshaping = false;
    bool m_reshaped = false; ///< since rows were read last
};

} // namespace core
