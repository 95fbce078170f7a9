// SPDX-License-Identifier: GPL-3.0-or-later
// The definition of one object: each kind with its parts, what is gone, what a role may not read.
#include "core/ddl/ddl.h"
#include "core/ddl/ddlname.h"
#include "core/ddl/ddlqueries.h"
#include "core/session/sessionthread.h"
#include "tests/core/ddl/torture.h"
#include "tests/support/faultproxy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestDdlObjects : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void everyKind_data();
    void everyKind();
    void aTableWithItsParts();
    void membersOfExtensions();
    void noSecrets();
    void oneRoundTrip();
    void whatIsGone();
    void rolesHaveNone();
    void mayReadNothing();
    void refusedCatalog();
    void textsForEachVersion();
    void namesThatAreNoText();
    void manyColumns();
    void ringsOfViewsAndTables();

private:
    [[nodiscard]] ObjectId id(const QByteArray &catalog, const QByteArray &object) const;
    [[nodiscard]] Result<QString> load(SessionThread &session, ObjectId object) const;

    std::unique_ptr<TestDatabase> m_home; ///< from which the roles are made
    std::unique_ptr<TestRole> m_one;
    std::unique_ptr<TestRole> m_two;
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
};

ObjectId TestDdlObjects::id(const QByteArray &catalog, const QByteArray &object) const
{
    return {core::Oid(m_database->valueSuper("SELECT '" + catalog + "'::regclass::oid").toUInt()),
            core::Oid(m_database->valueSuper("SELECT (" + object + ")::oid").toUInt())};
}

Result<QString> TestDdlObjects::load(SessionThread &session, ObjectId object) const
{
    const auto future = loadObjectDdl(session, object);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return failure(ErrorKind::Local, "test.silence", u"no answer"_s);
    return future.result();
}

void TestDdlObjects::initTestCase()
{
    m_home = std::make_unique<TestDatabase>();
    m_one = std::make_unique<TestRole>(*m_home, "LOGIN");
    m_two = std::make_unique<TestRole>(*m_home);
    m_database = std::make_unique<TestDatabase>();
    m_database->execSuper(tortureFor(*m_database, *m_one, *m_two));
    m_session = std::make_unique<SessionThread>(
        SessionConfig{.keywords = m_database->keywords(Role::Super)});
}

void TestDdlObjects::cleanupTestCase()
{
    m_session.reset();
    // A database with a subscription cannot be dropped.
    m_database->execSuper("DROP SUBSCRIPTION IF EXISTS \"Sub " + m_one->name() + '"');
    m_database.reset();
    m_one.reset();
    m_two.reset();
    m_home.reset();
}

void TestDdlObjects::everyKind_data()
{
    QTest::addColumn<QByteArray>("catalog");
    QTest::addColumn<QByteArray>("object");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const char *catalog, const char *object,
                        const char *words) {
        QTest::newRow(name) << QByteArray(catalog) << QByteArray(object)
                            << QString::fromUtf8(words);
    };
    row("table", "pg_class", "'a.self'::regclass", "CREATE TABLE a.self (");
    row("partitioned", "pg_class", "'a.parts'::regclass", "PARTITION BY RANGE (day, k)");
    row("partition", "pg_class", "'a.parts_1'::regclass",
        "ATTACH PARTITION a.parts_1 FOR VALUES FROM");
    row("view", "pg_class", "'a.guarded'::regclass",
        "CREATE VIEW a.guarded WITH (security_barrier='true'");
    row("materialized view", "pg_class", "'a.held'::regclass", "CREATE MATERIALIZED VIEW a.held");
    row("foreign table", "pg_class", "'a.lines'::regclass", "SERVER near");
    row("sequence", "pg_class", "'a.counter'::regclass", "INCREMENT BY -3");
    row("identity", "pg_class", "'a.\"odd seq\"'::regclass", "CREATE SEQUENCE a.\"odd seq\"");
    row("index", "pg_class", "'a.by_tags'::regclass", "CREATE INDEX by_tags");
    row("index of a key", "pg_class", "'a.main_pkey'::regclass", "CREATE UNIQUE INDEX main_pkey");
    row("constraint", "pg_constraint", "SELECT oid FROM pg_constraint WHERE conname = 'x'",
        "EXCLUDE USING gist");
    row("check", "pg_constraint", "SELECT oid FROM pg_constraint WHERE conname = 'n''s'",
        "ADD CONSTRAINT \"n's\" CHECK");
    row("domain's", "pg_constraint", "SELECT oid FROM pg_constraint WHERE conname = 'more'",
        "ALTER DOMAIN a.positive ADD CONSTRAINT more CHECK");
    row("trigger", "pg_trigger", "SELECT oid FROM pg_trigger WHERE tgname = 'one'",
        "DISABLE TRIGGER one");
    row("rule", "pg_rewrite", "SELECT oid FROM pg_rewrite WHERE rulename = 'quiet'",
        "CREATE RULE quiet AS");
    row("policy", "pg_policy", "SELECT oid FROM pg_policy WHERE polname = 'Some of'",
        "AS RESTRICTIVE FOR UPDATE TO");
    row("function", "pg_proc", "'a.plain'::regproc", "OUT c integer");
    row("procedure", "pg_proc", "'a.proc'::regproc", "CREATE OR REPLACE PROCEDURE a.proc");
    row("aggregate", "pg_proc", "'a.total'::regproc", "MSFUNC = int4pl");
    row("window function", "pg_proc", "'a.win'::regproc", "WINDOW");
    row("enum", "pg_type", "'a.mood'::regtype", "CREATE TYPE a.mood AS ENUM (");
    row("composite", "pg_type", "'a.pair'::regtype", "COMMENT ON COLUMN a.pair.\"Y y\" IS");
    row("composite's relation", "pg_class", "'a.pair'::regclass", "CREATE TYPE a.pair AS (");
    row("composite's, its comment", "pg_class", "'a.pair'::regclass",
        "COMMENT ON TYPE a.pair IS 'two and more';");
    row("range", "pg_type", "'a.floats'::regtype", "AS RANGE");
    row("base", "pg_type", "'a.num'::regtype", "INPUT = a.num_in");
    row("domain", "pg_type", "'a.positive'::regtype", "CREATE DOMAIN a.positive AS integer");
    row("collation", "pg_collation", "'a.blind'::regcollation", "deterministic = false");
    row("conversion", "pg_conversion", "SELECT oid FROM pg_conversion WHERE conname = 'latin'",
        "CREATE CONVERSION a.latin");
    row("operator", "pg_operator", "'a.<(a.num,a.num)'::regoperator", "COMMUTATOR = OPERATOR(a.>)");
    row("operator class", "pg_opclass", "SELECT oid FROM pg_opclass WHERE opcname = 'num_ops'",
        "DEFAULT FOR TYPE a.num USING btree FAMILY a.num_family");
    row("operator family", "pg_opfamily",
        "SELECT oid FROM pg_opfamily WHERE opfname = 'num_family'", "ADD\n    FUNCTION 1");
    row("cast", "pg_cast", "SELECT oid FROM pg_cast WHERE castsource = 'a.num'::regtype",
        "WITHOUT FUNCTION AS IMPLICIT");
    row("transform", "pg_transform", "SELECT oid FROM pg_transform", "CREATE TRANSFORM FOR a.num");
    row("configuration", "pg_ts_config", "'a.\"Find\"'::regconfig", "ADD MAPPING FOR email");
    row("dictionary", "pg_ts_dict", "'a.few'::regdictionary", "accept = 'false'");
    row("parser", "pg_ts_parser", "SELECT oid FROM pg_ts_parser WHERE prsname = 'words'",
        "HEADLINE = prsd_headline");
    row("template", "pg_ts_template",
        "SELECT oid FROM pg_ts_template WHERE tmplname = 'simple' AND oid >= 16384",
        "INIT = dsimple_init");
    row("statistics", "pg_statistic_ext",
        "SELECT oid FROM pg_statistic_ext WHERE stxname = 'together'", "SET STATISTICS 99");
    row("schema", "pg_namespace", "'a'::regnamespace", "CREATE SCHEMA a;");
    row("extension", "pg_extension", "SELECT oid FROM pg_extension WHERE extname = 'hstore'",
        "CREATE EXTENSION IF NOT EXISTS hstore WITH SCHEMA public;");
    row("language", "pg_language", "SELECT oid FROM pg_language WHERE lanname = 'plother'",
        "CREATE TRUSTED LANGUAGE plother");
    row("access method", "pg_am", "SELECT oid FROM pg_am WHERE amname = 'heap2'",
        "CREATE ACCESS METHOD heap2 TYPE TABLE");
    row("wrapper", "pg_foreign_data_wrapper",
        "SELECT oid FROM pg_foreign_data_wrapper WHERE fdwname = 'nothing'", "debug 'it''s'");
    row("server", "pg_foreign_server", "SELECT oid FROM pg_foreign_server WHERE srvname = 'far'",
        "TYPE 'kind' VERSION '1.0'");
    row("publication", "pg_publication", "SELECT oid FROM pg_publication WHERE pubname = 'Some'",
        majorOf(*m_database) >= 15 ? "ADD TABLE ONLY a.self (id, main_id) WHERE ((id > 5));"
                                   : "ADD TABLE ONLY a.self;");
    row("subscription", "pg_subscription",
        "SELECT s.oid FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid "
        "WHERE d.datname = current_database()",
        "enabled = false");
    row("event trigger", "pg_event_trigger",
        "SELECT oid FROM pg_event_trigger WHERE evtname = 'watch'", "DISABLE;");
}

void TestDdlObjects::everyKind()
{
    QFETCH(const QByteArray, catalog);
    QFETCH(const QByteArray, object);
    QFETCH(const QString, words);
    const auto text = load(*m_session, id(catalog, object));
    QVERIFY2(text, text ? "" : qPrintable(text.error().text()));
    QVERIFY2(text->contains(words), qPrintable(*text));
}

void TestDdlObjects::aTableWithItsParts()
{
    const auto text = load(*m_session, id("pg_class", "'a.main'::regclass"));
    QVERIFY(text);
    qsizetype at = 0;
    for (const char *const part :
         {"CREATE SEQUENCE a.main_id_seq", "CREATE TABLE a.main (",
          "id bigint DEFAULT nextval('a.main_id_seq'::regclass) NOT NULL",
          "CONSTRAINT both_given CHECK", "ENABLE ROW LEVEL SECURITY", "OWNER TO",
          "COMMENT ON COLUMN a.main.id IS 'first';",
          "CHECK ((f < (100)::double precision)) NOT VALID", "OWNED BY a.main.id;",
          "CREATE INDEX by_expression", "PRIMARY KEY (id)", "CREATE STATISTICS a.expressions",
          "CREATE RULE quiet", "CREATE TRIGGER one", "CREATE POLICY \"Some of\"", "GRANT "}) {
        const qsizetype found = text->indexOf(QString::fromUtf8(part), at);
        QVERIFY2(found >= at, qPrintable(u"%1 in %2"_s.arg(QString::fromUtf8(part), *text)));
        at = found;
    }
}

void TestDdlObjects::membersOfExtensions()
{
    const auto member = load(*m_session, id("pg_proc", "'public.hstore(text,text)'::regprocedure"));
    QVERIFY(member && member->contains("FUNCTION public.hstore(text, text)"_L1));
    const auto future = loadAllDdl(*m_session, {.extensionMembers = true});
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
    const auto all = future.result();
    QVERIFY2(all, all ? "" : qPrintable(all.error().text()));
    QVERIFY(all->contains("CREATE OR REPLACE FUNCTION public.hstore(text, text)"_L1));
    QVERIFY(!all->contains("CREATE EXTENSION"_L1));
}

void TestDdlObjects::noSecrets()
{
    m_database->execSuper(
        "CREATE SERVER hidden FOREIGN DATA WRAPPER nothing"
        " OPTIONS (host 'kept.example', \"odbc_PWD\" 'canary');"
        "CREATE USER MAPPING FOR PUBLIC SERVER hidden "
        "OPTIONS (user 'bob', password 'canary', \"API_key\" 'canary', \"odbc_PWD\" 'canary')");
    const auto mapping =
        load(*m_session,
             id("pg_user_mapping", "SELECT umid FROM pg_user_mappings WHERE srvname = 'hidden'"));
    QVERIFY(mapping);
    QVERIFY2(mapping->contains("\"user\" 'bob'"_L1), qPrintable(*mapping));
    const auto future = loadAllDdl(*m_session);
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
    QVERIFY(future.result());
    QVERIFY(future.result()->contains("kept.example"_L1));
    QVERIFY(!future.result()->contains("canary"_L1) && !mapping->contains("canary"_L1));
}

void TestDdlObjects::oneRoundTrip()
{
    FaultProxy proxy(m_database->facts().port);
    SessionThread session(
        SessionConfig{.keywords = m_database->keywords(Role::Super, proxy.port())});
    const ObjectId table = id("pg_class", "'a.main'::regclass");
    QVERIFY(load(session, table));
    proxy.resetCounts();
    QVERIFY(load(session, table));
    QCOMPARE(proxy.roundTrips(), 1);
}

void TestDdlObjects::whatIsGone()
{
    m_database->execSuper("CREATE TABLE public.gone (a int)");
    const ObjectId gone = id("pg_class", "'public.gone'::regclass");
    QVERIFY(load(*m_session, gone));
    m_database->execSuper("DROP TABLE public.gone");
    const auto text = load(*m_session, gone);
    QVERIFY(!text);
    QCOMPARE(text.error().id, "object.missing"_ba);
}

void TestDdlObjects::rolesHaveNone()
{
    const auto text = load(*m_session, id("pg_authid", "'" + m_one->name() + "'::regrole"));
    QVERIFY(!text);
    QCOMPARE(text.error().id, "ddl.unsupported"_ba);
}

/// Definitions stand in catalogs that everybody may read, whatever the rights on what they define.
void TestDdlObjects::mayReadNothing()
{
    SessionThread session(SessionConfig{.keywords = m_database->keywords()});
    const ObjectId table = id("pg_class", "'a.main'::regclass");
    const auto mine = load(session, table);
    QVERIFY2(mine, mine ? "" : qPrintable(mine.error().text()));
    QCOMPARE(*mine, *load(*m_session, table));
    const auto future = loadAllDdl(session);
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
    QVERIFY2(future.result(), future.result() ? "" : qPrintable(future.result().error().text()));
}

void TestDdlObjects::refusedCatalog()
{
    m_database->execSuper("REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC");
    SessionThread session(SessionConfig{.keywords = m_database->keywords()});
    const auto text = load(session, id("pg_class", "'a.main'::regclass"));
    m_database->execSuper("GRANT SELECT ON pg_catalog.pg_policy TO PUBLIC");
    QVERIFY(!text);
    QVERIFY(text.error().server);
    QCOMPARE(text.error().server->sqlState, "42501"_ba);
}

/// Each text is whole for each version and scope: no line's word is left, and what a version does
/// not know is not in it.
void TestDdlObjects::textsForEachVersion()
{
    for (const DdlScope scope : {DdlScope::All, DdlScope::AllWithMembers, DdlScope::One}) {
        for (const DdlQuery *const query : ddlQueries(DdlScope::All)) {
            for (int major = 14; major <= 18; ++major) {
                const QByteArray sql = ddlSql(*query, scope, major * 10'000);
                QVERIFY(!sql.isEmpty());
                for (const char *const word : {"--all", "--one", "--own", "--members", "--1"})
                    QVERIFY2(!sql.contains(word), sql.constData());
                if (major < 15)
                    QVERIFY2(!sql.contains("pg_publication_namespace"), sql.constData());
                if (query->file == "publications"_L1)
                    QVERIFY2(sql.contains("subbinary"), sql.constData());
                if (major < 17)
                    QVERIFY2(!sql.contains("colllocale"), sql.constData());
            }
        }
    }
}

/// In a database without an encoding a name may be any bytes; they are never shown as others.
void TestDdlObjects::namesThatAreNoText()
{
    TestDatabase raw(
        TestDatabase::Options{.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    raw.exec("CREATE TABLE fine (a int); CREATE TABLE \"n\xc3\xa4her\" (\"\xc3\xa4\" int)");
    SessionThread session(SessionConfig{.keywords = raw.keywords()});
    const auto all = [&session] {
        const auto future = loadAllDdl(session);
        const bool done = QTest::qWaitFor([&] { return future.isFinished(); }, 30'000);
        return done ? future.result() : failure(ErrorKind::Local, "test.silence", u"none"_s);
    };
    const auto fine = all();
    QVERIFY2(fine, fine ? "" : qPrintable(fine.error().text()));
    QVERIFY(fine->contains(u"CREATE TABLE public.\"näher\" (\n    \"ä\" integer\n);"_s));
    raw.exec("SET client_encoding = 'SQL_ASCII'");
    raw.exec("CREATE TABLE \"\xff\" (a int)");
    const auto broken = all();
    QVERIFY(!broken);
    QCOMPARE(broken.error().id, "ddl.encoding"_ba);
}

void TestDdlObjects::manyColumns()
{
    QByteArray columns = "c1 int";
    for (int column = 2; column <= 1600; ++column)
        columns +=
            ", c" + QByteArray::number(column) + " int DEFAULT " + QByteArray::number(column);
    m_database->execSuper("CREATE TABLE public.wide (" + columns + ')');
    const auto text = load(*m_session, id("pg_class", "'public.wide'::regclass"));
    m_database->execSuper("DROP TABLE public.wide");
    QVERIFY(text);
    QVERIFY(text->contains("    c1600 integer DEFAULT 1600\n"_L1));
    QCOMPARE(text->count(" integer"_L1), 1600);
}

void TestDdlObjects::ringsOfViewsAndTables()
{
    const auto future = loadAllDdl(*m_session);
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
    QVERIFY(future.result());
    const QString text = *future.result();
    const qsizetype standIn = text.indexOf("CREATE VIEW a.ring AS\n SELECT NULL::bigint AS id"_L1);
    const qsizetype reader = text.indexOf("FUNCTION a.of_ring"_L1);
    const qsizetype whole = text.indexOf("CREATE OR REPLACE VIEW a.ring AS"_L1);
    QVERIFY(0 <= standIn && standIn < reader && reader < whole);
    // Only what stands in a ring is taken apart.
    QCOMPARE(text.count("CREATE OR REPLACE VIEW"_L1), 1);
    QVERIFY(text.contains("CREATE TABLE a.ring_table (\n    id integer,\n    v integer\n);"_L1));
    QVERIFY(text.contains("ALTER TABLE a.ring_table ADD CONSTRAINT own CHECK"_L1));
    QVERIFY(text.contains("ALTER TABLE ONLY a.ring_table ALTER COLUMN v SET DEFAULT"_L1));
    QVERIFY(text.contains("    CONSTRAINT known CHECK ((k IS NOT NULL))"_L1));
}

QTEST_MAIN(TestDdlObjects)
#include "tst_ddlobjects.moc"
