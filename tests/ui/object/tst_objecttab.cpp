// SPDX-License-Identifier: GPL-3.0-or-later
// Definitions over a real server, in the whole window.
#include "core/catalog/objectsql.h"
#include "tests/ui/object/objectdesk.h"
#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/searchfield.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/gridview.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/object/definitionpane.h"
#include "ui/object/dependentspane.h"
#include "ui/object/factsection.h"
#include "ui/object/factview.h"
#include "ui/object/objectpages.h"
#include "ui/object/pagetabs.h"
#include "ui/object/samplepage.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QSignalSpy>
#include <QSplitter>
#include <QTest>

using namespace Qt::StringLiterals;
using test::ObjectDesk;
using test::Role;

class TestObjectTab : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void showsATable();
    void pagesAndCounts();
    void definitionIsCopiedAndOpened();
    void linksOpenDefinitions();
    void functionsAreColoured();
    void byKeyboardFromTheTree();
    void fromTheGridAndBack();
    void followsChanges();
    void saysThatItIsGone();
    void withoutPermission();
    void hostileNames();
    void narrow();
    void comesBack();
    void databaseClosed();
    void sampleOfRows();
    void sampleThatCannotBeRead();

private:
    template<class Widget> [[nodiscard]] Widget *part(ui::ObjectTab *tab, const QString &name) const
    {
        return tab->findChild<Widget *>(name);
    }
    [[nodiscard]] static QStringList lines(const ui::FactView *view)
    {
        QStringList all;
        for (int row = 0; row < view->facts().rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < view->facts().columnCount(); ++column)
                cells << view->facts().index(row, column).data().toString();
            all << cells.join(u'|');
        }
        return all;
    }
    [[nodiscard]] core::ObjectId id(core::Oid catalog, const QByteArray &oid)
    {
        return {catalog, core::Oid{m_database->value("SELECT " + oid + "::oid").toUInt()}};
    }

    std::unique_ptr<test::TestDatabase> m_database;
};

void TestObjectTab::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec(test::billingSchema());
}

void TestObjectTab::cleanupTestCase()
{
    m_database.reset();
}

void TestObjectTab::showsATable()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    QCOMPARE(tab->title(), u"invoices: definition"_s);
    auto *bar = part<ui::ViewBar>(tab, u"object.bar"_s);
    QCOMPARE(bar->name(), u"public.invoices"_s);
    QVERIFY2(bar->fact().startsWith(u"table, owner "_s), qPrintable(bar->fact()));
    QVERIFY2(bar->fact().contains(u"with indexes"_s), qPrintable(bar->fact()));
    QVERIFY2(bar->fact().contains(u"≈ 4,000"_s), qPrintable(bar->fact()));
    auto *columns = part<ui::FactView>(tab, u"object.columns"_s);
    QCOMPARE(columns->facts().totalCount(), 14);
    QCOMPARE(columns->facts().rowCount(), 8);
    QCOMPARE(lines(columns).mid(0, 5),
             (QStringList{
                 u"id|bigint|identity, always|Primary key"_s,
                 u"organisation_id|bigint||References \u2068organisations\u2069. Unique as "
                 "\u2068organisation_id, number\u2069"_s,
                 u"project_id nullable|bigint||References \u2068projects\u2069"_s,
                 u"number|text||Unique as \u2068organisation_id, number\u2069. Unique within the "
                 "organisation"_s,
                 u"status|invoice_status|'draft'::invoice_status|draft, sent, paid, void"_s}));
    QVERIFY(lines(part<ui::FactView>(tab, u"object.constraints"_s))
                .contains(u"invoices_total_check|total >= 0::numeric OR status = "
                          "'void'::invoice_status|not validated"_s));
    const QStringList indexes = lines(part<ui::FactView>(tab, u"object.indexes"_s));
    QCOMPARE(indexes.size(), 4);
    QVERIFY2(indexes[1].startsWith(u"invoices_issued_at_idx|issued_at DESC|"_s)
                 && indexes[1].endsWith(u"|never used"_s),
             qPrintable(indexes[1]));
    QVERIFY2(indexes[2].startsWith(u"invoices_metadata_gin|gin (metadata)|"_s),
             qPrintable(indexes[2]));
    const QStringList dependents = lines(&tab->dependents().view());
    QCOMPARE(
        dependents,
        (QStringList{u"invoice_lines|foreign key, cascade"_s, u"payments|foreign key"_s,
                     u"revenue_by_month|reads total, issued_at"_s, u"invoices_audit|trigger"_s,
                     u"invoices_seen|trigger"_s, u"close_invoice(bigint)|updates, by its text"_s}));
    auto *filter = part<ui::SearchField>(tab, u"object.columns.filter"_s);
    desk.studio.trigger(u"edit.find"_s);
    QTRY_VERIFY(filter->hasFocus());
    QTest::keyClicks(filter, u"note"_s);
    QCOMPARE(columns->facts().rowCount(), 1);
}

void TestObjectTab::pagesAndCounts()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    const ui::PageTabs &pages = tab->pages().tabs();
    QStringList titles;
    for (int at = 0; at < pages.count(); ++at)
        titles << pages.tabText(at);
    QCOMPARE(titles, (QStringList{u"Structure"_s, u"Triggers 2"_s, u"Policies 1"_s, u"Partitions"_s,
                                  u"Statistics"_s, u"Sample"_s, u"Privileges 2"_s, u"Comment"_s}));
    QCOMPARE(lines(part<ui::FactView>(tab, u"object.triggers"_s)),
             (QStringList{u"invoices_audit|AFTER INSERT OR UPDATE, each row|public.audit|on"_s,
                          u"invoices_seen|BEFORE UPDATE, each statement|public.audit|off"_s}));
    QCOMPARE(part<ui::FactLine>(tab, u"object.rowSecurity"_s)->fact(), u"Row security is on"_s);
    QVERIFY(lines(part<ui::FactView>(tab, u"object.policies"_s))
                .first()
                .contains(u"currency = 'EUR'::bpchar"_s));
    QVERIFY(lines(part<ui::FactView>(tab, u"object.columnStatistics"_s))
                .first()
                .contains(u"|0 %|all different|8|"_s));
    QVERIFY(lines(part<ui::FactView>(tab, u"object.privileges"_s))
                .last()
                .startsWith(u"everybody (PUBLIC)|INSERT, SELECT|"_s));
    QCOMPARE(part<QLabel>(tab, u"object.comment"_s)->text(), u"What customers owe."_s);
    ui::ObjectTab *events = desk.openTable(u"events"_s);
    QVERIFY(events);
    QCOMPARE(lines(part<ui::FactView>(events, u"object.children"_s)).size(), 2);
    QVERIFY(events->pages().tabs().tabText(3).endsWith(u" 2"_s));
}

void TestObjectTab::definitionIsCopiedAndOpened()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    const QString ddl = tab->definition().ddl();
    QVERIFY2(ddl.contains(u"CREATE TABLE public.invoices"_s), qPrintable(ddl));
    part<ui::Button>(tab, u"object.copyDefinition"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), ddl);
    part<ui::Button>(tab, u"object.editDefinition"_s)->click();
    auto *editor = qobject_cast<ui::EditorTab *>(desk.studio.window().documents().current());
    QVERIFY(editor);
    QCOMPARE(QString::fromUtf8(editor->editor()->bytes()), ddl);
}

void TestObjectTab::linksOpenDefinitions()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    ui::FactView &list = tab->dependents().view();
    list.setFocus();
    list.setCurrentIndex(list.facts().index(2, 0));
    QTest::keyClick(&list, Qt::Key_Return);
    QTRY_VERIFY(desk.current() && desk.current() != tab);
    QVERIFY(ObjectDesk::settled(desk.current()));
    QCOMPARE(desk.current()->title(), u"revenue_by_month: definition"_s);
    // Opened again, it is the same tab.
    QCOMPARE(desk.openTable(u"invoices"_s), tab);
    // F4 on a reference goes to its table.
    auto *columns = part<ui::FactView>(tab, u"object.columns"_s);
    columns->setFocus();
    columns->setCurrentIndex(columns->facts().index(1, 0));
    desk.studio.trigger(u"object.definition"_s);
    QTRY_VERIFY(desk.current() && desk.current() != tab);
    QVERIFY(ObjectDesk::settled(desk.current()));
    QCOMPARE(desk.current()->title(), u"organisations: definition"_s);
}

void TestObjectTab::functionsAreColoured()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    QTRY_VERIFY_WITH_TIMEOUT(desk.studio.highlighters().factory(), 30'000);
    ui::ObjectTab *tab = desk.open(id(core::catalogs::pgProc, "'close_invoice'::regproc"));
    QVERIFY(tab);
    QCOMPARE(tab->title(), u"close_invoice(bigint): definition"_s);
    QCOMPARE(tab->pages().tabs().tabText(0), u"Facts"_s);
    QVERIFY(lines(part<ui::FactView>(tab, u"object.facts"_s)).contains(u"Language|plpgsql"_s));
    QVERIFY(tab->definition().ddl().contains(u"Nobody owes anything"_s));
    QVERIFY(!part<ui::Button>(tab, u"object.openRows"_s)->isVisible());
    auto *code = part<ui::SqlEditor>(tab, u"object.code"_s);
    QVERIFY(code->isReadOnly());
    // Words have got styles of the highlighter, whose numbers are above the editor's own.
    code->SendScintilla(QsciScintillaBase::SCI_COLOURISE, 0UL, -1L);
    QVERIFY(code->SendScintilla(QsciScintillaBase::SCI_GETSTYLEAT, 2UL) >= 40);
}

void TestObjectTab::byKeyboardFromTheTree()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    auto *filter = desk.studio.find<QLineEdit>(u"schemaDock.filter"_s);
    filter->setFocus();
    QTest::keyClicks(filter, u"payments"_s);
    QTest::keyClick(filter, Qt::Key_Down);
    QTRY_VERIFY(QApplication::focusWidget() == desk.studio.find<QWidget>(u"schemaDock.tree"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F4);
    QTRY_VERIFY(desk.current());
    QVERIFY(ObjectDesk::settled(desk.current()));
    QCOMPARE(desk.current()->title(), u"payments: definition"_s);
    // The focus stands on the pages; arrows go through them, Tab goes into the list.
    QTRY_COMPARE(QApplication::focusWidget(), &desk.current()->pages().tabs());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(desk.current()->pages().tabs().currentIndex(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Left);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QVERIFY(desk.current()->pages().isAncestorOf(QApplication::focusWidget()));
    // Ctrl+Return opens its rows.
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(qobject_cast<ui::TableTab *>(desk.studio.window().documents().current())
                != nullptr);
}

void TestObjectTab::fromTheGridAndBack()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    const auto oid = desk.studio.window().currentDatabase()->catalog()->resolve(u"projects");
    desk.studio.window().openRelation(*oid);
    auto *rows = qobject_cast<ui::TableTab *>(desk.studio.window().documents().current());
    QVERIFY(rows);
    desk.studio.trigger(u"object.definition"_s);
    ui::ObjectTab *tab = desk.current();
    QVERIFY(ObjectDesk::settled(tab));
    QCOMPARE(tab->object().object, *oid);
    part<ui::Button>(tab, u"object.openRows"_s)->click();
    QCOMPARE(desk.studio.window().documents().current(), rows);
    // In an editor it is the name under the caret.
    ui::EditorTab *editor = desk.studio.window().newEditor("select * from public.invoices i");
    editor->editor()->goToPosition(18);
    desk.studio.trigger(u"object.definition"_s);
    QTRY_VERIFY(desk.current());
    QVERIFY(ObjectDesk::settled(desk.current()));
    QCOMPARE(desk.current()->title(), u"invoices: definition"_s);
}

void TestObjectTab::followsChanges()
{
    m_database->exec("CREATE TABLE growing (a int)");
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"growing"_s);
    QVERIFY(tab);
    m_database->exec("ALTER TABLE growing ADD COLUMN b text DEFAULT 'new'");
    tab->refresh();
    QVERIFY(tab->isRunning());
    QVERIFY(ObjectDesk::settled(tab));
    QCOMPARE(lines(part<ui::FactView>(tab, u"object.columns"_s)).last(),
             u"b nullable|text|'new'::text|"_s);
    QVERIFY(tab->definition().ddl().contains(u"new"_s));
    // And by itself when the catalog was read again.
    m_database->exec("ALTER TABLE growing ADD COLUMN c text");
    desk.studio.trigger(u"database.reload"_s);
    QTRY_COMPARE_WITH_TIMEOUT(part<ui::FactView>(tab, u"object.columns"_s)->facts().totalCount(), 3,
                              30'000);
}

void TestObjectTab::saysThatItIsGone()
{
    m_database->exec("CREATE TABLE passing (a int)");
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    m_database->exec("DROP TABLE passing");
    ui::ObjectTab *tab = desk.openTable(u"passing"_s);
    QVERIFY(tab);
    auto *page = part<ui::StatePage>(tab, u"object.state"_s);
    QVERIFY(page->isVisible());
    QCOMPARE(page->state(), ui::StatePage::State::Failed);
    QStringList words;
    for (const QLabel *label : page->findChildren<QLabel *>())
        words << label->text();
    QVERIFY2(words.contains(u"The table is not there any more"_s), qPrintable(words.join(u'|')));
    emit page->secondActionTriggered(); // Close
    QTRY_VERIFY(desk.current() != tab);
}

void TestObjectTab::withoutPermission()
{
    m_database->execSuper("REVOKE SELECT ON pg_policy FROM PUBLIC");
    ObjectDesk desk(*m_database);
    const bool present = desk.present();
    ui::ObjectTab *tab = present ? desk.openTable(u"invoices"_s) : nullptr;
    m_database->execSuper("GRANT SELECT ON pg_policy TO PUBLIC");
    QVERIFY(tab);
    QCOMPARE(part<QLabel>(tab, u"object.policies.words"_s)->text(),
             u"No permission to read this."_s);
    QCOMPARE(part<ui::FactView>(tab, u"object.columns"_s)->facts().totalCount(), 14);
}

void TestObjectTab::hostileNames()
{
    m_database->exec("CREATE SCHEMA \"a\"\"b.c\"; CREATE TABLE \"a\"\"b.c\".\"<b>&\nx\u202ey\" "
                     "(\"<i>c\" int CHECK (\"<i>c\" > 0), \"p\tq\" text)");
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab =
        desk.open(id(core::classCatalog, "(SELECT oid FROM pg_class WHERE relname LIKE '<b>%')"));
    QVERIFY(tab);
    QCOMPARE(tab->title(), u"<b>&\nx\u202ey: definition"_s);
    QCOMPARE(lines(part<ui::FactView>(tab, u"object.columns"_s)).first(),
             u"<i>c nullable|integer||"_s);
    for (const QLabel *label : tab->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestObjectTab::narrow()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    auto *split = part<QSplitter>(tab, u"object.split"_s);
    QCOMPARE(split->orientation(), Qt::Horizontal);
    desk.studio.window().resize(760, 600);
    QTRY_COMPARE(split->orientation(), Qt::Vertical);
    QVERIFY(part<ui::FactView>(tab, u"object.columns"_s)->width() > 300);
}

void TestObjectTab::comesBack()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    QVERIFY(desk.openTable(u"invoices"_s));
    // Closed by accident.
    desk.studio.trigger(u"file.closeTab"_s);
    QVERIFY(!desk.current());
    desk.studio.trigger(u"file.reopenTab"_s);
    QVERIFY(desk.current());
    // And after the next start.
    desk.studio.restart();
    QVERIFY(desk.studio.present());
    QVERIFY(desk.studio.openTrusted());
    QTRY_VERIFY(desk.current());
    QVERIFY(ObjectDesk::settled(desk.current()));
    QCOMPARE(desk.current()->title(), u"invoices: definition"_s);
}

void TestObjectTab::databaseClosed()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    tab->pages().show(ui::ObjectPages::Page::Sample);
    QTRY_VERIFY_WITH_TIMEOUT(tab->pages().sample()->grid().isVisible(), 30'000);
    tab->detachDatabase();
    QVERIFY(!tab->pages().sample()->grid().source());
    tab->pages().show(ui::ObjectPages::Page::Structure);
    QVERIFY(!part<ui::Button>(tab, u"object.openRows"_s)->isEnabled());
    tab->refresh();
    QVERIFY(!tab->isRunning());
    QVERIFY(part<ui::FactView>(tab, u"object.columns"_s)->isVisible());
}

void TestObjectTab::sampleOfRows()
{
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"invoices"_s);
    QVERIFY(tab);
    ui::SamplePage *sample = tab->pages().sample();
    QVERIFY(!sample->grid().source()); // nothing is read before it is seen
    tab->pages().show(ui::ObjectPages::Page::Sample);
    QTRY_VERIFY_WITH_TIMEOUT(sample->grid().isVisible(), 30'000);
    const core::RowSource *rows = sample->grid().source();
    QCOMPARE(rows->columns().size(), 14U);
    QCOMPARE(rows->cell(0, 0).bytes, "1"_ba);
    QCOMPARE(part<QLabel>(tab, u"object.sample.order"_s)->text(), u"The first rows, by id"_s);

    QSignalSpy linked(&tab->pages(), &ui::ObjectPages::opened);
    emit sample->grid().referenceActivated(0, 1);
    QCOMPARE(linked.size(), 1);
}

void TestObjectTab::sampleThatCannotBeRead()
{
    m_database->exec("CREATE TABLE emptied (id int PRIMARY KEY)");
    ObjectDesk desk(*m_database);
    QVERIFY(desk.present());
    ui::ObjectTab *tab = desk.openTable(u"emptied"_s);
    QVERIFY(tab);
    tab->pages().show(ui::ObjectPages::Page::Sample);
    auto *page = part<ui::StatePage>(tab, u"object.sample.page"_s);
    const auto words = [page] {
        QStringList all;
        for (const QLabel *label : page->findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    };
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"It has no rows"_s), 30'000);
    m_database->exec("DROP TABLE emptied");
    QVERIFY(QMetaObject::invokeMethod(page, &ui::StatePage::actionTriggered));
    QTRY_VERIFY_WITH_TIMEOUT(words().contains(u"emptied"_s), 30'000);
}

QTEST_MAIN(TestObjectTab)
#include "tst_objecttab.moc"
