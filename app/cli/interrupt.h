// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace cli {

/// SIGINT and SIGTERM as a signal of the event loop. A second one ends the program at once. One
/// object a program.
class Interrupt : public QObject
{
    Q_OBJECT

public:
    explicit Interrupt(QObject *parent = nullptr);
    ~Interrupt() override;

signals:
    void arrived();
};

} // namespace cli
