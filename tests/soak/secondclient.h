// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testpooler.h"

#include <QByteArrayList>

namespace test {

/// An application beside Sluice on a pool of one server connection: what it meets there is what
/// the client before it left.
class SecondClient
{
public:
    explicit SecondClient(const TestPooler &pooler);

    /// Each setting, prepared statement, cursor, channel and lasting lock of its server connection,
    /// one line each, sorted.
    [[nodiscard]] QByteArrayList look();
    /// Locks, temporary relations and open transactions of other processes of this database. The
    /// process of a connection that the pooler has closed takes a moment to end.
    [[nodiscard]] QByteArrayList lookAround();
    /// Runs a query of its own, which is answered rightly or the program ends.
    void ask();

private:
    Connection m_connection;
};

/// Lines of which only one side has any: "+…" is new, "-…" is gone.
[[nodiscard]] QByteArrayList differences(const QByteArrayList &before, const QByteArrayList &after);

} // namespace test
