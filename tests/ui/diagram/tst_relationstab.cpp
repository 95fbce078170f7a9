// SPDX-License-Identifier: GPL-3.0-or-later
#include "demoschema.h"

#include "tests/ui/support/hostileschema.h"
#include "tests/ui/support/studio.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/diagram/diagramcanvas.h"
#include "ui/diagram/diagramexport.h"
#include "ui/diagram/relationslist.h"
#include "ui/diagram/relationstab.h"
#include "ui/diagram/tablechooser.h"
#include "ui/grid/tabletab.h"
#include "ui/main/documentarea.h"
#include "ui/object/objecttab.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::RelationsTab;

/// Relations in the whole window, over a real server.
class TestRelationsTab : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void opensFromATable();
    void opensFromTheTree();
    void enterOpensRows();
    void f4OpensTheDefinition();
    void menuOfATable();
    void printsOnAPage();
    void saysThatThereIsNoPrinter();
    void drawingAndListGoTogether();
    void listCopies();
    void findsTables();
    void choiceAndPlacesAreKept();
    void schemaWithoutTables();
    void schemaGoesAway();
    void hostileNames();
    void tooManyTables();
    void tabIsRestored();
    void databaseCloses();

private:
    [[nodiscard]] RelationsTab *open(const QByteArray &schema, const char *table = nullptr);
    [[nodiscard]] RelationsTab *current() const
    {
        return qobject_cast<RelationsTab *>(m_studio->window().documents().current());
    }
    [[nodiscard]] core::Oid oid(const char *table) const
    {
        const core::CatalogPtr catalog = m_studio->window().currentDatabase()->catalog();
        const core::RelationInfo *found = catalog->relation("public", table);
        return found ? found->oid : core::Oid{};
    }
    void click(const QString &name) const
    {
        auto *button = m_studio->window().findChild<QAbstractButton *>(name);
        QVERIFY2(button, qPrintable(name));
        button->click();
    }
    [[nodiscard]] QString stateOf(const RelationsTab *tab) const
    {
        const auto *page = tab->findChild<ui::StatePage *>(u"relations.page"_s);
        return page->isVisible() ? QVariant::fromValue(page->state()).toString() : QString();
    }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::Studio> m_studio;
};

void TestRelationsTab::initTestCase()
{
    qputenv("CUPS_SERVER", "/nowhere/cups.sock"); // nobody's printers
    m_database = std::make_unique<test::TestDatabase>();
    test::addDemoSchema(*m_database);
    test::addHostileSchema(*m_database);
    m_database->exec("CREATE SCHEMA empty; CREATE SCHEMA going; CREATE TABLE going.t (id int)");
    QByteArray many = "CREATE SCHEMA many;";
    for (int i = 0; i < 310; ++i)
        many += "CREATE TABLE many.t" + QByteArray::number(i) + " (id int PRIMARY KEY, up int"
                + (i > 0 ? " REFERENCES many.t" + QByteArray::number(i / 2) : QByteArray()) + ");";
    m_database->exec(many);
}

void TestRelationsTab::cleanupTestCase()
{
    m_database.reset();
}

void TestRelationsTab::init()
{
    m_studio = std::make_unique<test::Studio>();
    QVERIFY(m_studio->home().write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8() + '\n'));
    QVERIFY(m_studio->present());
    QVERIFY(m_studio->openTrusted());
}

void TestRelationsTab::cleanup()
{
    m_studio.reset();
}

RelationsTab *TestRelationsTab::open(const QByteArray &schema, const char *table)
{
    m_studio->window().openRelations(schema, table ? oid(table) : core::Oid{});
    RelationsTab *tab = current();
    if (!tab || !QTest::qWaitFor([tab] { return tab->isSettled(); }, 30'000))
        return nullptr;
    return tab;
}

void TestRelationsTab::opensFromATable()
{
    m_studio->window().openRelation(oid("invoices"));
    m_studio->trigger(u"object.relations"_s);
    RelationsTab *tab = current();
    QVERIFY(tab);
    QTRY_VERIFY(tab->isSettled());
    QCOMPARE(tab->title(), u"Relations"_s);
    QCOMPARE(tab->currentTable(), oid("invoices"));
    const auto &graph = tab->canvas().graph();
    QCOMPARE(graph.tables[std::size_t(tab->canvas().current())].name, u"invoices"_s);
    const auto *bar = tab->findChild<ui::ViewBar *>(u"relations.bar"_s);
    QVERIFY2(bar->fact().contains(u"tables in \u2068public\u2069"_s)
                 && bar->fact().contains(u"foreign keys"_s),
             qPrintable(bar->fact()));
    QVERIFY(tab->canvas().hasFocus());
    // The same tab again.
    m_studio->window().openRelation(oid("payments"));
    m_studio->trigger(u"object.relations"_s);
    QCOMPARE(current(), tab);
    QCOMPARE(tab->currentTable(), oid("payments"));
}

void TestRelationsTab::opensFromTheTree()
{
    m_studio->trigger(u"object.relations"_s);
    QVERIFY(current());
    QCOMPARE(current()->key(),
             RelationsTab::keyOf(*m_studio->window().currentDatabase(), "public"));
    QTRY_VERIFY(current()->isSettled());
}

void TestRelationsTab::enterOpensRows()
{
    RelationsTab *tab = open("public", "plans");
    QVERIFY(tab);
    QTest::keyClick(&tab->canvas(), Qt::Key_Return);
    auto *rows = qobject_cast<ui::TableTab *>(m_studio->window().documents().current());
    QVERIFY(rows);
    QCOMPARE(rows->relation(), oid("plans"));
}

void TestRelationsTab::f4OpensTheDefinition()
{
    RelationsTab *tab = open("public", "plans");
    QVERIFY(tab);
    const auto inFront = [this] {
        return qobject_cast<ui::ObjectTab *>(m_studio->window().documents().current());
    };
    m_studio->trigger(u"object.definition"_s);
    QVERIFY(inFront());
    QCOMPARE(inFront()->object().object, oid("plans"));
    // And back to the drawing by the button in its bar.
    ui::ObjectTab *definition = inFront();
    QTRY_VERIFY(!definition->isRunning());
    auto *button = definition->findChild<QAbstractButton *>(u"object.relations"_s);
    QVERIFY(button && button->isVisible());
    tab->setCurrentTable(oid("users"));
    button->click();
    QCOMPARE(current(), tab);
    QCOMPARE(tab->currentTable(), oid("plans"));
    // In the list as in the drawing.
    tab->showList(true);
    tab->list().setCurrentTable(oid("invoices"));
    m_studio->trigger(u"object.definition"_s);
    QVERIFY(inFront());
    QCOMPARE(inFront()->object().object, oid("invoices"));
}

void TestRelationsTab::menuOfATable()
{
    RelationsTab *tab = open("public", "plans");
    QVERIFY(tab);
    const QPoint middle = tab->canvas().cardRect(tab->canvas().current()).center().toPoint();
    QContextMenuEvent event(QContextMenuEvent::Mouse, middle,
                            tab->canvas().viewport()->mapToGlobal(middle));
    QApplication::sendEvent(tab->canvas().viewport(), &event);
    const auto *menu = tab->findChild<QMenu *>(u"relations.menu"_s);
    QVERIFY(menu && menu->isVisible());
    QStringList names;
    for (const QAction *action : menu->actions())
        names << action->text().remove(u'&');
    QCOMPARE(names, QStringList({u"Open rows"_s, u"Open definition"_s, u"Copy name"_s,
                                 u"Copy definition"_s}));
    m_studio->trigger(u"object.copyName"_s);
    QCOMPARE(QApplication::clipboard()->text(), u"public.plans"_s);
    m_studio->trigger(u"object.copyDdl"_s);
    QTRY_VERIFY(QApplication::clipboard()->text().contains(u"CREATE TABLE public.plans"_s));
}

void TestRelationsTab::printsOnAPage()
{
    RelationsTab *tab = open("public");
    QVERIFY(tab);
    const QSizeF page(595, 842); // A4, in points
    QImage paper(page.toSize() + QSize(40, 40), QImage::Format_RGB32);
    paper.fill(Qt::white);
    QPainter painter(&paper);
    painter.translate(20, 20);
    ui::paintDiagramPage(&painter, page, tab->canvas().graph(), tab->canvas().layout(),
                         tab->canvas().metrics());
    painter.end();
    QRect ink;
    for (int y = 0; y < paper.height(); ++y) {
        for (int x = 0; x < paper.width(); ++x) {
            if (paper.pixel(x, y) != qRgb(255, 255, 255))
                ink |= QRect(x, y, 1, 1);
        }
    }
    QVERIFY(QRect(QPoint(19, 19), page.toSize() + QSize(2, 2)).contains(ink));
    QVERIFY(ink.width() > page.width() / 2); // as large as the page lets it be
}

void TestRelationsTab::saysThatThereIsNoPrinter()
{
    RelationsTab *tab = open("public");
    QVERIFY(tab);
    QSignalSpy said(tab, &RelationsTab::said);
    QVERIFY(m_studio->window().findChild<QAction *>(u"action.file.print"_s)->isEnabled());
    m_studio->trigger(u"file.print"_s);
    QTRY_COMPARE_WITH_TIMEOUT(said.count(), 1, 30'000);
    QCOMPARE(said.first().at(1).toString(), u"There is no printer."_s);
    m_studio->window().openRelation(oid("invoices"));
    QVERIFY(!m_studio->window().findChild<QAction *>(u"action.file.print"_s)->isEnabled());
}

void TestRelationsTab::drawingAndListGoTogether()
{
    RelationsTab *tab = open("public", "plans");
    QVERIFY(tab);
    QCOMPARE(tab->list().currentTable(), oid("plans"));
    tab->setCurrentTable(oid("users"));
    QCOMPARE(tab->list().currentTable(), oid("users"));
    tab->showList(true);
    QVERIFY(tab->list().isVisible() && !tab->canvas().isVisible());
    tab->list().setCurrentTable(oid("invoices"));
    QCOMPARE(tab->currentTable(), oid("invoices"));
    tab->showList(false);
    QVERIFY(tab->canvas().isVisible());
    QCOMPARE(tab->canvas().graph().tables[std::size_t(tab->canvas().current())].relation,
             oid("invoices"));
}

void TestRelationsTab::listCopies()
{
    RelationsTab *tab = open("public", "payments");
    QVERIFY(tab);
    tab->showList(true);
    const QModelIndex index = tab->list().currentIndex();
    QVERIFY(index.data(Qt::AccessibleTextRole).toString().contains(u"references 1"_s));
    tab->list().setExpanded(index, false);
    QTest::keyClick(&tab->list(), Qt::Key_C, Qt::ControlModifier);
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.startsWith(u"public.payments\n  invoice_id → invoices.id, many to one"_s),
             qPrintable(copied));
    const QModelIndex child = tab->list().model()->index(0, 0, index);
    QVERIFY(child.data(Qt::AccessibleTextRole).toString().contains(u"constraint"_s));
}

void TestRelationsTab::findsTables()
{
    RelationsTab *tab = open("public");
    QVERIFY(tab);
    m_studio->trigger(u"edit.find"_s);
    auto *field = m_studio->find<QLineEdit>(u"relations.findField"_s);
    QTRY_VERIFY(field && field->hasFocus());
    QTest::keyClicks(field, u"webhook"_s);
    const auto name = [tab] {
        return tab->canvas().graph().tables[std::size_t(tab->canvas().current())].name;
    };
    const QString first = name();
    QVERIFY(first.startsWith(u"webhook"_s));
    m_studio->trigger(u"edit.findNext"_s);
    QVERIFY(name() != first && name().startsWith(u"webhook"_s));
    m_studio->trigger(u"edit.findPrevious"_s);
    QCOMPARE(name(), first);
    QTest::keyClick(field, Qt::Key_Escape); // clears the field first
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
    QVERIFY(tab->canvas().hasFocus());
}

void TestRelationsTab::choiceAndPlacesAreKept()
{
    RelationsTab *tab = open("public", "invoices");
    QVERIFY(tab);
    const std::size_t all = tab->canvas().graph().tables.size();
    const QPointF before =
        tab->canvas().layout().cards[std::size_t(tab->canvas().current())].topLeft();
    QTest::keyClick(&tab->canvas(), Qt::Key_Down, Qt::ShiftModifier);
    click(u"relations.tables"_s);
    auto *chooser = m_studio->find<ui::TableChooser>(u"tableChooser"_s);
    QVERIFY(chooser);
    QCOMPARE(chooser->chosen().size(), qsizetype(all));
    auto *filter = chooser->findChild<QLineEdit *>(u"tableChooser.filter"_s);
    QTest::keyClicks(filter, u"import_log"_s);
    click(u"tableChooser.none"_s);
    QCOMPARE(chooser->chosen().size(), qsizetype(all) - 1);
    click(u"tableChooser.show"_s);
    QTRY_COMPARE(tab->canvas().graph().tables.size(), all - 1);
    QVERIFY(tab->isSettled());
    m_studio->window().documents().close(tab);
    tab = open("public", "invoices");
    QVERIFY(tab);
    QCOMPARE(tab->canvas().graph().tables.size(), all - 1);
    const core::DiagramStore store(m_studio->home().folder());
    const auto kept = store.read(m_studio->window().currentDatabase()->name(), u"public"_s);
    QVERIFY(kept && kept->cards.contains(u"public.invoices"_s));
    QCOMPARE(kept->cards[u"public.invoices"_s].y(), before.y() + 16);
    QCOMPARE(tab->canvas().layout().cards[std::size_t(tab->canvas().current())].topLeft(),
             kept->cards[u"public.invoices"_s]);
}

void TestRelationsTab::schemaWithoutTables()
{
    RelationsTab *tab = open("empty");
    QVERIFY(tab);
    QCOMPARE(stateOf(tab), u"Empty"_s);
}

void TestRelationsTab::schemaGoesAway()
{
    RelationsTab *tab = open("going");
    QVERIFY(tab);
    QCOMPARE(tab->title(), u"Relations in going"_s);
    QCOMPARE(stateOf(tab), QString());
    m_database->exec("DROP SCHEMA going CASCADE");
    tab->refresh();
    QTRY_COMPARE(stateOf(tab), u"Empty"_s);
    m_database->exec("CREATE SCHEMA going; CREATE TABLE going.t (id int)");
    tab->refresh();
    QTRY_COMPARE(stateOf(tab), QString());
}

void TestRelationsTab::hostileNames()
{
    RelationsTab *tab = open(test::hostileSchemaName().toUtf8());
    QVERIFY(tab);
    QVERIFY(!tab->canvas().graph().tables.empty());
    QVERIFY(tab->file(ui::DiagramFormat::Svg).contains("<svg"));
    tab->showList(true);
    QVERIFY(tab->list().isVisible());
    QVERIFY(!m_studio->window().grab().isNull());
}

void TestRelationsTab::tooManyTables()
{
    RelationsTab *tab = open("many");
    QVERIFY(tab);
    QCOMPARE(stateOf(tab), u"Empty"_s);
    tab->chooseTables();
    auto *chooser = m_studio->find<ui::TableChooser>(u"tableChooser"_s);
    QVERIFY(chooser);
    QCOMPARE(chooser->chosen().size(), 0);
    QVERIFY(!chooser->findChild<QAbstractButton *>(u"tableChooser.show"_s)->isEnabled());
    click(u"tableChooser.all"_s);
    click(u"tableChooser.show"_s);
    QTRY_COMPARE_WITH_TIMEOUT(tab->canvas().graph().tables.size(), 310U, 60'000);
}

void TestRelationsTab::tabIsRestored()
{
    RelationsTab *tab = open("public");
    QVERIFY(tab);
    const QString key = tab->key();
    m_studio->trigger(u"file.closeTab"_s);
    QVERIFY(!current());
    m_studio->trigger(u"file.reopenTab"_s);
    QVERIFY(current());
    QCOMPARE(current()->key(), key);
    QTRY_VERIFY(current()->isSettled());
}

void TestRelationsTab::databaseCloses()
{
    RelationsTab *tab = open("public");
    QVERIFY(tab);
    tab->detachDatabase();
    QVERIFY(!tab->database());
    QVERIFY(tab->canvas().isVisible()); // what is drawn stays
    tab->refresh();
    QTest::keyClick(&tab->canvas(), Qt::Key_Right);
    QTest::keyClick(&tab->canvas(), Qt::Key_Return);
    QCOMPARE(current(), tab);
}

QTEST_MAIN(TestRelationsTab)
#include "tst_relationstab.moc"
