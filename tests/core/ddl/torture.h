// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"
#include "tests/support/testrole.h"

namespace test {

/// torture.sql, as the server of this database can have it.
[[nodiscard]] QByteArray tortureFor(const TestDatabase &database, const TestRole &one,
                                    const TestRole &two);

/// Major version of the server.
[[nodiscard]] int majorOf(const TestDatabase &database);

} // namespace test
