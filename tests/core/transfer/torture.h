// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"

namespace test {

/// Makes the table `torture`: one column of nearly every kind of type, rows with the nastiest
/// values of each, and NULLs. Also its types (composite, enum, domains, range) and the extensions
/// hstore and citext.
void makeTorture(TestDatabase &database);

} // namespace test
