// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/stream/firstrow.h"

#include "core/pq/connsecurity.h"
#include "tests/bench/common/clock.h"
#include "ui/editor/editortab.h"
#include "ui/grid/gridview.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

constexpr const char *query =
    "SELECT extract(epoch FROM clock_timestamp()) AS served, e.* FROM events e";
constexpr int rowsPerChunk = 256;

double secondsNow()
{
    return double(nanoseconds(CLOCK_REALTIME)) / 1e9;
}

} // namespace

FirstRow::FirstRow(Desk &desk, int rounds)
    : m_desk(desk)
    , m_plain(core::secured(desk.database().database().any().info))
    , m_rounds(rounds)
{
    connect(&m_desk, &Desk::gridShown, this,
            [this] { m_desk.grid()->viewport()->installEventFilter(this); });
    connect(&m_desk, &Desk::runEnded, this, &FirstRow::runNext, Qt::QueuedConnection);
}

void FirstRow::start()
{
    runNext();
}

void FirstRow::runNext()
{
    if (m_round >= 0 && !m_seen) {
        emit failed({.message = u"The run ended before a row was painted."_s});
        return;
    }
    if (m_round == m_rounds) {
        emit finished();
        return;
    }
    ++m_round;
    m_seen = false;
    receivePlainly();
    m_ranAt = nanoseconds();
    m_desk.run(query);
}

void FirstRow::receivePlainly()
{
    PGconn *connection = m_plain.handle();
    const qint64 sent = nanoseconds();
    PQsendQueryParams(connection, query, 0, nullptr, nullptr, nullptr, nullptr, 0);
    PQsetChunkedRowsMode(connection, rowsPerChunk);
    const core::PgResultHandle first(PQgetResult(connection));
    if (m_round > 0 && PQntuples(first.get()) > 0) {
        m_plainFromSend.push_back(milliseconds(nanoseconds() - sent));
        const double served = QByteArray(PQgetvalue(first.get(), 0, 0)).toDouble();
        m_plainAfterServer.push_back((secondsNow() - served) * 1000);
    }
    const core::PgCancelHandle cancel(PQcancelCreate(connection));
    PQcancelBlocking(cancel.get());
    while (const core::PgResultHandle rest{PQgetResult(connection)}) {
    }
}

bool FirstRow::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::Paint && !m_seen) {
        const ui::GridView &grid = *m_desk.grid();
        const core::Cell cell = grid.source()->cell(0, 0);
        // The view may not have taken notice of the rows that its source has.
        if (grid.visibleRows().count > 0 && cell.state == core::Cell::State::Present) {
            m_seen = true;
            m_served = cell.bytes.toByteArray().toDouble();
            // After the frame, which is handed to the display at its end.
            QMetaObject::invokeMethod(this, &FirstRow::painted, Qt::QueuedConnection);
        }
    }
    return false;
}

void FirstRow::painted()
{
    const double after = (secondsNow() - m_served) * 1000;
    if (m_round == 0) {
        m_cold = after;
    } else {
        m_afterServer.push_back(after);
        m_fromRun.push_back(milliseconds(nanoseconds() - m_ranAt));
    }
    m_desk.editor().cancelRunning();
}

QJsonObject FirstRow::result() const
{
    return {{u"milliseconds"_s, toJson(m_afterServer)},
            {u"cold"_s, m_cold},
            {u"fromRun"_s, toJson(m_fromRun)},
            {u"libpqFromSend"_s, toJson(m_plainFromSend)},
            {u"libpqAfterServer"_s, toJson(m_plainAfterServer)}};
}

} // namespace bench
