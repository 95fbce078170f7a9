// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemawindow.h"
#include "ui/common/icons.h"
#include "ui/common/themecontroller.h"
#include "ui/schema/schemadelegate.h"

#include <QApplication>
#include <QFile>

using namespace Qt::StringLiterals;

namespace {

/// Says what the delegate would draw.
class Describer : public ui::SchemaDelegate
{
public:
    using ui::SchemaDelegate::describe;
};

} // namespace

class TestSchemaDelegate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void symbols_data();
    void symbols();
    void factsAreTheModels();
    void whatMayNotBeReadSaysSo();
    void currentRelation();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<SchemaWindow> m_shown;
};

void TestSchemaDelegate::initTestCase()
{
    m_themes = std::make_unique<ui::ThemeController>(*qApp);
    m_database = std::make_unique<test::TestDatabase>();
    m_database->execSuper(
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
        "CREATE FOREIGN TABLE public.far (id int) SERVER s; GRANT SELECT ON public.far TO public;"
        "CREATE TABLE public.secret (id int)");
    m_database->exec(
        "CREATE TABLE plain (id int PRIMARY KEY, other int REFERENCES plain, note text);"
        "CREATE TABLE paired (id int PRIMARY KEY REFERENCES plain);"
        "CREATE TABLE parts (id int) PARTITION BY RANGE (id);"
        "CREATE VIEW seen AS SELECT 1 AS one;"
        "CREATE MATERIALIZED VIEW stored AS SELECT 1 AS one;"
        "CREATE SEQUENCE numbers;"
        "CREATE FUNCTION due() RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE TYPE mood AS ENUM ('glad'); CREATE DOMAIN short AS text CHECK (length(VALUE) < 9);"
        "CREATE POLICY seen ON plain USING (true);"
        "INSERT INTO plain SELECT i FROM generate_series(1, 5000) i; ANALYZE;");
    m_shown = std::make_unique<SchemaWindow>();
    QVERIFY(m_shown->load(m_database->url()));
}

void TestSchemaDelegate::cleanupTestCase()
{
    m_shown.reset();
    m_database.reset();
    m_themes.reset();
}

void TestSchemaDelegate::symbols_data()
{
    QTest::addColumn<QStringList>("path");
    QTest::addColumn<QString>("symbol");
    const auto row = [](const char *name, const QStringList &path, const QString &symbol) {
        QTest::newRow(name) << QStringList{u"public"_s} + path << symbol;
    };
    row("schema", {}, u"schema"_s);
    row("folder", {u"Tables"_s}, u"folder"_s);
    row("table", {u"Tables"_s, u"plain"_s}, u"table"_s);
    row("partitioned", {u"Tables"_s, u"parts"_s}, u"table-partitioned"_s);
    row("view", {u"Views"_s, u"seen"_s}, u"view"_s);
    row("materialised view", {u"Materialized views"_s, u"stored"_s}, u"view-materialized"_s);
    row("foreign table", {u"Foreign tables"_s, u"far"_s}, u"foreign-server"_s);
    row("sequence", {u"Sequences"_s, u"numbers"_s}, u"sequence"_s);
    row("column", {u"Tables"_s, u"plain"_s, u"note"_s}, u"columns"_s);
    row("primary key", {u"Tables"_s, u"plain"_s, u"id"_s}, u"key-primary"_s);
    row("foreign key", {u"Tables"_s, u"plain"_s, u"other"_s}, u"key-foreign"_s);
    row("both", {u"Tables"_s, u"paired"_s, u"id"_s}, u"key-primary"_s);
    row("function", {u"Functions"_s, u"due()"_s}, u"function"_s);
    row("enum", {u"Types"_s, u"mood"_s}, u"type"_s);
    row("domain", {u"Domains"_s, u"short"_s}, u"domain"_s);
    row("check", {u"Domains"_s, u"short"_s, u"short_check"_s}, u"constraint"_s);
    row("index", {u"Tables"_s, u"plain"_s, u"Indexes"_s, u"plain_pkey"_s}, u"index"_s);
    const QString keys = u"Keys and constraints"_s;
    row("primary", {u"Tables"_s, u"plain"_s, keys, u"plain_pkey"_s}, u"key-primary"_s);
    row("reference", {u"Tables"_s, u"plain"_s, keys, u"plain_other_fkey"_s}, u"key-foreign"_s);
    row("policy", {u"Tables"_s, u"plain"_s, u"Policies"_s, u"seen"_s}, u"policy"_s);
}

void TestSchemaDelegate::symbols()
{
    QFETCH(const QStringList, path);
    const QModelIndex index = m_shown->at(path);
    QVERIFY2(index.isValid(), qPrintable(path.join(u'/')));
    const ui::TreeRow row = Describer().describe(index);
    QTEST(row.iconName, "symbol");
    QVERIFY2(QFile::exists(u":/icons/sluice-%1.svg"_s.arg(row.iconName))
                 || !ui::icon(row.iconName).isNull(),
             qPrintable(row.iconName));
    QCOMPARE(row.name, path.last());
    QVERIFY(!row.current && !row.dimmed);
}

void TestSchemaDelegate::factsAreTheModels()
{
    const ui::TreeRow table =
        Describer().describe(m_shown->at({u"public"_s, u"Tables"_s, u"plain"_s}));
    QVERIFY2(table.fact.startsWith(u'≈'), qPrintable(table.fact)); // an estimate never without it
    const ui::TreeRow column =
        Describer().describe(m_shown->at({u"public"_s, u"Tables"_s, u"plain"_s, u"note"_s}));
    QCOMPARE(column.fact, u"text"_s);
}

void TestSchemaDelegate::whatMayNotBeReadSaysSo()
{
    const ui::TreeRow row =
        Describer().describe(m_shown->at({u"public"_s, u"Tables"_s, u"secret"_s}));
    QVERIFY(row.dimmed);
    QCOMPARE(row.fact, u"no permission"_s);
}

void TestSchemaDelegate::currentRelation()
{
    Describer describer;
    const QModelIndex plain = m_shown->at({u"public"_s, u"Tables"_s, u"plain"_s});
    describer.setCurrentRelation(core::Oid{plain.data(core::CatalogTreeModel::OidRole).toUInt()});
    QVERIFY(describer.describe(plain).current);
    QVERIFY(!describer.describe(m_shown->at({u"public"_s, u"Tables"_s, u"paired"_s})).current);
    QVERIFY(!describer.describe(m_shown->at({u"public"_s})).current);
    // A column is not its table.
    QVERIFY(
        !describer.describe(m_shown->at({u"public"_s, u"Tables"_s, u"plain"_s, u"id"_s})).current);
}

QTEST_MAIN(TestSchemaDelegate)
#include "tst_schemadelegate.moc"
