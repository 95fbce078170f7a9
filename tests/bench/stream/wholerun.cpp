// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/stream/wholerun.h"

#include "tests/bench/stream/resident.h"
#include "ui/editor/queryrun.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

WholeRun::WholeRun(Desk &desk, QByteArray sql)
    : m_desk(desk)
    , m_sql(std::move(sql))
{
    m_look.setInterval(std::chrono::milliseconds(50));
    connect(&m_look, &QTimer::timeout, this, &WholeRun::look);
    connect(&m_desk, &Desk::runEnded, this, &WholeRun::runEnded, Qt::QueuedConnection);
}

void WholeRun::start()
{
    m_desk.run("SELECT * FROM events LIMIT 1000");
}

void WholeRun::look()
{
    m_most = std::max(m_most, residentBytes());
}

void WholeRun::runEnded()
{
    if (const auto &failure = m_desk.currentRun()->failure()) {
        emit failed(failure->error);
        return;
    }
    if (!std::exchange(m_warm, true)) {
        m_before = residentBytes();
        m_most = m_before;
        m_look.start();
        m_clock.start();
        m_heartbeat.start();
        m_desk.run(m_sql);
        return;
    }
    m_heartbeat.stop();
    m_look.stop();
    look();
    describe();
    emit finished();
}

void WholeRun::describe()
{
    const ui::QueryRun::Result &result = m_desk.currentRun()->results().front();
    const core::RowStore &store = *result.rows->store();
    m_result = {{u"rows"_s, store.rowCount()},
                {u"seconds"_s, double(m_clock.elapsed()) / 1000},
                {u"longestStall"_s, m_heartbeat.longest()},
                {u"gaps"_s, m_heartbeat.counts()},
                {u"growth"_s, m_most - m_before},
                {u"payload"_s, store.payloadBytes()},
                {u"storeResident"_s, store.residentBytes()},
                {u"spilled"_s, store.spilledBytes()}};
}

} // namespace bench
