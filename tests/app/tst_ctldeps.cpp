// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

/// `sluicectl deps NAME`: what breaks if it is dropped, in words and as JSON.
class TestCtlDeps : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void words();
    void json();
    void otherKinds();
    void nothing();
    void unknown();

private:
    test::TestDatabase m_database;
    test::ProjectFolder m_folder;
};

void TestCtlDeps::initTestCase()
{
    m_database.exec("CREATE TABLE invoices (id int PRIMARY KEY, total int);"
                    "CREATE TABLE \"li\nnes\" (invoice int REFERENCES invoices ON DELETE CASCADE);"
                    "CREATE VIEW revenue AS SELECT sum(total) AS sum FROM invoices;"
                    "CREATE FUNCTION close_it(int) RETURNS void LANGUAGE plpgsql AS 'BEGIN UPDATE "
                    "invoices SET total = 0 WHERE id = $1; END';"
                    "CREATE FUNCTION rate() RETURNS int LANGUAGE sql AS 'SELECT 1';"
                    "CREATE TABLE priced (p int DEFAULT rate())");
    m_folder.write(u".env"_s, "DATABASE_URL=" + m_database.url().toUtf8() + '\n');
    QCOMPARE(m_folder.run({u"trust"_s}).exitCode, 0);
}

void TestCtlDeps::words()
{
    const test::Ran ran = m_folder.run({u"deps"_s, u"invoices"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out.split('\n'),
             (QByteArrayList{"table     public.li\\u000anes        foreign key, cascade",
                             "view      public.revenue            reads total",
                             "function  public.close_it(integer)  updates, by its text", ""}));
}

void TestCtlDeps::json()
{
    const test::Ran ran = m_folder.run({u"deps"_s, u"public.invoices"_s, u"--json"_s});
    QCOMPARE(ran.exitCode, 0);
    const QJsonObject whole = QJsonDocument::fromJson(ran.out).object();
    QCOMPARE(whole["object"_L1].toString(), u"public.invoices"_s);
    QVERIFY(whole["complete"_L1].toBool());
    const QJsonArray list = whole["dependents"_L1].toArray();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list[0]["name"_L1].toString(), u"li\nnes"_s);
    QCOMPARE(list[0]["dropped"_L1].toBool(), false);
    QCOMPARE(list[1]["kind"_L1].toString(), u"view"_s);
    QCOMPARE(list[1]["columns"_L1].toArray(), (QJsonArray{u"total"_s}));
    QCOMPARE(list[1]["dropped"_L1].toBool(), true);
    QVERIFY(list[2]["byText"_L1].toBool());
}

void TestCtlDeps::otherKinds()
{
    const test::Ran ran = m_folder.run({u"deps"_s, u"rate"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out, "table  public.priced  default of p\n");
    QCOMPARE(m_folder.run({u"deps"_s, u"rate()"_s}).out, ran.out);
    QCOMPARE(m_folder.run({u"deps"_s, u"rate"_s, u"--kind"_s, u"function"_s}).out, ran.out);
}

void TestCtlDeps::nothing()
{
    const test::Ran ran = m_folder.run({u"deps"_s, u"revenue"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.out.isEmpty());
    QVERIFY2(ran.err.contains("Nothing depends on public.revenue."), ran.err.constData());
}

void TestCtlDeps::unknown()
{
    const test::Ran ran = m_folder.run({u"deps"_s, u"invoicez"_s});
    QCOMPARE(ran.exitCode, 1);
    QVERIFY2(ran.err.contains("invoices"), ran.err.constData());
    QCOMPARE(m_folder.run({u"deps"_s}).exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCtlDeps)
#include "tst_ctldeps.moc"
