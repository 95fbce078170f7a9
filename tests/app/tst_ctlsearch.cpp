// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

/// `sluicectl search`: any name of the database from the terminal.
class TestCtlSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void finds_data();
    void finds();
    void json();
    void nothingFound();
    void limits();
    void wrongWords_data();
    void wrongWords();
    void refusedIsSaid();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::ProjectFolder> m_folder; ///< trusted
};

void TestCtlSearch::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("CREATE SCHEMA app; CREATE TABLE app.invoices (id int PRIMARY KEY, total "
                     "numeric(9,2), \"odd\nname\" int);"
                     "CREATE TYPE app.mood AS ENUM ('glad', 'sad');"
                     "CREATE FUNCTION app.due(int, text) RETURNS int LANGUAGE sql AS 'SELECT 1'");
    m_folder = std::make_unique<test::ProjectFolder>();
    m_folder->write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8() + '\n');
    QCOMPARE(m_folder->run({u"trust"_s, u"--yes"_s}).exitCode, 0);
}

void TestCtlSearch::cleanupTestCase()
{
    m_folder.reset();
    m_database.reset();
}

void TestCtlSearch::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("table") << u"invo"_s << "table\tapp.invoices\t"_ba;
    QTest::newRow("column") << u"app.inv.tot"_s << "column\tapp.invoices.total\tnumeric(9,2)\n"_ba;
    QTest::newRow("function") << u"due"_s << "function\tapp.due(integer, text)\t"_ba;
    QTest::newRow("type") << u"mood"_s << "enum\tapp.mood\tglad, sad\n"_ba;
    QTest::newRow("index") << u"invoices_pk"_s << "index\tapp.invoices_pkey\t"_ba;
    QTest::newRow("odd name") << u"odd"_s << "column\tapp.invoices.\"odd\\nname\"\tinteger\n"_ba;
}

void TestCtlSearch::finds()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, line);
    const test::Ran ran = m_folder->run({u"search"_s, text});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY2(ran.out.contains(line), ran.out.constData());
    QVERIFY(ran.err.isEmpty());
}

void TestCtlSearch::json()
{
    const test::Ran ran = m_folder->run({u"search"_s, u"mood"_s, u"--json"_s});
    QCOMPARE(ran.exitCode, 0);
    const QJsonArray hits = QJsonDocument::fromJson(ran.out).array();
    QCOMPARE(hits.first()["kind"_L1].toString(), u"enum"_s);
    QCOMPARE(hits.first()["name"_L1].toString(), u"app.mood"_s);
    QCOMPARE(hits.first()["detail"_L1].toString(), u"glad, sad"_s);
}

void TestCtlSearch::nothingFound()
{
    const test::Ran ran = m_folder->run({u"search"_s, u"zzzzz"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.out.isEmpty());
    QCOMPARE(m_folder->run({u"search"_s, u"zzzzz"_s, u"--json"_s}).out.simplified(), "[ ]"_ba);
    // The server's own only when asked for.
    QVERIFY(!m_folder->run({u"search"_s, u"pg_class"_s}).out.contains("pg_catalog.pg_class\t"));
    QVERIFY(m_folder->run({u"search"_s, u"pg_class"_s, u"--system"_s})
                .out.contains("pg_catalog.pg_class\t"));
}

void TestCtlSearch::limits()
{
    const test::Ran ran = m_folder->run({u"search"_s, u"o"_s, u"--limit"_s, u"2"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out.count('\n'), 2);
}

void TestCtlSearch::wrongWords_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no text") << QStringList{u"search"_s};
    QTest::newRow("two texts") << QStringList{u"search"_s, u"a"_s, u"b"_s};
    QTest::newRow("no number") << QStringList{u"search"_s, u"a"_s, u"--limit"_s, u"many"_s};
    QTest::newRow("negative") << QStringList{u"search"_s, u"a"_s, u"--limit=-1"_s};
}

void TestCtlSearch::wrongWords()
{
    QFETCH(QStringList, arguments);
    QCOMPARE(m_folder->run(arguments).exitCode, 2);
}

void TestCtlSearch::refusedIsSaid()
{
    const test::TestDatabase database;
    database.execSuper("REVOKE SELECT ON pg_catalog.pg_proc FROM PUBLIC");
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s, u"--yes"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"search"_s, u"public"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.out.contains("schema\tpublic\t"));
    QVERIFY2(ran.err.contains("No permission to read pg_proc"), ran.err.constData());
}

QTEST_APPLESS_MAIN(TestCtlSearch)
#include "tst_ctlsearch.moc"
