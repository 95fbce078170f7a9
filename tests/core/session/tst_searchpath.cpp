// SPDX-License-Identifier: GPL-3.0-or-later
// The schema that an address names: what unqualified names mean in every kind of frame, and that
// nobody else notices.
#include "core/pq/quoting.h"
#include "core/pq/searchpath.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/hostiletexts.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestSearchPath : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_database.reset(); }

    void framesSeeTheSchema_data();
    void framesSeeTheSchema();
    void nothingIsLeftOnThePooler();
    void plainRunsSeeTheSchema();
    void aPersonsSetHolds();
    void aRequestsOwnPathHolds();
    void hostileNames_data();
    void hostileNames();
    void undeclaredPoolerIsSpared();

private:
    [[nodiscard]] SessionConfig config(const QByteArray &path = "app"_ba)
    {
        return {.keywords = m_database->keywords(), .searchPath = path};
    }
    std::optional<TestDatabase> m_database;
};

void TestSearchPath::init()
{
    m_database.emplace();
    m_database->exec(
        "CREATE SCHEMA app; CREATE TABLE app.t (id int); INSERT INTO app.t VALUES (7)");
}

void TestSearchPath::framesSeeTheSchema_data()
{
    QTest::addColumn<Frame>("frame");
    QTest::addColumn<bool>("pooled");
    for (const bool pooled : {false, true}) {
        const QByteArray way = pooled ? "pooled" : "direct";
        QTest::newRow("pipelined, " + way) << Frame::Pipelined << pooled;
        QTest::newRow("guarded, " + way) << Frame::Guarded << pooled;
        QTest::newRow("writing, " + way) << Frame::Writing << pooled;
    }
}

void TestSearchPath::framesSeeTheSchema()
{
    QFETCH(Frame, frame);
    QFETCH(bool, pooled);
    std::optional<TestPooler> pooler;
    SessionConfig wanted = config();
    if (pooled) {
        pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
        wanted.keywords = pooler->keywords();
        wanted.pooled = true;
    }
    SessionHarness harness(wanted);
    RequestSpec spec = writing({"SELECT id FROM t", "SHOW search_path"});
    spec.frame = frame;
    for (int i = 0; i < 2; ++i) {
        const Answer &answer = harness.run(spec);
        QVERIFY2(answer.isOk(), answer.errorId().constData());
        QCOMPARE(answer.rows(), (QByteArrayList{"7", "app"}));
    }
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSearchPath::nothingIsLeftOnThePooler()
{
    const TestPooler pooler(*m_database, PoolerOptions{.poolSize = 1});
    const SessionConfig other{.keywords = pooler.keywords(), .pooled = true};
    SessionConfig ours = other;
    ours.searchPath = "app"_ba;
    SessionHarness second(other);
    SessionHarness first(ours);
    const QByteArray before = second.run(guarded({"SHOW search_path"})).onlyCell();
    QCOMPARE(before, "\"$user\", public"_ba);
    for (const Frame frame : {Frame::Pipelined, Frame::Guarded, Frame::Writing}) {
        RequestSpec spec = writing({"SELECT id FROM t"});
        spec.frame = frame;
        QCOMPARE(first.run(spec).onlyCell(), "7"_ba);
        QCOMPARE(second.run(guarded({"SHOW search_path"})).onlyCell(), before);
        Connection raw = pooler.connect();
        QCOMPARE(raw.value("SHOW search_path"), before);
    }
}

void TestSearchPath::plainRunsSeeTheSchema()
{
    SessionHarness harness(config());
    // The frame first: it asks what there is before the session's own setting is made.
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (8)"})).isOk());
    QCOMPARE(harness.run(plain({"SELECT count(*) FROM t"})).onlyCell(), "2"_ba);
    QVERIFY(harness.session().heldState().isEmpty());
    QVERIFY(harness.run(plain({"CREATE TEMPORARY TABLE mine (id int)"})).isOk());
    QCOMPARE(harness.run(plain({"SELECT count(*) FROM t"})).onlyCell(), "2"_ba);
    QCOMPARE(harness.session().heldState().temporaryObjects, (QStringList{u"mine"_s}));
    QVERIFY(harness.session().heldState().settings.isEmpty());
}

void TestSearchPath::aPersonsSetHolds()
{
    m_database->exec("CREATE SCHEMA other; CREATE TABLE other.o (id int)");
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"SET search_path = other"})).isOk());
    QCOMPARE(harness.session().heldState().settings, (QStringList{u"search_path"_s}));
    QCOMPARE(harness.run(plain({"SELECT count(*) FROM o"})).onlyCell(), "0"_ba);
    QCOMPARE(harness.run(guarded({"SHOW search_path"})).onlyCell(), "other"_ba);
}

void TestSearchPath::aRequestsOwnPathHolds()
{
    SessionHarness harness(config());
    RequestSpec spec = pipelined({"SHOW search_path"});
    spec.settings = {{"search_path"_ba, "pg_catalog"_ba}};
    QCOMPARE(harness.run(spec).onlyCell(), "pg_catalog"_ba);
}

void TestSearchPath::hostileNames_data()
{
    QTest::addColumn<QByteArray>("schema");
    for (const HostileText &text : hostileTexts())
        QTest::newRow(text.name) << text.text.toUtf8();
}

void TestSearchPath::hostileNames()
{
    QFETCH(QByteArray, schema);
    const auto quoted = quotedIdentifier(QByteArrayView(schema));
    QVERIFY(quoted);
    m_database->exec("CREATE SCHEMA " + *quoted + "; CREATE TABLE " + *quoted
                     + ".t (id int); INSERT INTO " + *quoted + ".t VALUES (9)");
    SessionHarness harness(config(searchPathOf(schema)));
    QCOMPARE(harness.run(pipelined({"SELECT id FROM t"})).onlyCell(), "9"_ba);
    QCOMPARE(harness.run(guarded({"SELECT id FROM t"})).onlyCell(), "9"_ba);
    QCOMPARE(harness.run(writing({"SELECT id FROM t"})).onlyCell(), "9"_ba);
    QCOMPARE(harness.run(plain({"SELECT id FROM t"})).onlyCell(), "9"_ba);
    // What psql is given means the same.
    ConnKeywords keywords = m_database->keywords();
    keywords["options"_ba] = searchPathOption(searchPathOf(schema));
    SessionHarness options({.keywords = keywords});
    QCOMPARE(options.run(guarded({"SELECT id FROM t"})).onlyCell(), "9"_ba);
}

/// Taken for direct: what would stay in the server process is not set there.
void TestSearchPath::undeclaredPoolerIsSpared()
{
    const TestPooler pooler(*m_database, PoolerOptions{.poolSize = 1});
    SessionHarness harness({.keywords = pooler.keywords(), .searchPath = "app"_ba});
    QCOMPARE(harness.run(plain({"SELECT 1"})).errorId(), "pooled.needsDirect"_ba);
    Connection raw = pooler.connect();
    QCOMPARE(raw.value("SHOW search_path"), "\"$user\", public"_ba);
}

QTEST_GUILESS_MAIN(TestSearchPath)
#include "tst_searchpath.moc"
