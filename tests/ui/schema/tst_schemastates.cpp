// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemawindow.h"
#include "tests/support/privatecluster.h"
#include "ui/common/button.h"
#include "ui/common/themecontroller.h"

#include <QApplication>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using core::OpenDatabase;

namespace {

ui::Button *inSight(const SchemaWindow &shown, const QString &name)
{
    auto *button = shown.page()->findChild<ui::Button *>(name);
    return button && button->isVisible() ? button : nullptr;
}

/// The button of the page, which is there only where something can be done.
ui::Button *action(const SchemaWindow &shown)
{
    return inSight(shown, u"statePage.action"_s);
}

/// The one beside it, where there is something to explain.
ui::Button *second(const SchemaWindow &shown)
{
    return inSight(shown, u"statePage.second"_s);
}

} // namespace

/// What the dock says while it has no tree to show.
class TestSchemaStates : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void nothingIsConnected();
    void loadingNamesTheHost();
    void serverThatIsDown();
    void wrongPassword();
    void databaseThatIsGone();
    void emptyDatabase();
    void treeStaysWhenTheServerDies();
    void databaseThatEnds();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestSchemaStates::nothingIsConnected()
{
    SchemaWindow shown;
    QCOMPARE(shown.says(), u"No schema to show|"_s);
    QVERIFY(!shown.filter->isEnabled());
    shown.dock->setDatabase(nullptr, u"The folder is not trusted."_s);
    QCOMPARE(shown.says(), u"No schema to show|The folder is not trusted."_s);
    QVERIFY(!action(shown) && !second(shown));
}

void TestSchemaStates::loadingNamesTheHost()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE t (id int)");
    SchemaWindow shown;
    QVERIFY(shown.open(database.url()));
    QCOMPARE(shown.page()->state(), ui::StatePage::State::Loading);
    QCOMPARE(shown.says(), u"Reading the schema|127.0.0.1"_s);
    shown.home.database()->loadCatalog();
    QCOMPARE(shown.home.database()->catalogState(), OpenDatabase::CatalogState::Loading);
    QCOMPARE(shown.page()->state(), ui::StatePage::State::Loading);
    QTRY_VERIFY_WITH_TIMEOUT(shown.showsTree(), 30'000);
    QVERIFY(shown.filter->isEnabled());
}

void TestSchemaStates::serverThatIsDown()
{
    test::PrivateCluster server;
    const test::TestDatabase::Options there{.clauses = {}, .facts = &server.facts()};
    test::TestDatabase database(there);
    database.exec("CREATE TABLE t (id int)");
    server.crash();
    SchemaWindow shown;
    QVERIFY(shown.open(database.url()));
    shown.home.database()->loadCatalog();
    QVERIFY(shown.waitFor(OpenDatabase::CatalogState::Failed));
    QCOMPARE(shown.page()->state(), ui::StatePage::State::Failed);
    const core::Error &error = *shown.home.database()->catalogError();
    QVERIFY(!error.message.isEmpty() && shown.says().startsWith(error.message + u'|'));
    QSignalSpy explain(shown.dock, &ui::SchemaDock::explainWanted);
    QVERIFY(second(shown));
    QTest::mouseClick(second(shown), Qt::LeftButton);
    QCOMPARE(explain.count(), 1);
    ui::Button *again = action(shown);
    QVERIFY(again);
    server.start();
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(shown.waitFor(OpenDatabase::CatalogState::Loaded));
    QVERIFY(shown.showsTree());
}

void TestSchemaStates::wrongPassword()
{
    test::TestDatabase database;
    SchemaWindow shown;
    const QString url = database.url();
    const qsizetype at = url.indexOf(u'@');
    const qsizetype colon = url.lastIndexOf(u':', at);
    QVERIFY(shown.open(url.first(colon) + u":wr0ng-s3cr3t"_s + url.sliced(at)));
    shown.home.database()->loadCatalog();
    QVERIFY(shown.waitFor(OpenDatabase::CatalogState::Failed));
    QCOMPARE(shown.page()->state(), ui::StatePage::State::Failed);
    QVERIFY(!shown.says().contains(u"wr0ng-s3cr3t"_s));
    QVERIFY2(shown.says().contains(u"password"_s, Qt::CaseInsensitive), qPrintable(shown.says()));
}

void TestSchemaStates::databaseThatIsGone()
{
    SchemaWindow shown;
    {
        test::TestDatabase database;
        QVERIFY(shown.open(database.url()));
    }
    shown.home.database()->loadCatalog();
    QVERIFY(shown.waitFor(OpenDatabase::CatalogState::Failed));
    QVERIFY2(shown.says().contains(shown.home.database()->database().serverName()),
             qPrintable(shown.says()));
    QVERIFY(action(shown));
}

void TestSchemaStates::emptyDatabase()
{
    test::TestDatabase database;
    database.execSuper("DROP SCHEMA public CASCADE");
    SchemaWindow shown;
    QVERIFY(shown.load(database.url()));
    QVERIFY2(shown.says().startsWith(u"The database is empty|"_s), qPrintable(shown.says()));
    database.execSuper("CREATE SCHEMA public; CREATE TABLE public.t (id int)");
    QVERIFY(action(shown) && !second(shown)); // there is no failure to explain
    QTest::mouseClick(action(shown), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(shown.showsTree(), 30'000);
}

void TestSchemaStates::treeStaysWhenTheServerDies()
{
    test::PrivateCluster server;
    const test::TestDatabase::Options there{.clauses = {}, .facts = &server.facts()};
    test::TestDatabase database(there);
    database.exec("CREATE TABLE kept (id int)");
    SchemaWindow shown;
    QVERIFY(shown.load(database.url()));
    server.crash();
    shown.home.database()->loadCatalog();
    QVERIFY(shown.waitFor(OpenDatabase::CatalogState::Failed));
    QVERIFY(shown.showsTree()); // what was read is still true enough to look at
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"kept"_s}).isValid());
    server.start();
}

void TestSchemaStates::databaseThatEnds()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE t (id int)");
    SchemaWindow shown;
    QVERIFY(shown.load(database.url()));
    shown.home.close();
    QCOMPARE(shown.says(), u"No schema to show|"_s);
    QVERIFY(!shown.filter->isEnabled());
    QCOMPARE(shown.filter->placeholderText(), u"Filter names"_s);
}

QTEST_MAIN(TestSchemaStates)
#include "tst_schemastates.moc"
