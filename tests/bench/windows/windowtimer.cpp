// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/windows/windowtimer.h"

#include "core/session/collect.h"
#include "core/session/sessionthread.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bench {

namespace {

constexpr qint64 screenRows = 40;
constexpr qint64 windowRows = 500;
/// Apart enough that the windows read ahead of one place do not reach the next.
constexpr qint64 distance = 4 * windowRows;

} // namespace

WindowTimer::WindowTimer(core::SessionThread &session, const core::CatalogPtr &catalog,
                         core::Oid relation, QByteArray offsetSql, int positions)
    : m_session(session)
    , m_source(core::openTable(session, catalog, relation, {.windowRows = int(windowRows)}))
    , m_offsetSql(std::move(offsetSql))
    , m_positions(positions)
{
    connect(m_source.get(), &core::RowSource::rowsArrived, this, &WindowTimer::look);
    connect(m_source.get(), &core::RowSource::failed, this, &WindowTimer::failed);
}

void WindowTimer::start()
{
    ask(0);
}

void WindowTimer::measureNext()
{
    ask(position(m_next % 3, m_next / 3));
}

/// Spread over a hundredth of the table, or over more of a small one.
qint64 WindowTimer::position(int place, int number) const
{
    const qint64 rows = m_source->rowCount().rows;
    const qint64 step = std::max(distance, rows / 100 / m_positions);
    const qint64 span = step * m_positions;
    const std::array firsts{qint64(0), rows / 2 - span / 2, rows * 99 / 100 - span / 2};
    const qint64 last = rows - span - windowRows;
    // The first rows of all were read at the start.
    return std::clamp(firsts[std::size_t(place)], distance, last) + number * step;
}

void WindowTimer::ask(qint64 row)
{
    m_wanted = {row, screenRows};
    if (m_source->cell(row, 0).state == core::Cell::State::Present) {
        emit failed({.message = u"A position was read already; there are too few rows."_s});
        return;
    }
    m_waiting = true;
    m_clock.start();
    m_source->want(m_wanted);
}

void WindowTimer::look()
{
    if (!m_waiting)
        return; // read ahead
    for (qint64 row = m_wanted.first; row < m_wanted.end(); ++row) {
        if (m_source->cell(row, 0).state != core::Cell::State::Present)
            return;
    }
    if (m_next >= 0)
        m_samples[std::size_t(m_next % 3)].push_back(double(m_clock.nsecsElapsed()) / 1e6);
    m_waiting = false;
    rest(2);
}

/// Until what the source reads ahead has come: requests of one session are answered in order. The
/// first question may be asked before the source begins to read ahead, the second is behind it.
void WindowTimer::rest(int questions)
{
    if (questions == 0)
        return goOn();
    core::RequestSpec spec;
    spec.statements = {{"SELECT 1"_ba}};
    core::collect(m_session, std::move(spec))
        .then(this, [this, questions](const core::Result<std::vector<core::Table>> &answer) {
            if (answer)
                rest(questions - 1);
            else
                emit failed(answer.error());
        });
}

void WindowTimer::goOn()
{
    ++m_next;
    if (m_next == -1)
        ask(m_source->rowCount().rows / 4); // with it the facts that jumps need
    else if (m_next == 0)
        emit ready();
    else
        emit measured();
}

void WindowTimer::measureOffset()
{
    core::RequestSpec spec;
    spec.statements = {{m_offsetSql + ' ' + QByteArray::number(m_source->rowCount().rows / 2)
                        + " LIMIT " + QByteArray::number(windowRows)}};
    spec.statementTimeout = 0ms;
    m_clock.start();
    core::collect(m_session, std::move(spec))
        .then(this, [this](const core::Result<std::vector<core::Table>> &tables) {
            m_offset = double(m_clock.nsecsElapsed()) / 1e6;
            if (tables)
                emit measured();
            else
                emit failed(tables.error());
        });
}

QJsonObject WindowTimer::result() const
{
    return {{u"first"_s, toJson(m_samples[0])},
            {u"middle"_s, toJson(m_samples[1])},
            {u"last"_s, toJson(m_samples[2])},
            {u"offset"_s, m_offset}};
}

} // namespace bench
