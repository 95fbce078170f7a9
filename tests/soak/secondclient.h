// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testpooler.h"

#include <QByteArrayList>

#include <chrono>
#include <vector>

namespace test {

/// An application beside Sluice on a pool of one server connection: what it meets there is what
/// the client before it left.
class SecondClient
{
public:
    explicit SecondClient(const TestPooler &pooler);

    /// Each setting, prepared statement, cursor, channel, lasting lock and temporary relation of
    /// its server connection, one line each, sorted.
    [[nodiscard]] QByteArrayList look();
    /// How long its own query takes, answered rightly or the program ends.
    [[nodiscard]] std::chrono::microseconds ask();

private:
    Connection m_connection;
};

/// Lines of which only one side has any: "+…" is new, "-…" is gone.
[[nodiscard]] QByteArrayList differences(const QByteArrayList &before, const QByteArrayList &after);

[[nodiscard]] std::chrono::microseconds median(std::vector<std::chrono::microseconds> times);
/// How many are longer than so many times `measure`.
[[nodiscard]] int countAbove(const std::vector<std::chrono::microseconds> &times,
                             std::chrono::microseconds measure, double factor);

} // namespace test
