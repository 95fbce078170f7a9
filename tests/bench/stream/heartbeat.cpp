// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/stream/heartbeat.h"

#include "tests/bench/common/clock.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

Heartbeat::Heartbeat(QObject *parent)
    : QObject(parent)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(std::chrono::milliseconds(1));
    connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
}

void Heartbeat::start()
{
    m_longest = 0;
    m_beats = 0;
    m_over16 = 0;
    m_over50 = 0;
    m_last = nanoseconds();
    m_timer.start();
}

void Heartbeat::stop()
{
    beat(); // the gap that is open now
    m_timer.stop();
}

void Heartbeat::beat()
{
    const qint64 now = nanoseconds();
    const double gap = milliseconds(now - m_last);
    m_last = now;
    ++m_beats;
    m_longest = std::max(m_longest, gap);
    m_over16 += gap > 16 ? 1 : 0;
    m_over50 += gap > 50 ? 1 : 0;
}

QJsonObject Heartbeat::counts() const
{
    return {{u"beats"_s, m_beats}, {u"over16"_s, m_over16}, {u"over50"_s, m_over50}};
}

} // namespace bench
