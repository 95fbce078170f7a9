// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of facts: filter, fold, copy, keys.
#include "ui/object/factsection.h"
#include "ui/object/factview.h"

#include "core/catalog/objectinfo.h"
#include "ui/common/button.h"
#include "ui/common/searchfield.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::FactRow;

namespace {

std::vector<ui::FactColumn> columns()
{
    return {{.title = u"Column"_s, .share = 2}, {.title = u"Type"_s, .share = 1}};
}

std::vector<FactRow> rows(int count)
{
    std::vector<FactRow> made;
    for (int i = 0; i < count; ++i)
        made.push_back(
            {.cells = {{.text = u"c%1"_s.arg(i), .note = i % 2 == 0 ? u"nullable"_s : QString()},
                       {.text = i == 3 ? u"two\nlines\tand a tab"_s : u"int4"_s}},
             .target =
                 i == 1 ? core::ObjectId{core::classCatalog, core::Oid{7}} : core::ObjectId{}});
    return made;
}

} // namespace

class TestFactView : public QObject
{
    Q_OBJECT

private slots:
    void filtersAndFolds();
    void copiesRows();
    void opensByKeyAndMouse();
    void foldsInASection();
    void saysWhatIsNotThere();
};

void TestFactView::filtersAndFolds()
{
    ui::FactModel model(columns());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(rows(30));
    QCOMPARE(model.rowCount(), 30);
    model.setFold(8);
    QCOMPARE(model.rowCount(), 8);
    QCOMPARE(model.foldedCount(), 22);
    model.setFilter(u"C2"_s); // c2, c20 … c29
    QCOMPARE(model.rowCount(), 11);
    QCOMPARE(model.foldedCount(), 0);
    model.setFilter(u"nullable"_s);
    QCOMPARE(model.rowCount(), 15);
    model.setFilter(u"nothing like it"_s);
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 8);
    QCOMPARE(model.index(0, 0).data().toString(), u"c0 nullable"_s);
    QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), u"c1, Column"_s);
    QVERIFY(!model.row({}) && !model.cell(model.index(9, 0)));
}

void TestFactView::copiesRows()
{
    ui::FactView view(columns(), nullptr);
    view.facts().setRows(rows(4));
    view.resize(400, 300);
    view.show();
    view.setCurrentIndex(view.facts().index(1, 0));
    QCOMPARE(view.textOfChosen(false), u"c1\tint4"_s);
    view.selectAll();
    QCOMPARE(view.textOfChosen(true),
             u"Column\tType\nc0 nullable\tint4\nc1\tint4\nc2 nullable\tint4\nc3\ttwo lines and a "
             "tab"_s);
    QTest::keySequence(&view, QKeySequence::Copy);
    QCOMPARE(QApplication::clipboard()->text(), view.textOfChosen(false));
    view.clearSelection();
    QVERIFY(view.textOfChosen(false).startsWith(u"c0 nullable"_s));
}

void TestFactView::opensByKeyAndMouse()
{
    ui::FactView view(columns(), nullptr);
    view.facts().setRows(rows(4));
    view.resize(400, 300);
    view.show();
    QSignalSpy opened(&view, &ui::FactView::opened);
    view.setCurrentIndex(view.facts().index(0, 0));
    QTest::keyClick(&view, Qt::Key_Return); // has nothing to open
    QCOMPARE(opened.count(), 0);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.front().front().value<core::ObjectId>().object, core::Oid{7});
    const QPoint place = view.visualRect(view.facts().index(1, 1)).center();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(opened.count(), 2);
}

void TestFactView::foldsInASection()
{
    ui::FactSection section(u"columns"_s, u"Columns"_s, columns(), nullptr);
    section.addFilter(u"Filter columns"_s);
    section.setFold(10, 8, [](int count) { return u"%1 more"_s.arg(count); });
    section.setRows(rows(14), u"14"_s);
    section.show();
    QCOMPARE(section.view().facts().rowCount(), 8);
    auto *all = section.findChild<ui::Button *>(u"object.columns.all"_s);
    QVERIFY(all && all->isVisible());
    auto *filter = section.findChild<ui::SearchField *>(u"object.columns.filter"_s);
    filter->setText(u"c13"_s);
    QCOMPARE(section.view().facts().rowCount(), 1);
    QVERIFY(!all->isVisible());
    filter->clear();
    all->click();
    QCOMPARE(section.view().facts().rowCount(), 14);
    // Read again, it stays open, and the chosen row stays chosen.
    section.view().setCurrentIndex(section.view().facts().index(12, 0));
    section.setRows(rows(14), u"14"_s);
    QCOMPARE(section.view().facts().rowCount(), 14);
    QCOMPARE(section.view().currentIndex().row(), 12);
    section.setRows(rows(10), u"10"_s);
    QCOMPARE(section.view().facts().rowCount(), 10);
    QVERIFY(!all->isVisible());
}

void TestFactView::saysWhatIsNotThere()
{
    ui::FactSection section(u"x"_s, u"Things"_s, columns(), nullptr);
    section.setWords(u"No permission to read this."_s);
    section.show();
    QVERIFY(!section.view().isVisible());
    section.setRows(rows(1), u"1"_s);
    QVERIFY(section.view().isVisible());
}

QTEST_MAIN(TestFactView)
#include "tst_factview.moc"
