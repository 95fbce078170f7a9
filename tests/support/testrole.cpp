// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testrole.h"

namespace test {

TestRole::TestRole(const TestDatabase &database, const QByteArray &attributes)
    : m_database(database)
    , m_name("r_" + randomWord().toUtf8())
{
    m_database.execSuper("CREATE ROLE " + m_name + ' ' + attributes + "; GRANT " + m_name + " TO "
                         + m_database.facts().plainUser);
}

TestRole::~TestRole()
{
    m_database.execSuper("DROP ROLE " + m_name);
}

} // namespace test
