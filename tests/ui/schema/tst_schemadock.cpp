// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemawindow.h"
#include "tests/support/hostiletexts.h"
#include "tests/ui/support/hostileschema.h"
#include "tests/ui/support/tips.h"
#include "ui/common/themecontroller.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMenu>
#include <QSignalSpy>

#include <algorithm>

using namespace Qt::StringLiterals;
using ui::SchemaDock;

namespace {

const QByteArray shop = "CREATE TABLE invoices (id int PRIMARY KEY, paid bool);"
                        "CREATE TABLE invoice_lines (invoice int REFERENCES invoices, note text);"
                        "CREATE TABLE customers (id int);"
                        "CREATE VIEW unpaid AS SELECT * FROM invoices WHERE NOT paid;"
                        "CREATE SCHEMA archive; CREATE TABLE archive.invoices (id int);";

core::Oid oidOf(test::TestDatabase &database, const QByteArray &name)
{
    return core::Oid{database.value("SELECT '" + name + "'::regclass::oid").toUInt()};
}

} // namespace

class TestSchemaDock : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase() { m_themes.reset(); }
    void opensThePublicSchema();
    void filterShowsWhatMatches();
    void filterByKeyboard();
    void filterWithoutMatch();
    void choosesByKeyboard();
    void choosesByDoubleClick();
    void columnsStandForTheirTable();
    void menuOfATable();
    void foldersHaveNoMenu();
    void reloadBringsWhatIsNew();
    void marksTheCurrentRelation();
    void hostileNames();
    void switchesDatabases();
    void choosesOtherObjects();
    void menuOfOtherObjects();
    void systemSchemasBySwitch();
    void changeElsewhereIsNoticed();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
    std::unique_ptr<test::TestDatabase> m_database;
};

void TestSchemaDock::initTestCase()
{
    m_themes = std::make_unique<ui::ThemeController>(*qApp);
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec(shop);
}

void TestSchemaDock::opensThePublicSchema()
{
    SchemaWindow shown;
    QVERIFY(shown.load(m_database->url()));
    QVERIFY(shown.showsTree());
    QVERIFY(!shown.tree->isExpanded(shown.at({u"archive"_s})));
    const QModelIndex tables = shown.at({u"public"_s, u"Tables"_s});
    QVERIFY(tables.isValid());
    QVERIFY(shown.tree->isExpanded(tables.parent()) && shown.tree->isExpanded(tables));
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"invoices"_s}).isValid());
    QVERIFY(shown.at({u"public"_s, u"Views"_s, u"unpaid"_s}).isValid());
    QVERIFY(shown.filter->placeholderText().contains(u"5"_s)); // names in all
}

void TestSchemaDock::filterShowsWhatMatches()
{
    SchemaWindow shown;
    QVERIFY(shown.load(m_database->url()));
    shown.filter->setText(u"invo"_s);
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"invoices"_s}).isValid());
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"invoice_lines"_s}).isValid());
    QVERIFY(!shown.at({u"public"_s, u"Tables"_s, u"customers"_s}).isValid());
    QVERIFY(!shown.at({u"public"_s, u"Views"_s}).isValid());
    // All that is left is opened: nobody types to see folders.
    QVERIFY(shown.tree->isExpanded(shown.at({u"archive"_s, u"Tables"_s})));
    shown.filter->clear();
    QVERIFY(shown.at({u"public"_s, u"Views"_s, u"unpaid"_s}).isValid());
}

void TestSchemaDock::filterByKeyboard()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    QSignalSpy chosen(shown.dock, &SchemaDock::relationChosen);
    shown.filter->setFocus();
    QTest::keyClicks(shown.filter, u"custo"_s);
    QTest::keyClick(shown.filter, Qt::Key_Return); // the first match, without leaving the field
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<core::Oid>(), oidOf(*m_database, "customers"));
    QVERIFY(shown.filter->hasFocus());
    QTest::keyClick(shown.filter, Qt::Key_Down);
    QVERIFY(shown.tree->hasFocus());
    QCOMPARE(shown.tree->currentIndex().data().toString(), u"customers"_s);
    shown.filter->setFocus();
    QTest::keyClick(shown.filter, Qt::Key_Escape);
    QVERIFY(shown.filter->text().isEmpty());
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"invoices"_s}).isValid());
}

void TestSchemaDock::filterWithoutMatch()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    QSignalSpy chosen(shown.dock, &SchemaDock::relationChosen);
    shown.filter->setText(u"<b>zzz</b>"_s);
    QCOMPARE(shown.says(), u"No name matches the filter|<b>zzz</b>"_s);
    QTest::keyClick(shown.filter, Qt::Key_Return);
    QVERIFY(chosen.isEmpty());
    shown.filter->setText(u"unpaid"_s);
    QVERIFY(shown.showsTree());
}

void TestSchemaDock::choosesByKeyboard()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    QSignalSpy chosen(shown.dock, &SchemaDock::relationChosen);
    shown.tree->setFocus();
    const QModelIndex archive = shown.at({u"archive"_s});
    shown.tree->setCurrentIndex(archive);
    QTest::keyClick(shown.tree, Qt::Key_Return); // a schema opens and closes
    QVERIFY(shown.tree->isExpanded(archive));
    QTest::keyClick(shown.tree, Qt::Key_Return);
    QVERIFY(!shown.tree->isExpanded(archive));
    QVERIFY(chosen.isEmpty());
    shown.tree->setCurrentIndex(shown.at({u"archive"_s, u"Tables"_s, u"invoices"_s}));
    QTest::keyClick(shown.tree, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<core::Oid>(), oidOf(*m_database, "archive.invoices"));
}

void TestSchemaDock::choosesByDoubleClick()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    QSignalSpy chosen(shown.dock, &SchemaDock::relationChosen);
    const QModelIndex view = shown.at({u"public"_s, u"Views"_s, u"unpaid"_s});
    shown.tree->expandAll();
    shown.tree->scrollTo(view);
    const QPoint at = shown.tree->visualRect(view).center();
    QTest::mouseClick(shown.tree->viewport(), Qt::LeftButton, {}, at);
    QVERIFY(chosen.isEmpty()); // one click only selects
    QTest::mouseDClick(shown.tree->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<core::Oid>(), oidOf(*m_database, "unpaid"));
}

void TestSchemaDock::columnsStandForTheirTable()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    QSignalSpy chosen(shown.dock, &SchemaDock::relationChosen);
    const QModelIndex column = shown.at({u"public"_s, u"Tables"_s, u"invoice_lines"_s, u"note"_s});
    QVERIFY(column.isValid());
    shown.tree->setFocus();
    shown.tree->setCurrentIndex(column);
    QTest::keyClick(shown.tree, Qt::Key_Return);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().value<core::Oid>(), oidOf(*m_database, "invoice_lines"));
}

void TestSchemaDock::menuOfATable()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    const core::Oid customers = oidOf(*m_database, "customers");
    const QModelIndex index = shown.at({u"public"_s, u"Tables"_s, u"customers"_s});
    QAction rows(u"Open rows"_s, shown.dock);
    shown.dock->setObjectActions({.rows = &rows});
    QSignalSpy opened(&rows, &QAction::triggered);
    QSignalSpy query(shown.dock, &SchemaDock::queryWanted);
    QSignalSpy exported(shown.dock, &SchemaDock::exportWanted);
    shown.tree->scrollTo(index);
    emit shown.tree->customContextMenuRequested(shown.tree->visualRect(index).center());
    auto *menu = shown.dock->findChild<QMenu *>(u"schemaDock.menu"_s);
    QVERIFY(menu && menu->isVisible());
    QCOMPARE(shown.dock->currentObject()->object, customers);
    QCOMPARE(shown.dock->currentName(), u"public.customers"_s);
    for (QAction *action : menu->actions())
        action->trigger();
    QCOMPARE(opened.count(), 1);
    for (const QSignalSpy *spy : {&query, &exported}) {
        QCOMPARE(spy->count(), 1);
        QCOMPARE(spy->first().first().value<core::Oid>(), customers);
    }
    menu->close();
}

void TestSchemaDock::foldersHaveNoMenu()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    const QModelIndex folder = shown.at({u"public"_s, u"Tables"_s});
    emit shown.tree->customContextMenuRequested(shown.tree->visualRect(folder).center());
    QVERIFY(!shown.dock->findChild<QMenu *>(u"schemaDock.menu"_s));
}

void TestSchemaDock::reloadBringsWhatIsNew()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE first (id int)");
    SchemaWindow shown;
    QVERIFY(shown.load(database.url()));
    QVERIFY(!shown.at({u"public"_s, u"Tables"_s, u"second"_s}).isValid());
    const QModelIndex first = shown.at({u"public"_s, u"Tables"_s, u"first"_s});
    shown.tree->expand(first);
    const QPersistentModelIndex kept = first;
    database.exec("CREATE TABLE second (id int)");
    auto *reload = shown.dock->findChild<QAbstractButton *>(u"schemaDock.reload"_s);
    QTest::mouseClick(reload, Qt::LeftButton);
    QTRY_VERIFY(shown.at({u"public"_s, u"Tables"_s, u"second"_s}).isValid());
    QVERIFY(kept.isValid() && shown.tree->isExpanded(kept)); // nothing shuts under the reader
}

void TestSchemaDock::marksTheCurrentRelation()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    const QModelIndex index = shown.at({u"public"_s, u"Tables"_s, u"customers"_s});
    const auto row = [&] {
        return shown.tree->viewport()->grab(shown.tree->visualRect(index)).toImage();
    };
    shown.tree->scrollTo(index);
    const QImage before = row();
    shown.dock->setCurrentRelation(oidOf(*m_database, "customers"));
    QVERIFY(row() != before);
    shown.dock->setCurrentRelation({});
    QCOMPARE(row(), before);
}

void TestSchemaDock::hostileNames()
{
    test::TestDatabase database;
    test::addHostileSchema(database);
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    const QModelIndex tables = shown.at({test::hostileSchemaName(), u"Tables"_s});
    QVERIFY(tables.isValid());
    QSet<QString> names;
    for (int row = 0; row < shown.tree->model()->rowCount(tables); ++row) {
        const QModelIndex index = shown.tree->model()->index(row, 0, tables);
        names << index.data(core::CatalogTreeModel::NameRole).toString();
        // One line a name, nothing that turns its neighbours round.
        const QString seen = index.data().toString();
        QVERIFY2(!seen.contains(u'\n') && !seen.contains(u'\u202E'), qPrintable(seen));
    }
    for (const test::HostileText &hostile : test::hostileTexts())
        QVERIFY2(names.contains(hostile.text), hostile.name);
    QVERIFY(names.contains(test::hostileTableName()));
    shown.tree->expandAll();
    for (int row = 0; row < shown.tree->model()->rowCount(tables); ++row) {
        const QModelIndex index = shown.tree->model()->index(row, 0, tables);
        shown.tree->scrollTo(index);
        const QString tip = test::tipOf(shown.tree, index);
        QVERIFY2(tip.isEmpty() || tip.contains(index.data().toString()), qPrintable(tip));
    }
}

void TestSchemaDock::switchesDatabases()
{
    test::TestDatabase other;
    other.exec("CREATE TABLE elsewhere (id int)");
    SchemaWindow shown;
    QVERIFY(shown.home.write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8()
                                            + "\nOTHER_DATABASE_URL=" + other.url().toUtf8()
                                            + '\n'));
    QVERIFY(shown.home.read() && shown.home.trust());
    const std::vector<core::OpenDatabase *> open = shown.home.open();
    QCOMPARE(open.size(), std::size_t(2));
    for (core::OpenDatabase *database : open) {
        database->loadCatalog();
        QTRY_COMPARE(database->catalogState(), core::OpenDatabase::CatalogState::Loaded);
    }
    shown.dock->setDatabase(open[0]);
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"customers"_s}).isValid());
    shown.dock->setDatabase(open[1]);
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"elsewhere"_s}).isValid());
    QVERIFY(!shown.at({u"public"_s, u"Tables"_s, u"customers"_s}).isValid());
    // What the other one says is nothing to this view any more.
    QSignalSpy loaded(open[0], &core::OpenDatabase::catalogChanged);
    open[0]->loadCatalog();
    QTRY_VERIFY(!loaded.isEmpty());
    QVERIFY(shown.at({u"public"_s, u"Tables"_s, u"elsewhere"_s}).isValid());
}

void TestSchemaDock::choosesOtherObjects()
{
    test::TestDatabase database;
    database.exec("CREATE FUNCTION due(int) RETURNS int LANGUAGE sql AS 'SELECT 1';"
                  "CREATE TABLE t (id int PRIMARY KEY)");
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    QSignalSpy chosen(shown.dock, &SchemaDock::objectChosen);
    QSignalSpy relations(shown.dock, &SchemaDock::relationChosen);
    QVERIFY(!shown.dock->currentObject() || shown.tree->currentIndex().isValid());
    const auto choose = [&](const QStringList &path) {
        const QModelIndex index = shown.at(path);
        if (!index.isValid())
            return core::ObjectId{};
        shown.tree->setFocus();
        shown.tree->setCurrentIndex(index);
        QTest::keyClick(shown.tree, Qt::Key_Return);
        return shown.dock->currentObject().value_or(core::ObjectId{});
    };
    const core::ObjectId function = choose({u"public"_s, u"Functions"_s, u"due(integer)"_s});
    QCOMPARE(number(function.object),
             database.value("SELECT 'due(int)'::regprocedure::oid").toUInt());
    const core::ObjectId index =
        choose({u"public"_s, u"Tables"_s, u"t"_s, u"Indexes"_s, u"t_pkey"_s});
    QCOMPARE(index.object, oidOf(database, "t_pkey"));
    QCOMPARE(chosen.count(), 2);
    QCOMPARE(chosen[0].first().value<core::ObjectId>(), function);
    QCOMPARE(chosen[1].first().value<core::ObjectId>(), index);
    QVERIFY(relations.isEmpty());
    shown.tree->setCurrentIndex(shown.at({u"public"_s, u"Tables"_s}));
    QVERIFY(!shown.dock->currentObject());
    shown.tree->setCurrentIndex(shown.at({u"public"_s, u"Tables"_s, u"t"_s, u"id"_s}));
    QCOMPARE(shown.dock->currentObject()->object, oidOf(database, "t"));
}

void TestSchemaDock::menuOfOtherObjects()
{
    test::TestDatabase database;
    database.exec("CREATE SEQUENCE n; CREATE TYPE mood AS ENUM ('glad')");
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    const auto menuOf = [&](const QStringList &path) {
        const QModelIndex index = shown.at(path);
        shown.tree->scrollTo(index);
        emit shown.tree->customContextMenuRequested(shown.tree->visualRect(index).center());
        return shown.dock->findChild<QMenu *>(u"schemaDock.menu"_s);
    };
    QVERIFY(!menuOf({u"public"_s, u"Types"_s, u"mood"_s})); // nothing can be done with it
    QAction definition(u"Open definition"_s, shown.dock);
    shown.dock->setObjectActions({.definition = &definition});
    QMenu *menu = menuOf({u"public"_s, u"Types"_s, u"mood"_s});
    QVERIFY(menu && menu->isVisible());
    QCOMPARE(menu->actions().first(), &definition);
    QVERIFY(std::ranges::all_of(menu->actions().sliced(1), &QAction::isSeparator));
    QVERIFY(shown.dock->currentObject());
    menu->close();
}

void TestSchemaDock::systemSchemasBySwitch()
{
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(m_database->url()));
    QVERIFY(!shown.at({u"pg_catalog"_s}).isValid());
    const auto toggle = [&] {
        auto *more = shown.dock->findChild<QAbstractButton *>(u"schemaDock.more"_s);
        QTest::mouseClick(more, Qt::LeftButton);
        auto *menu = shown.dock->findChild<QMenu *>(u"schemaDock.moreMenu"_s);
        if (!menu)
            return;
        menu->findChild<QAction *>(u"schemaDock.system"_s)->trigger();
        menu->close();
        menu->setObjectName(QString()); // it is deleted later
    };
    toggle();
    QVERIFY(shown.at({u"pg_catalog"_s, u"Functions"_s, u"abs(integer)"_s}).isValid());
    toggle();
    QVERIFY(!shown.at({u"pg_catalog"_s}).isValid());
}

void TestSchemaDock::changeElsewhereIsNoticed()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE first (id int)");
    SchemaWindow shown;
    QVERIFY(shown.load(database.url()));
    const QPersistentModelIndex first = shown.at({u"public"_s, u"Tables"_s, u"first"_s});
    shown.tree->expand(first);
    shown.tree->setCurrentIndex(first);
    QSignalSpy changed(shown.home.database(), &core::OpenDatabase::catalogChanged);
    {
        // A connection reports what it wrote when it ends.
        test::Connection other = database.connect();
        other.exec("CREATE TABLE second (id int)");
    }
    QTRY_VERIFY_WITH_TIMEOUT((shown.home.database()->checkCatalog(true), !changed.isEmpty()),
                             30'000);
    QTRY_VERIFY(shown.at({u"public"_s, u"Tables"_s, u"second"_s}).isValid());
    QVERIFY(first.isValid() && shown.tree->isExpanded(first));
    QCOMPARE(shown.tree->currentIndex(), QModelIndex(first));
    QCOMPARE(shown.home.database()->catalogState(), core::OpenDatabase::CatalogState::Loaded);
}

QTEST_MAIN(TestSchemaDock)
#include "tst_schemadock.moc"
