// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"

namespace test {

/// Fills a database with at least one object of every kind (core::ObjectKind), with odd names among
/// them. What belongs to the whole cluster (roles) goes with dropEveryObject().
void makeEveryObject(TestDatabase &database);
void dropEveryObject(TestDatabase &database);
/// The group role that it makes, and the member of it.
[[nodiscard]] QByteArray everyObjectGroup(const TestDatabase &database);
[[nodiscard]] QByteArray everyObjectMember(const TestDatabase &database);

} // namespace test
