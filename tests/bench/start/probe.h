// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

namespace bench {

/// Watches a Qt program from within, by LD_PRELOAD, so that nothing in the program is there for the
/// bench. Prints lines on its standard output: "painted NS" after the first frame of a window,
/// "restored NS" after the first one with a dock in it, both of CLOCK_MONOTONIC; "table RSS ANON
/// PSS" in bytes, a while after the rows of a table are shown, which it opens through the schema
/// dock as a double click would. When the line that SLUICE_BENCH_UNTIL names is printed, it closes
/// the windows.
class Probe : public QObject
{
    Q_OBJECT

public:
    explicit Probe(QObject *application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void stamp(const QByteArray &name);
    void print(const QByteArray &name, const QByteArray &values);
    void openTable();
    void printMemory();

    QByteArray m_until;
    QTimer m_tries; ///< until the schema has come
    bool m_painted = false;
    bool m_restored = false;
    bool m_opened = false;
};

} // namespace bench
