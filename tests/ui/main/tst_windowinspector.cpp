// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/editor/editortab.h"
#include "ui/grid/columnpage.h"
#include "ui/grid/gridview.h"
#include "ui/grid/inspector.h"
#include "ui/grid/rowform.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/paneldocks.h"
#include "ui/main/resultspanel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using test::Studio;
using ui::Inspector;

/// The inspector of the window over tables of a server: what it knows, and that it moves the grid.
class TestWindowInspector : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup() { m_studio.reset(); }
    void rowFollowsTheGrid();
    void fieldsMoveTheGrid();
    void columnFacts();
    void factsOfAResult();
    void referencesOpen();

private:
    [[nodiscard]] ui::TableTab *open(const QByteArray &name) const;
    [[nodiscard]] Inspector &inspector() const { return m_studio->window().panels().inspector(); }
    [[nodiscard]] QStringList facts() const
    {
        return inspector().findChild<ui::ColumnPage *>()->facts();
    }
    [[nodiscard]] QString rowName() const
    {
        return inspector().findChild<QLabel *>(u"inspector.rowName"_s)->text();
    }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<Studio> m_studio;
};

void TestWindowInspector::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec(
        "CREATE TABLE organisations (id int PRIMARY KEY, name text NOT NULL);"
        "CREATE TABLE invoices (id int PRIMARY KEY, organisation_id int NOT NULL"
        " REFERENCES organisations, state text NOT NULL DEFAULT 'draft', note text);"
        "CREATE INDEX invoices_by_state ON invoices USING hash (state);"
        "COMMENT ON COLUMN invoices.state IS 'Where <b>it</b> stands.';"
        "INSERT INTO organisations VALUES (7, 'Northwind');"
        "INSERT INTO invoices SELECT i, 7, 'paid', 'n' || i FROM generate_series(101, 110) i;"
        "ANALYZE");
}

void TestWindowInspector::init()
{
    m_studio = std::make_unique<Studio>();
    QVERIFY(m_studio->home().write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8()));
    QVERIFY(m_studio->present() && m_studio->openTrusted());
}

ui::TableTab *TestWindowInspector::open(const QByteArray &name) const
{
    const QByteArray oid = m_database->value("select '" + name + "'::regclass::oid");
    m_studio->window().openRelation(core::Oid{oid.toUInt()});
    auto *tab = qobject_cast<ui::TableTab *>(m_studio->window().documents().current());
    return tab && QTest::qWaitFor([tab] { return tab->hasRows(); }) ? tab : nullptr;
}

void TestWindowInspector::rowFollowsTheGrid()
{
    ui::TableTab *tab = open("invoices");
    QVERIFY(tab);
    const QAction *after = m_studio->window().actions().action(u"view.rowAfter"_s);
    QVERIFY(!after->isEnabled());
    tab->grid().setCurrent(2, 3);
    tab->grid().setFocus();
    m_studio->trigger(u"view.inspectRow"_s);
    QVERIFY(after->isEnabled());
    auto *form = inspector().findChild<ui::RowForm *>();
    QTRY_VERIFY(form->isVisible());
    QCOMPARE(rowName(), u"\u2068invoices\u2069 \u2068103\u2069"_s);
    QCOMPARE(form->model()->index(3, 0).data(Qt::AccessibleTextRole).toString(),
             u"n103, note, text"_s);
    QTest::keyClick(&tab->grid(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(tab->grid().currentRow(), 3);
    QCOMPARE(rowName(), u"\u2068invoices\u2069 \u2068104\u2069"_s);
    QTest::keyClick(form, Qt::Key_Up, Qt::AltModifier);
    QTest::keyClick(form, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(tab->grid().currentRow(), 1);
    QCOMPARE(rowName(), u"\u2068invoices\u2069 \u2068102\u2069"_s);
    m_studio->trigger(u"view.inspectCell"_s);
    QVERIFY(!after->isEnabled());
}

void TestWindowInspector::fieldsMoveTheGrid()
{
    ui::TableTab *tab = open("invoices");
    QVERIFY(tab);
    tab->grid().setCurrent(0, 0);
    m_studio->trigger(u"view.inspectRow"_s);
    auto *form = inspector().findChild<ui::RowForm *>();
    form->setFocus();
    QTest::keyClick(form, Qt::Key_End);
    QCOMPARE(tab->grid().currentColumn(), 3);
    QVERIFY(form->hasFocus()); // the keys stay where they are
}

void TestWindowInspector::columnFacts()
{
    ui::TableTab *tab = open("invoices");
    QVERIFY(tab);
    tab->grid().setCurrent(0, 2);
    m_studio->trigger(u"view.inspectColumn"_s);
    QTRY_VERIFY2(facts().contains(u"Default: 'draft'::text"_s), // read on demand
                 qPrintable(facts().join(u'|')));
    QVERIFY(facts().contains(u"Nullable: No"_s));
    QVERIFY(facts().contains(u"Index: invoices_by_state, hash"_s));
    QVERIFY(facts().contains(u"Comment: Where <b>it</b> stands."_s));
    tab->grid().setCurrent(0, 0);
    QVERIFY(facts().contains(u"Key: Primary key"_s));
    QVERIFY(facts().contains(u"Index: invoices_pkey"_s));
    QVERIFY(facts().contains(u"Default: None"_s));
    tab->grid().setCurrent(0, 1);
    QVERIFY(facts().contains(u"Refers to: organisations (id)"_s));
    tab->grid().setCurrent(0, 3);
    QVERIFY(facts().contains(u"Nullable: Yes"_s) && facts().contains(u"Index: None"_s));
}

void TestWindowInspector::factsOfAResult()
{
    ui::EditorTab *editor =
        m_studio->window().newEditor("select i.state, count(*) from invoices i group by 1");
    editor->runAll();
    QTRY_VERIFY(editor->run() && !editor->isRunning());
    m_studio->trigger(u"view.inspectColumn"_s);
    ui::GridView *grid = m_studio->window().panels().results().currentGrid();
    QVERIFY(grid);
    grid->setCurrent(0, 0);
    QTRY_VERIFY(facts().contains(u"Index: invoices_by_state, hash"_s));
    grid->setCurrent(0, 1);
    QCOMPARE(facts().filter(u"no column of a table"_s).size(), 1);
    m_studio->trigger(u"view.inspectRow"_s);
    QCOMPARE(inspector().findChild<ui::RowForm *>()->model()->rowCount(), 2);
}

void TestWindowInspector::referencesOpen()
{
    ui::TableTab *tab = open("organisations");
    QVERIFY(tab);
    tab->grid().setCurrent(0, 0);
    m_studio->trigger(u"view.inspectColumn"_s);
    QTRY_VERIFY(facts().contains(u"Referred to by: invoices (organisation_id)"_s));
    for (auto *link : inspector().findChildren<QAbstractButton *>()) {
        if (link->isVisible() && link->accessibleName().contains(u"organisation_id"_s))
            QTest::mouseClick(link, Qt::LeftButton);
    }
    QTRY_COMPARE(m_studio->window().documents().current()->title(), u"invoices"_s);
}

QTEST_MAIN(TestWindowInspector)
#include "tst_windowinspector.moc"
