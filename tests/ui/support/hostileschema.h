// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"

#include <QString>

namespace test {

/// The schema of addHostileSchema(): markup that an image would be fetched for.
[[nodiscard]] QString hostileSchemaName();
/// The one table whose columns are as hostile as its own name; 63 bytes, with markup, quotes and a
/// line break.
[[nodiscard]] QString hostileTableName();

/// A schema of a hostile name with one table for every text of hostileTexts() and for
/// hostileTableName(); that one has a column and a row for each of the texts too.
void addHostileSchema(TestDatabase &database);

} // namespace test
