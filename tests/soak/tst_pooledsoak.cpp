// SPDX-License-Identifier: GPL-3.0-or-later
// Through a pool of one server connection nothing that Sluice does may change what the client
// beside it sees. SLUICE_SOAK_SEED repeats a run, SLUICE_SOAK_ACTIONS makes it longer.
#include "tests/soak/secondclient.h"
#include "tests/soak/soakactions.h"
#include "tests/support/testrole.h"

#include <QTest>

#include <future>

using namespace Qt::StringLiterals;
using namespace test;

class TestPooledSoak : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theSecondClientSees_data();
    void theSecondClientSees();
    void theSecondClientSeesAround();
    void nothingReachesTheSecondClient_data();
    void nothingReachesTheSecondClient();

private:
    TestDatabase m_database;
};

namespace {

int fromEnvironment(const char *name, int otherwise)
{
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(name, &isNumber);
    return isNumber ? number : otherwise;
}

/// In the first run all of them, in the others fewer: they differ in the pooler's settings only.
constexpr int actions = 1'000;
constexpr int hostileEvery = 10;

} // namespace

void TestPooledSoak::initTestCase()
{
    m_database.exec(SoakActions::schema());
}

void TestPooledSoak::theSecondClientSees_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("seen");
    QTest::newRow("setting") << "SET work_mem = '1MB'"_ba << "+setting work_mem = 1024"_ba;
    QTest::newRow("role") << "SET ROLE @role"_ba << "+role @role as "_ba;
    QTest::newRow("path") << "SET search_path = nowhere"_ba << "+path pg_catalog"_ba;
    QTest::newRow("statement") << "PREPARE leaked AS SELECT 1"_ba << "+prepared leaked"_ba;
    QTest::newRow("cursor") << "DECLARE leaked CURSOR WITH HOLD FOR SELECT 1"_ba
                            << "+cursor leaked"_ba;
    QTest::newRow("channel") << "LISTEN leaked"_ba << "+channel leaked"_ba;
    QTest::newRow("lock") << "SELECT pg_advisory_lock(7)"_ba << "+lock advisory 0.7.1"_ba;
    QTest::newRow("temporary table")
        << "CREATE TEMP TABLE leaked (i int)"_ba << "+temporary leaked"_ba;
}

/// What a client leaves that does not care: else the silence of the other test would prove nothing.
void TestPooledSoak::theSecondClientSees()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, seen);
    const TestRole role(m_database);
    sql.replace("@role", role.name());
    seen.replace("@role", role.name());
    const TestPooler pooler(m_database, {.poolSize = 1});
    SecondClient looking(pooler);
    const QByteArrayList before = looking.look();
    QCOMPARE(differences(before, looking.look()), QByteArrayList());
    Connection careless = pooler.connect();
    careless.exec(sql);
    const QByteArrayList changed = differences(before, looking.look());
    QVERIFY2(changed.join(';').contains(seen), changed.join("; ").constData());
}

void TestPooledSoak::theSecondClientSeesAround()
{
    const TestPooler pooler(m_database, {.poolSize = 1});
    SecondClient looking(pooler);
    const QByteArrayList around = looking.lookAround();
    Connection direct = m_database.connect();
    direct.exec("CREATE TEMP TABLE leaked_too (i int)");
    direct.exec("BEGIN; SELECT pg_advisory_xact_lock(8)");
    const QByteArrayList more = differences(around, looking.lookAround());
    for (const char *word : {"+lock advisory 0.8.1", "+temporary leaked_too", "+transaction of "})
        QVERIFY2(more.join(';').contains(word), more.join("; ").constData());
}

void TestPooledSoak::nothingReachesTheSecondClient_data()
{
    QTest::addColumn<int>("preparedStatements");
    QTest::addColumn<int>("count");
    const int wanted = fromEnvironment("SLUICE_SOAK_ACTIONS", actions);
    QTest::newRow("prepared statements tracked") << 200 << wanted;
    QTest::newRow("prepared statements not tracked") << 0 << wanted / 4;
}

void TestPooledSoak::nothingReachesTheSecondClient()
{
    QFETCH(int, preparedStatements);
    QFETCH(int, count);
    const quint32 seed =
        quint32(fromEnvironment("SLUICE_SOAK_SEED", int(std::random_device()() & 0x7fffffff)));
    qInfo("seed %u, %d actions", seed, count);
    // Where Sluice held on to the one server connection, the others would get an error.
    const TestPooler pooler(m_database, {.maxPreparedStatements = preparedStatements,
                                         .poolSize = 1,
                                         .settings = {"query_wait_timeout = 60"}});
    SecondClient looking(pooler);
    SecondClient asking(pooler);
    const QByteArrayList before = looking.look();
    QVERIFY(!before.isEmpty());

    SoakActions sluice(pooler.url(), seed);
    for (int number = 1; number <= count; ++number) {
        // Its own thread, for the action needs this one's event loop.
        auto asked = std::async(std::launch::async, [&asking] { asking.ask(); });
        const QString action = sluice.act(number, hostileEvery);
        asked.get();
        const auto told = [&](const QByteArrayList &what) {
            return u"seed %1, action %2 (%3): %4"_s.arg(QString::number(seed),
                                                        QString::number(number), action,
                                                        QString::fromUtf8(what.join("; ")));
        };
        const QByteArrayList changed = differences(before, looking.look());
        QVERIFY2(changed.isEmpty(), qPrintable(told(changed)));
        QTRY_VERIFY2_WITH_TIMEOUT(looking.lookAround().isEmpty(),
                                  qPrintable(told(looking.lookAround())), 30'000);
        QVERIFY2(!action.contains("NO ANSWER"_L1), qPrintable(told({})));
    }
    qInfo("%s", qPrintable(sluice.counts()));
    QVERIFY(sluice.openSessions() <= 1);
}

QTEST_GUILESS_MAIN(TestPooledSoak)
#include "tst_pooledsoak.moc"
