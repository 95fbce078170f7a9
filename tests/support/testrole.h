// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"

namespace test {

/// A role without any right of its own that the plain one may take (SET ROLE); dropped at the end.
/// Roles are the cluster's, which other tests use at the same time.
class TestRole
{
public:
    /// `attributes` as CREATE ROLE has them ("LOGIN").
    explicit TestRole(const TestDatabase &database, const QByteArray &attributes = {});
    TestRole(const TestRole &) = delete;
    TestRole &operator=(const TestRole &) = delete;
    ~TestRole();

    [[nodiscard]] const QByteArray &name() const { return m_name; }

private:
    const TestDatabase &m_database;
    QByteArray m_name;
};

} // namespace test
