// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/gridview.h"

#include <QAccessible>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::GridView;

namespace {

QStringList events; // what a screen reader would hear, in order

void record(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Focus) {
        if (QAccessibleInterface *focused = event->accessibleInterface())
            events.append(focused->text(QAccessible::Name));
    } else if (event->type() == QAccessible::TableModelChanged) {
        events.append(u"reset"_s);
    }
}

} // namespace

class TestGridAccessible : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void tableIsTheWindow();
    void rowsBeyond32Bits();
    void keysAreHeard();
    void statesOfCells();
    void specialValues();
    void pressMovesThere();
    void childAtAPoint();
    void cellsGoWhenScrolledOut();
    void noRows();

private:
    static QAccessibleInterface *table(GridView &view)
    {
        return QAccessible::queryAccessibleInterface(&view);
    }
    static void show(GridView &view)
    {
        view.resize(700, 400);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.setFocus();
    }
    QAccessible::UpdateHandler m_before = nullptr;
};

void TestGridAccessible::init()
{
    QAccessible::setActive(true);
    m_before = QAccessible::installUpdateHandler(record);
    events.clear();
}

void TestGridAccessible::cleanup()
{
    QAccessible::installUpdateHandler(m_before);
}

void TestGridAccessible::tableIsTheWindow()
{
    GridView view;
    view.setSource(SyntheticSource::plain(5'000'000'000, 6, &view));
    show(view);
    QAccessibleInterface *grid = table(view);
    QCOMPARE(grid->role(), QAccessible::Table);
    QAccessibleTableInterface *cells = grid->tableInterface();
    QVERIFY(cells);
    QCOMPARE(cells->rowCount(), int(view.visibleRows().count));
    QCOMPARE(cells->columnCount(), 6);
    QCOMPARE(grid->childCount(), cells->rowCount() * 6);
    QCOMPARE(cells->columnDescription(3), u"c3"_s);
    QAccessibleInterface *cell = cells->cellAt(2, 3);
    QCOMPARE(cell->role(), QAccessible::Cell);
    QCOMPARE(cell->text(QAccessible::Name), u"r2c3, c3, row 3"_s);
    QCOMPARE(grid->indexOfChild(cell), 2 * 6 + 3);
    QCOMPARE(grid->child(2 * 6 + 3), cell);
    QCOMPARE(cell->parent(), grid);
    QVERIFY(!cells->cellAt(0, 6));
    QVERIFY(!cells->cellAt(-1, 0));
    QVERIFY(!grid->child(grid->childCount()));
}

void TestGridAccessible::rowsBeyond32Bits()
{
    GridView view;
    view.setSource(SyntheticSource::plain(5'000'000'000, 6, &view));
    show(view);
    view.setCurrent(4'999'999'999, 1);
    QAccessibleInterface *cell = table(view)->focusChild();
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), u"r4999999999c1, c1, row 5000000000"_s);
    const int row = cell->tableCellInterface()->rowIndex();
    QCOMPARE(row, int(view.visibleRows().count) - 1);
    QCOMPARE(table(view)->tableInterface()->rowDescription(row), u"row 5000000000"_s);
    const auto attributes = cell->attributesInterface()
                                ->attributeValue(QAccessible::Attribute::Custom)
                                .value<QHash<QString, QString>>();
    QCOMPARE(attributes.value(u"rowindex"_s), u"5000000000"_s);
    QVERIFY(table(view)->text(QAccessible::Description).contains(u"5,000,000,000"_s));
}

void TestGridAccessible::keysAreHeard()
{
    GridView view;
    view.setSource(SyntheticSource::plain(5'000'000'000, 6, &view));
    show(view);
    view.setCurrent(0, 0);
    events.clear();
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Right);
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(events, (QStringList{u"r1c0, c0, row 2"_s, u"r1c1, c1, row 2"_s, u"reset"_s,
                                  u"r4999999999c5, c5, row 5000000000"_s}));
}

void TestGridAccessible::statesOfCells()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100, 6, &view));
    show(view);
    view.setCurrent(1, 1);
    view.setCurrent(2, 2, GridView::Extend::Yes);
    QAccessibleTableInterface *cells = table(view)->tableInterface();
    QVERIFY(cells->cellAt(2, 2)->state().focused);
    QVERIFY(cells->cellAt(2, 2)->state().active);
    QVERIFY(cells->cellAt(1, 1)->state().selected);
    QVERIFY(!cells->cellAt(1, 1)->state().focused);
    QVERIFY(!cells->cellAt(3, 1)->state().selected);
    QCOMPARE(cells->selectedCellCount(), 4);
    QCOMPARE(cells->selectedCells().size(), 4);
    QCOMPARE(cells->selectedRows(), (QList<int>{1, 2}));
    QVERIFY(cells->selectedColumns().isEmpty());
    view.selectAll();
    QCOMPARE(cells->selectedColumns().size(), 6);
    QVERIFY(cells->selectRow(4));
    QCOMPARE(view.selection().firstRow, 4);
    QVERIFY(cells->isRowSelected(4));
}

void TestGridAccessible::specialValues()
{
    GridView view;
    core::Columns columns(1);
    columns[0].name = u"note"_s;
    view.setSource(new SyntheticSource(
        columns, 4,
        [](qint64 row, int, QByteArray &store) {
            store = row == 1 ? QByteArray() : QByteArray("a\xe2\x80\xae");
            return row == 0   ? SyntheticSource::null()
                   : row == 3 ? core::Cell{}
                              : SyntheticSource::present(store);
        },
        &view));
    show(view);
    QAccessibleTableInterface *cells = table(view)->tableInterface();
    QCOMPARE(cells->cellAt(0, 0)->text(QAccessible::Value), u"NULL"_s);
    QCOMPARE(cells->cellAt(1, 0)->text(QAccessible::Value), u"empty text"_s);
    QCOMPARE(cells->cellAt(2, 0)->text(QAccessible::Value), u"aU+202E"_s);
    QCOMPARE(cells->cellAt(3, 0)->text(QAccessible::Value), u"not loaded"_s);
}

void TestGridAccessible::pressMovesThere()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100, 6, &view));
    show(view);
    QAccessibleInterface *cell = table(view)->tableInterface()->cellAt(3, 2);
    cell->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(view.currentRow(), 3);
    QCOMPARE(view.currentColumn(), 2);
}

void TestGridAccessible::childAtAPoint()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100, 6, &view));
    show(view);
    const QPoint at = view.viewport()->mapToGlobal(view.cellRect(5, 1).center());
    QAccessibleInterface *cell = table(view)->childAt(at.x(), at.y());
    QVERIFY(cell);
    QCOMPARE(cell->text(QAccessible::Name), u"r5c1, c1, row 6"_s);
    QVERIFY(cell->rect().contains(at));
}

void TestGridAccessible::cellsGoWhenScrolledOut()
{
    GridView view;
    view.setSource(SyntheticSource::plain(1'000'000, 6, &view));
    show(view);
    const QAccessible::Id id = QAccessible::uniqueId(table(view)->tableInterface()->cellAt(0, 0));
    QVERIFY(QAccessible::accessibleInterface(id));
    view.scrollToRow(500'000);
    QVERIFY(!QAccessible::accessibleInterface(id));
    const qint64 first = view.visibleRows().first;
    QCOMPARE(table(view)->tableInterface()->cellAt(0, 0)->text(QAccessible::Name),
             u"r%1c0, c0, row %2"_s.arg(first).arg(first + 1));
}

void TestGridAccessible::noRows()
{
    GridView view;
    show(view);
    QCOMPARE(table(view)->childCount(), 0);
    QVERIFY(!table(view)->focusChild());
    view.setSource(SyntheticSource::plain(0, 3, &view));
    QCOMPARE(table(view)->childCount(), 0);
    QVERIFY(!table(view)->childAt(10, 10));
    view.setSource(SyntheticSource::plain(5, 0, &view));
    QCOMPARE(table(view)->childCount(), 0);
}

QTEST_MAIN(TestGridAccessible)
#include "tst_gridaccessible.moc"
