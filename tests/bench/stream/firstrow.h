// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/common/statistics.h"
#include "tests/bench/stream/desk.h"
#include "tests/support/connection.h"

namespace bench {

/// How long after the server made the first row of a query over the whole table that row is
/// painted. The row itself tells the server's time: both look at one machine's clock. Beside it, in
/// turns, a plain libpq connection that receives the same query in chunks. The first round
/// connects, and is told apart.
class FirstRow : public QObject
{
    Q_OBJECT

public:
    FirstRow(Desk &desk, int rounds);
    void start();

    /// `{"milliseconds":[…],"cold":ms,"fromRun":[…],"libpqFromSend":[…],"libpqAfterServer":[…]}`;
    /// `fromRun` counts from the press of Run.
    [[nodiscard]] QJsonObject result() const;

signals:
    void finished();
    void failed(const core::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void runNext();
    void receivePlainly();
    void painted();

    Desk &m_desk;
    test::Connection m_plain;
    Samples m_afterServer;
    Samples m_fromRun;
    Samples m_plainFromSend;
    Samples m_plainAfterServer;
    double m_cold = 0;
    double m_served = 0; ///< seconds of CLOCK_REALTIME, as the row says
    qint64 m_ranAt = 0;
    int m_rounds;
    int m_round = -1;
    bool m_seen = false;
};

} // namespace bench
