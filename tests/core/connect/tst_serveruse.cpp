// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/serveruse.h"
#include "core/session/sessionthread.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <vector>

using namespace Qt::StringLiterals;
using namespace core;

class TestServerUse : public QObject
{
    Q_OBJECT

private slots:
    void countsAsTheServerDoes_data();
    void countsAsTheServerDoes();
    void otherShapes();
    void budget();

private:
    [[nodiscard]] Result<ServerUse> ask(test::Role role) const;
    test::TestDatabase m_database;
};

Result<ServerUse> TestServerUse::ask(test::Role role) const
{
    SessionConfig config;
    config.keywords = m_database.keywords(role);
    SessionThread session(config);
    RequestSpec spec;
    spec.statements = {serverUseStatement()};
    const auto asking = collect(session, spec);
    if (!QTest::qWaitFor([&asking] { return asking.isFinished(); }, 60'000))
        return failure(ErrorKind::Local, "test.noAnswer"_ba, u"no answer"_s);
    if (!asking.result())
        return std::unexpected(asking.result().error());
    return serverUseOf(asking.result()->front());
}

void TestServerUse::countsAsTheServerDoes_data()
{
    QTest::addColumn<int>("role");
    QTest::newRow("superuser") << int(test::Role::Super);
    QTest::newRow("ordinary") << int(test::Role::Plain); // sees less of other roles' sessions
}

void TestServerUse::countsAsTheServerDoes()
{
    QFETCH(int, role);
    std::vector<test::Connection> others;
    for (int i = 0; i < 7; ++i)
        others.push_back(m_database.connect(i % 2 == 0 ? test::Role::Plain : test::Role::Super));
    const Result<ServerUse> use = ask(test::Role(role));
    QVERIFY(use);
    QCOMPARE(use->maxConnections, m_database.valueSuper("SHOW max_connections").toInt());
    QCOMPARE(use->reserved, m_database.valueSuper("SHOW superuser_reserved_connections").toInt()
                                + m_database.valueSuper("SHOW reserved_connections").toInt());
    // Other tests use the server at the same time; what is ours alone is this database.
    QVERIFY(use->database >= 8); // those of before may still be ending
    QVERIFY(use->used >= use->database);
    QVERIFY(use->ours >= 1);
}

void TestServerUse::otherShapes()
{
    QCOMPARE(serverUseOf(Table{}).error().id, "protocol.unexpected"_ba);
}

void TestServerUse::budget()
{
    const ServerUse roomy{.maxConnections = 100, .reserved = 3, .used = 93};
    QCOMPARE(budgetOf(roomy).limit, 97);
    QVERIFY(budgetOf(roomy).allows());
    const ServerUse full{.maxConnections = 100, .reserved = 3, .used = 94};
    QVERIFY(!budgetOf(full).allows());
    QVERIFY(DirectBudget{}.allows()); // nothing is known
    QVERIFY(budgetOf({}).allows());
}

QTEST_GUILESS_MAIN(TestServerUse)
#include "tst_serveruse.moc"
