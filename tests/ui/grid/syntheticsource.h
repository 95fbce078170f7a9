// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"

#include <QTimer>

#include <functional>
#include <vector>

/// Rows made by a function, any number of them. By default all are here; with setLazy() only what
/// was wanted is, after the event loop has run, as from a server. For tests of views alone.
class SyntheticSource : public core::RowSource
{
    Q_OBJECT

public:
    using Maker = std::function<core::Cell(qint64 row, int column, QByteArray &store)>;

    SyntheticSource(core::Columns columns, qint64 rows, Maker maker, QObject *parent = nullptr)
        : RowSource(parent)
        , m_columns(std::move(columns))
        , m_count{rows, core::RowCount::Kind::Exact}
        , m_maker(std::move(maker))
    {
    }

    /// Cells of "r<row>c<column>".
    static SyntheticSource *plain(qint64 rows, int columns, QObject *parent)
    {
        core::Columns made(static_cast<std::size_t>(columns));
        for (int i = 0; i < columns; ++i) {
            made[std::size_t(i)].name = QStringLiteral("c%1").arg(i);
            made[std::size_t(i)].type = core::Oid{25};
        }
        return new SyntheticSource(std::move(made), rows, &SyntheticSource::plainCell, parent);
    }
    static core::Cell plainCell(qint64 row, int column, QByteArray &store)
    {
        store = "r" + QByteArray::number(row) + "c" + QByteArray::number(column);
        return present(store);
    }
    static core::Cell present(const QByteArray &bytes)
    {
        core::Cell cell;
        cell.state = core::Cell::State::Present;
        cell.bytes = bytes;
        return cell;
    }
    static core::Cell null()
    {
        core::Cell cell;
        cell.state = core::Cell::State::Present;
        cell.isNull = true;
        return cell;
    }

    void setLazy(bool lazy) { m_lazy = lazy; }
    /// Nothing arrives until release().
    void hold() { m_held = true; }
    void release()
    {
        m_held = false;
        deliver();
    }
    void setCount(core::RowCount count)
    {
        m_count = count;
        emit countChanged();
    }
    void setEstimated(bool estimated) { m_estimated = estimated; }
    void shift(qint64 first, qint64 delta)
    {
        m_count.rows += delta;
        emit rowsShifted(first, delta);
    }
    void fail(const core::Error &error) { emit failed(error); }
    void setBusy(bool busy) { emit busyChanged(busy); }
    [[nodiscard]] const std::vector<core::RowRange> &wishes() const { return m_wishes; }
    [[nodiscard]] qint64 cellsAsked() const { return m_asked; }
    void forgetAsked() { m_asked = 0; }

    [[nodiscard]] const core::Columns &columns() const override { return m_columns; }
    [[nodiscard]] core::RowCount rowCount() const override { return m_count; }
    [[nodiscard]] bool positionsAreEstimates() const override { return m_estimated; }
    [[nodiscard]] QString orderText() const override { return QStringLiteral("by id"); }
    void cancel() override { ++cancelled; }
    void want(core::RowRange visible) override
    {
        m_wishes.push_back(visible);
        if (m_lazy && !m_held)
            QTimer::singleShot(0, this, [this] { deliver(); });
    }
    [[nodiscard]] core::Cell cell(qint64 row, int column) const override
    {
        ++m_asked;
        if (row < 0 || row >= m_count.rows || (m_lazy && !m_here.contains(row)))
            return {};
        // Long enough for whatever a view holds at once.
        m_next = (m_next + 1) % m_store.size();
        return m_maker(row, column, m_store[m_next]);
    }

    int cancelled = 0;

private:
    void deliver()
    {
        if (m_held || m_wishes.empty())
            return;
        m_here = m_wishes.back();
        emit rowsArrived(m_here);
    }

    core::Columns m_columns;
    core::RowCount m_count;
    Maker m_maker;
    std::vector<core::RowRange> m_wishes;
    core::RowRange m_here;
    bool m_lazy = false;
    bool m_held = false;
    bool m_estimated = false;
    mutable qint64 m_asked = 0;
    mutable std::vector<QByteArray> m_store = std::vector<QByteArray>(4096);
    mutable std::size_t m_next = 0;
};
