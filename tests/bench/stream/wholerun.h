// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/stream/desk.h"
#include "tests/bench/stream/heartbeat.h"

#include <QElapsedTimer>

namespace bench {

/// A query that is run to its end in the window: how long the UI thread stalled, and what the
/// process grew by. A small query is run before, so that what every first run loads is not counted.
class WholeRun : public QObject
{
    Q_OBJECT

public:
    WholeRun(Desk &desk, QByteArray sql);
    void start();

    /// `{"rows","seconds","longestStall" ms,"gaps":{…},"growth","payload","storeResident",
    /// "spilled"}`, sizes in bytes; growth is the most that was seen.
    [[nodiscard]] QJsonObject result() const { return m_result; }

signals:
    void finished();
    void failed(const core::Error &error);

private:
    void runEnded();
    void look();
    void describe();

    Desk &m_desk;
    const QByteArray m_sql;
    Heartbeat m_heartbeat;
    QTimer m_look;
    QElapsedTimer m_clock;
    QJsonObject m_result;
    qint64 m_before = 0;
    qint64 m_most = 0;
    bool m_warm = false;
};

} // namespace bench
