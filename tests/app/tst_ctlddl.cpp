// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;

/// `sluicectl ddl`: names as people type them, and a file that makes the same database.
class TestCtlDdl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void findsWhatIsMeant_data();
    void findsWhatIsMeant();
    void refuses_data();
    void refuses();
    void leavesOut();
    void writesAFileThatLoads();
    void membersOfExtensionsWhenAsked();

private:
    [[nodiscard]] test::Ran run(QStringList arguments) const
    {
        arguments.prepend(u"ddl"_s);
        return m_folder->run(arguments);
    }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::ProjectFolder> m_folder;
};

void TestCtlDdl::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec(
        "CREATE SCHEMA shop;"
        "CREATE TABLE shop.orders (id bigint PRIMARY KEY, total numeric CHECK (total > 0));"
        "CREATE INDEX by_total ON shop.orders (total); COMMENT ON TABLE shop.orders IS 'sold';"
        "GRANT SELECT ON shop.orders TO PUBLIC;"
        "CREATE FUNCTION shop.sum_of(integer) RETURNS integer LANGUAGE sql RETURN $1;"
        "CREATE FUNCTION shop.sum_of(text) RETURNS integer LANGUAGE sql RETURN 1;"
        "CREATE TABLE thing (a int); CREATE FUNCTION thing() RETURNS int LANGUAGE sql RETURN 1;"
        "CREATE TABLE \"Odd \"\"one\"\"\nhere\" (\"(a)\" int);");
    m_folder = std::make_unique<test::ProjectFolder>();
    m_folder->write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8() + '\n');
    QCOMPARE(m_folder->run({u"trust"_s}).exitCode, 0);
}

void TestCtlDdl::cleanupTestCase()
{
    m_folder.reset();
    m_database.reset();
}

void TestCtlDdl::findsWhatIsMeant_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("begin");
    const auto row = [](const char *name, const QStringList &arguments, const char *begin) {
        QTest::newRow(name) << arguments << QByteArray(begin);
    };
    row("table", {u"shop.orders"_s}, "CREATE TABLE shop.orders (\n    id bigint NOT NULL,");
    row("capitals", {u"SHOP.Orders"_s}, "CREATE TABLE shop.orders (");
    row("elsewhere", {u"orders"_s}, "CREATE TABLE shop.orders (");
    row("index", {u"by_total"_s}, "CREATE INDEX by_total ON shop.orders USING btree (total);");
    row("constraint", {u"orders_total_check"_s},
        "ALTER TABLE shop.orders ADD CONSTRAINT orders_total_check CHECK ((total > "
        "(0)::numeric));");
    row("arguments", {u"shop.sum_of(text)"_s}, "CREATE OR REPLACE FUNCTION shop.sum_of(text)");
    row("kind", {u"thing"_s, u"--kind"_s, u"function"_s},
        "CREATE OR REPLACE FUNCTION public.thing()");
    row("schema", {u"shop"_s}, "CREATE SCHEMA shop;");
    row("quoted", {u"\"Odd \"\"one\"\"\nhere\""_s},
        "CREATE TABLE public.\"Odd \"\"one\"\"\nhere\" (");
}

void TestCtlDdl::findsWhatIsMeant()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, begin);
    const test::Ran ran = run(arguments);
    QCOMPARE(ran.err, QByteArray{});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out.left(begin.size()), begin);
}

void TestCtlDdl::refuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, int exitCode,
                        const char *words) {
        QTest::newRow(name) << arguments << exitCode << QByteArray(words);
    };
    row("nothing", {}, 2, "--all");
    row("both", {u"a"_s, u"--all"_s}, 2, "--all");
    row("no such kind", {u"a"_s, u"--kind"_s, u"thing"_s}, 2, "text search parser");
    row("missing", {u"nowhere"_s}, 1, "object.missing");
    row("two functions", {u"shop.sum_of"_s}, 1, "shop.sum_of(integer)");
    row("table and function", {u"thing"_s}, 1, "object.ambiguous");
    row("no file name", {u"--all"_s, u"-o"_s, QString()}, 2, "--output");
}

void TestCtlDdl::refuses()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exitCode);
    QFETCH(const QByteArray, words);
    const test::Ran ran = run(arguments);
    QVERIFY2(ran.err.contains(words), ran.err.constData());
    QCOMPARE(ran.exitCode, exitCode);
    QCOMPARE(ran.out, QByteArray{});
}

void TestCtlDdl::leavesOut()
{
    const QByteArray all = run({u"shop.orders"_s}).out;
    QVERIFY(all.contains("OWNER TO") && all.contains("COMMENT ON") && all.contains("GRANT SELECT"));
    const QByteArray bare =
        run({u"shop.orders"_s, u"--no-owner"_s, u"--no-privileges"_s, u"--no-comments"_s}).out;
    QCOMPARE(bare,
             "CREATE TABLE shop.orders (\n    id bigint NOT NULL,\n    total numeric,\n"
             "    CONSTRAINT orders_total_check CHECK ((total > (0)::numeric))\n);\n\n"
             "CREATE INDEX by_total ON shop.orders USING btree (total);\n\n"
             "ALTER TABLE ONLY shop.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);\n"_ba);
}

void TestCtlDdl::writesAFileThatLoads()
{
    const QString file = m_folder->path() + u"/all.sql"_s;
    QCOMPARE(run({u"--all"_s, u"-o"_s, file}).exitCode, 0);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray text = written.readAll();
    QCOMPARE(run({u"--all"_s}).out, text);
    test::TestDatabase other;
    other.exec(text);
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + other.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    QCOMPARE(folder.run({u"ddl"_s, u"--all"_s}).out, text);
}

void TestCtlDdl::membersOfExtensionsWhenAsked()
{
    test::TestDatabase other;
    other.execSuper("CREATE EXTENSION hstore");
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + other.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const QByteArray plain = folder.run({u"ddl"_s, u"--all"_s}).out;
    QVERIFY2(plain.contains("CREATE EXTENSION") && !plain.contains("FUNCTION"), plain.constData());
    const test::Ran members = folder.run({u"ddl"_s, u"--all"_s, u"--extension-members"_s});
    QCOMPARE(members.exitCode, 0);
    QVERIFY(members.out.contains("FUNCTION public.hstore(text, text)"));
    QVERIFY(!members.out.contains("CREATE EXTENSION"));
}

QTEST_APPLESS_MAIN(TestCtlDdl)
#include "tst_ctlddl.moc"
