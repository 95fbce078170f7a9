// SPDX-License-Identifier: GPL-3.0-or-later
#include "schemawindow.h"
#include "ui/common/format.h"
#include "ui/common/themecontroller.h"
#include "ui/schema/schemadelegate.h"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>

using namespace Qt::StringLiterals;

/// What can be done with each kind of object, and how large tables are.
class TestSchemaFacts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void menuFitsTheKind_data();
    void menuFitsTheKind();
    void menuByKey();
    void sizesBySwitch();
    void sizesDoNotWait();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestSchemaFacts::menuFitsTheKind_data()
{
    QTest::addColumn<QStringList>("path");
    QTest::addColumn<QString>("name"); // to copy
    QTest::addColumn<QString>("entries");
    const QString menu = u"rows definition relations |New query| name ddl pin |Export…"_s;
    QTest::addRow("table") << QStringList{u"public"_s, u"Tables"_s, u"Paid\u2026"_s}
                           << u"public.\"Paid\u2026\""_s << menu;
    QTest::addRow("column") << QStringList{u"public"_s, u"Tables"_s, u"Paid\u2026"_s, u"On day"_s}
                            << u"\"On day\""_s << menu;
    QTest::addRow("view") << QStringList{u"public"_s, u"Views"_s, u"seen"_s} << u"public.seen"_s
                          << u"rows definition |New query| name ddl pin |Export…"_s;
    QTest::addRow("schema") << QStringList{u"public"_s} << u"public"_s
                            << u"definition relations name ddl"_s;
    QTest::addRow("function") << QStringList{u"public"_s, u"Functions"_s, u"due(integer)"_s}
                              << u"public.due(integer)"_s << u"definition name ddl pin"_s;
    QTest::addRow("index") << QStringList{u"public"_s, u"Tables"_s, u"Paid\u2026"_s, u"Indexes"_s,
                                          u"by_day"_s}
                           << u"public.by_day"_s << u"definition name ddl"_s;
    QTest::addRow("role") << QStringList{u"Roles"_s, u"plain"_s} << u"plain"_s
                          << u"definition name pin"_s;
}

void TestSchemaFacts::menuFitsTheKind()
{
    QFETCH(const QStringList, path);
    test::TestDatabase database;
    database.exec("CREATE TABLE \"Paid\u2026\" (\"On day\" date);"
                  "CREATE INDEX by_day ON \"Paid\u2026\" (\"On day\");"
                  "CREATE VIEW seen AS SELECT 1 AS one;"
                  "CREATE FUNCTION due(n int) RETURNS int LANGUAGE sql AS 'SELECT 1'");
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    const auto action = [&](const QString &words) { return new QAction(words, shown.dock); };
    shown.dock->setObjectActions({.rows = action(u"rows"_s),
                                  .definition = action(u"definition"_s),
                                  .relations = action(u"relations"_s),
                                  .copyName = action(u"name"_s),
                                  .copyDdl = action(u"ddl"_s),
                                  .pin = action(u"pin"_s)});
    const QModelIndex index = shown.at(path);
    QVERIFY(index.isValid());
    shown.tree->scrollTo(index);
    emit shown.tree->customContextMenuRequested(shown.tree->visualRect(index).center());
    auto *menu = shown.dock->findChild<QMenu *>(u"schemaDock.menu"_s);
    QVERIFY(menu);
    QStringList entries;
    for (const QAction *entry : menu->actions()) {
        const bool own = entry->objectName().isEmpty() && entry->parent() == menu;
        if (!entry->isSeparator())
            entries << (own ? u'|' + entry->text() : entry->text());
    }
    QString line = entries.join(u' ');
    line.replace(u"|New query "_s, u"|New query| "_s);
    QTEST(line, "entries");
    QTEST(shown.dock->currentName(), "name");
    menu->close();
}

void TestSchemaFacts::menuByKey()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int)");
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    const QModelIndex index = shown.at({u"public"_s, u"Tables"_s, u"invoices"_s});
    shown.tree->setFocus();
    shown.tree->setCurrentIndex(index);
    // As the platform sends it for the key of the menu: where the view says its cursor is.
    const QPoint at = shown.tree->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, at,
                            shown.tree->viewport()->mapToGlobal(at));
    QApplication::sendEvent(shown.tree->viewport(), &event);
    auto *menu = shown.dock->findChild<QMenu *>(u"schemaDock.menu"_s);
    QVERIFY(menu && menu->isVisible());
    QCOMPARE(shown.dock->currentName(), u"public.invoices"_s);
    menu->close();
}

void TestSchemaFacts::sizesBySwitch()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE filled AS SELECT i FROM generate_series(1, 5000) i;"
                  "CREATE TABLE parts (id int) PARTITION BY RANGE (id);"
                  "CREATE TABLE part PARTITION OF parts FOR VALUES FROM (0) TO (9999);"
                  "INSERT INTO parts SELECT i FROM generate_series(1, 5000) i;"
                  "CREATE VIEW seen AS SELECT 1 AS one; ANALYZE");
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    const auto facts = [&](const QString &folder, const QString &name) {
        const auto *delegate = static_cast<ui::SchemaDelegate *>(shown.tree->itemDelegate());
        return delegate->fact(shown.at({u"public"_s, folder, name}));
    };
    QCOMPARE(facts(u"Tables"_s, u"filled"_s), u"≈ 5,000"_s);
    shown.dock->setSizesShown(true);
    const qint64 bytes = database.value("SELECT pg_total_relation_size('filled')").toLongLong();
    QTRY_COMPARE(facts(u"Tables"_s, u"filled"_s), ui::formatBytes(bytes));
    QTRY_VERIFY(facts(u"Tables"_s, u"parts"_s).startsWith(u"≈ "_s));
    QTRY_VERIFY2(facts(u"Tables"_s, u"parts"_s).endsWith(u"KB"_s),
                 qPrintable(facts(u"Tables"_s, u"parts"_s)));
    QVERIFY(facts(u"Views"_s, u"seen"_s).isEmpty());
    shown.dock->setSizesShown(false);
    QCOMPARE(facts(u"Tables"_s, u"filled"_s), u"≈ 5,000"_s);
}

/// What somebody holds for himself has its size later, and keeps nobody from having theirs.
void TestSchemaFacts::sizesDoNotWait()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE held AS SELECT i FROM generate_series(1, 5000) i;"
                  "CREATE TABLE free AS SELECT i FROM generate_series(1, 5000) i; ANALYZE");
    SchemaWindow shown;
    QVERIFY(shown.present() && shown.load(database.url()));
    const auto fact = [&](const QString &name) {
        const auto *delegate = static_cast<ui::SchemaDelegate *>(shown.tree->itemDelegate());
        return delegate->fact(shown.at({u"public"_s, u"Tables"_s, name}));
    };
    database.exec("BEGIN; LOCK held IN ACCESS EXCLUSIVE MODE");
    shown.dock->setSizesShown(true);
    QTRY_VERIFY2(fact(u"free"_s).endsWith(u"KB"_s), qPrintable(fact(u"free"_s)));
    QCOMPARE(fact(u"held"_s), u"≈ 5,000"_s);
    database.exec("COMMIT");
    shown.home.database()->loadCatalog();
    QTRY_VERIFY2(fact(u"held"_s).endsWith(u"KB"_s), qPrintable(fact(u"held"_s)));
}

QTEST_MAIN(TestSchemaFacts)
#include "tst_schemafacts.moc"
