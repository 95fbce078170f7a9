// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>

namespace bench {

/// A timer of the UI thread that beats every millisecond: what stands between two beats is how long
/// the thread did not answer.
class Heartbeat : public QObject
{
    Q_OBJECT

public:
    explicit Heartbeat(QObject *parent = nullptr);
    void start();
    void stop();
    /// Milliseconds.
    [[nodiscard]] double longest() const { return m_longest; }
    /// `{"beats","over16","over50"}`: how many beats, and gaps of more than so many milliseconds.
    [[nodiscard]] QJsonObject counts() const;

private:
    void beat();

    QTimer m_timer;
    qint64 m_last = 0;
    double m_longest = 0;
    qint64 m_beats = 0;
    int m_over16 = 0;
    int m_over50 = 0;
};

} // namespace bench
