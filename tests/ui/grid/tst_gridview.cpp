// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/gridview.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::GridRange;
using ui::GridView;

class TestGridView : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();
    void keys_data();
    void keys();
    void keysMirrored();
    void shiftExtends();
    void tabLeaves();
    void selectAllOfABillion();
    void barDragged_data();
    void barDragged();
    void barPagesByRows();
    void wheelMovesRows();
    void costIsThatOfThePage();
    void scrollingPaintsWhatIsNew();
    void shiftedRowsStay();
    void countChanges();
    void lazyRowsAreWanted();
    void mouseSelects();
    void gutterSelectsRows();
    void referenceArrow();
    void hiddenColumnsKeepTheCell();
    void sourceGoesFirst();
    void rowsWithoutColumns();

private:
    static void show(GridView &view, QSize size = {700, 500})
    {
        view.resize(size);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.setFocus();
    }
};

void TestGridView::cleanup()
{
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

void TestGridView::keys_data()
{
    QTest::addColumn<qint64>("rows");
    QTest::newRow("10^3") << qint64(1'000);
    QTest::newRow("10^9") << qint64(1'000'000'000);
    QTest::newRow("10^11") << qint64(100'000'000'000);
}

void TestGridView::keys()
{
    QFETCH(const qint64, rows);
    GridView view;
    view.setSource(SyntheticSource::plain(rows, 30, &view));
    show(view);
    const auto press = [&view](Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(&view, key, modifiers);
        return std::pair(view.currentRow(), view.currentColumn());
    };
    const auto at = [](qint64 row, int column) { return std::pair(row, column); };
    view.setCurrent(0, 0);
    const qint64 page = view.visibleRows().count - 1;
    QCOMPARE(press(Qt::Key_Down), at(1, 0));
    QCOMPARE(press(Qt::Key_Right), at(1, 1));
    QCOMPARE(press(Qt::Key_Up), at(0, 1));
    QCOMPARE(press(Qt::Key_Up), at(0, 1));
    QCOMPARE(press(Qt::Key_Left), at(0, 0));
    QCOMPARE(press(Qt::Key_End), at(0, 29));
    QVERIFY(view.viewport()->rect().contains(view.cellRect(0, 29)));
    QCOMPARE(press(Qt::Key_Home), at(0, 0));
    QCOMPARE(press(Qt::Key_PageDown), at(page, 0));
    QCOMPARE(press(Qt::Key_PageUp), at(0, 0));
    QCOMPARE(press(Qt::Key_End, Qt::ControlModifier), at(rows - 1, 29));
    QVERIFY(view.visibleRows().contains(rows - 1));
    QVERIFY(view.viewport()->rect().contains(view.cellRect(rows - 1, 29)));
    QCOMPARE(press(Qt::Key_Up), at(rows - 2, 29));
    QCOMPARE(press(Qt::Key_Up, Qt::ControlModifier), at(0, 29));
    QCOMPARE(press(Qt::Key_Down, Qt::ControlModifier), at(rows - 1, 29));
    QCOMPARE(press(Qt::Key_Left, Qt::ControlModifier), at(rows - 1, 0));
    QCOMPARE(press(Qt::Key_Right, Qt::ControlModifier), at(rows - 1, 29));
    QCOMPARE(press(Qt::Key_Home, Qt::ControlModifier), at(0, 0));
    QCOMPARE(view.visibleRows().first, 0);
}

void TestGridView::keysMirrored()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    GridView view;
    view.setSource(SyntheticSource::plain(100, 5, &view));
    show(view);
    view.setCurrent(0, 0);
    QTest::keyClick(&view, Qt::Key_Left);
    QCOMPARE(view.currentColumn(), 1);
    QTest::keyClick(&view, Qt::Key_Right);
    QCOMPARE(view.currentColumn(), 0);
    // The first column stands at the right, beside the gutter.
    QVERIFY(view.cellRect(0, 0).left() > view.cellRect(0, 1).left());
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.cellRect(3, 1).center());
    QCOMPARE(view.currentRow(), 3);
    QCOMPARE(view.currentColumn(), 1);
}

void TestGridView::shiftExtends()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100, 5, &view));
    show(view);
    view.setCurrent(2, 1);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(view.selection(), (GridRange{2, 3, 1, 2}));
    QCOMPARE(view.currentRow(), 3);
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(view.selection(), (GridRange{2, 99, 1, 4}));
    QTest::keyClick(&view, Qt::Key_Up);
    QVERIFY(view.selection().isSingleCell());
}

void TestGridView::tabLeaves()
{
    QWidget window;
    auto *view = new GridView(&window);
    auto *other = new GridView(&window);
    view->setSource(SyntheticSource::plain(10, 2, view));
    other->setSource(SyntheticSource::plain(10, 2, other));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    view->setFocus();
    view->setCurrent(0, 0);
    QTest::keyClick(view, Qt::Key_Tab);
    QVERIFY(other->hasFocus());
    // Focus that came by a key is to be seen.
    QVERIFY(other->hasCurrent());
    QCOMPARE(view->currentColumn(), 0);
}

void TestGridView::selectAllOfABillion()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(1'000'000'000, 1'600, &view);
    view.setSource(source);
    show(view);
    QCOMPARE(view.visibleRows().first, 0);
    source->forgetAsked();
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view.selection(), (GridRange{0, 999'999'999, 0, 1'599}));
    QCOMPARE(view.visibleRows().first, 0);
    QVERIFY(source->cellsAsked() < 5'000);
}

void TestGridView::barDragged_data()
{
    keys_data();
}

void TestGridView::barDragged()
{
    QFETCH(const qint64, rows);
    GridView view;
    view.setSource(SyntheticSource::plain(rows, 3, &view));
    show(view);
    QScrollBar *bar = view.verticalScrollBar();
    for (const double share : {0.5, 0.99, 0.001, 1.0, 0.0}) {
        bar->setSliderPosition(int(share * bar->maximum()));
        const double row =
            double(view.visibleRows().first) / double(rows - view.visibleRows().count);
        QVERIFY2(std::abs(row - share) <= 0.005, qPrintable(QString::number(share)));
    }
    QCOMPARE(view.visibleRows().first, 0);
    bar->setSliderPosition(bar->maximum());
    QCOMPARE(view.visibleRows().end(), rows);
    view.scrollToFraction(0.5);
    QVERIFY(std::abs(view.scrollFraction() - 0.5) < 0.01);
}

void TestGridView::barPagesByRows()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100'000'000'000, 3, &view));
    show(view);
    view.scrollToRow(5'000'000'000);
    const qint64 before = view.visibleRows().first;
    const qint64 page = view.visibleRows().count - 1;
    view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderPageStepAdd);
    QCOMPARE(view.visibleRows().first, before + page);
    view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    QCOMPARE(view.visibleRows().first, before + page - 1);
}

void TestGridView::wheelMovesRows()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100'000'000'000, 3, &view));
    show(view);
    view.scrollToRow(7'000'000'000);
    const qint64 before = view.visibleRows().first;
    QWheelEvent step({50, 50}, view.viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, -120},
                     Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &step);
    QCOMPARE(view.visibleRows().first, before + QApplication::wheelScrollLines());
    // A touchpad moves by pixels: two thirds of a row, then one more third.
    const QRect rect = view.cellRect(before + 10, 0);
    QWheelEvent smooth({50, 50}, view.viewport()->mapToGlobal(QPointF(50, 50)), {0, -13}, {0, -26},
                       Qt::NoButton, Qt::NoModifier, Qt::ScrollUpdate, false);
    QApplication::sendEvent(view.viewport(), &smooth);
    QCOMPARE(view.cellRect(before + 10, 0), rect.translated(0, -13));
}

void TestGridView::costIsThatOfThePage()
{
    // Cells asked for by a paint of the whole view do not grow with the table.
    const auto asked = [](qint64 rows) {
        GridView view;
        SyntheticSource *source = SyntheticSource::plain(rows, 1'600, &view);
        view.setSource(source);
        show(view);
        view.scrollToFraction(0.5);
        view.grab();
        source->forgetAsked();
        view.grab();
        return source->cellsAsked();
    };
    const qint64 small = asked(1'000);
    QVERIFY(small > 0);
    QVERIFY(small < 500);
    QVERIFY(std::abs(asked(100'000'000'000) - small) <= small / 10);
}

void TestGridView::scrollingPaintsWhatIsNew()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(1'000'000'000, 6, &view);
    view.setSource(source);
    show(view);
    view.setCurrent(0, 0);
    view.grab();
    const qint64 page = view.visibleRows().count;
    QTRY_VERIFY(source->cellsAsked() >= page * 6);
    source->forgetAsked();
    view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    QTRY_VERIFY(source->cellsAsked() > 0);
    // One new row and the strip it came into, not the page.
    QVERIFY2(source->cellsAsked() <= 4 * 6, qPrintable(QString::number(source->cellsAsked())));
    // And the picture is the one that a whole paint gives.
    const QImage blitted = view.grab().toImage();
    view.viewport()->update();
    QCOMPARE(blitted, view.grab().toImage());
}

void TestGridView::shiftedRowsStay()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(1'000'000, 3, &view);
    view.setSource(source);
    show(view);
    view.scrollToRow(500'000);
    view.setCurrent(500'003, 1);
    const QRect rect = view.cellRect(500'003, 1);
    QSignalSpy moved(&view, &GridView::selectionChanged);
    source->shift(400'000, -1'234);
    QCOMPARE(view.currentRow(), 500'003 - 1'234);
    QCOMPARE(view.cellRect(500'003 - 1'234, 1), rect);
    QCOMPARE(moved.size(), 1);
    // Rows far below the view do not move it.
    source->shift(900'000, 77);
    QCOMPARE(view.cellRect(500'003 - 1'234, 1), rect);
}

void TestGridView::countChanges()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(1'000, 3, &view);
    view.setSource(source);
    show(view);
    QTest::keyClick(&view, Qt::Key_End, Qt::ControlModifier);
    QSignalSpy current(&view, &GridView::currentCellChanged);
    source->setCount({40, core::RowCount::Kind::Exact});
    QTRY_COMPARE(view.visibleRows().end(), 40);
    QCOMPARE(view.currentRow(), 39);
    QCOMPARE(current.size(), 1);
    source->setCount({0, core::RowCount::Kind::Exact});
    QTRY_COMPARE(view.visibleRows().count, 0);
    QVERIFY(!view.hasCurrent());
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(!view.hasCurrent());
    source->setCount({5'000, core::RowCount::Kind::Growing});
    QTRY_VERIFY(view.visibleRows().count > 5);
}

void TestGridView::lazyRowsAreWanted()
{
    GridView view;
    SyntheticSource *source = SyntheticSource::plain(1'000'000, 3, &view);
    source->setLazy(true);
    view.setSource(source);
    show(view);
    QTRY_COMPARE(source->wishes().back(), view.visibleRows());
    QTRY_COMPARE(source->cell(view.visibleRows().first, 0).state, core::Cell::State::Present);
    for (int jump = 1; jump <= 50; ++jump)
        view.scrollToFraction(jump / 51.0);
    QTRY_COMPARE(source->wishes().back(), view.visibleRows());
    // Fifty places were passed in a moment; nobody needs their rows.
    QVERIFY(source->wishes().size() < 20);
}

void TestGridView::mouseSelects()
{
    GridView view;
    view.setSource(SyntheticSource::plain(1'000, 5, &view));
    show(view);
    QSignalSpy activated(&view, &GridView::cellActivated);
    QTest::mousePress(view.viewport(), Qt::LeftButton, {}, view.cellRect(2, 1).center());
    QCOMPARE(view.currentRow(), 2);
    QTest::mouseMove(view.viewport(), view.cellRect(5, 2).center());
    QMouseEvent drag(QEvent::MouseMove, QPointF(view.cellRect(6, 3).center()),
                     view.viewport()->mapToGlobal(QPointF(view.cellRect(6, 3).center())),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(view.viewport(), &drag);
    QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, view.cellRect(6, 3).center());
    QCOMPARE(view.selection(), (GridRange{2, 6, 1, 3}));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      view.cellRect(0, 0).center());
    QCOMPARE(view.selection(), (GridRange{0, 2, 0, 1}));
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, view.cellRect(4, 2).center());
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.at(0).at(0).toLongLong(), 4);
    QCOMPARE(activated.at(0).at(1).toInt(), 2);
}

void TestGridView::gutterSelectsRows()
{
    GridView view;
    view.setSource(SyntheticSource::plain(1'000, 5, &view));
    show(view);
    const int y = view.cellRect(3, 0).center().y();
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {8, y});
    QCOMPARE(view.selection(), (GridRange{3, 3, 0, 4}));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, Qt::ShiftModifier,
                      {8, view.cellRect(6, 0).center().y()});
    QCOMPARE(view.selection(), (GridRange{3, 6, 0, 4}));
}

void TestGridView::referenceArrow()
{
    GridView view;
    view.setColumnFacts(invoices::facts());
    view.setSource(invoices::source(1'000, &view));
    show(view, {1'200, 500});
    QSignalSpy referred(&view, &GridView::referenceActivated);
    view.setCurrent(4, 2);
    QTest::keyClick(&view, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(referred.size(), 1);
    QCOMPARE(referred.at(0).at(1).toInt(), 2);
    const QRect cell = view.cellRect(4, 2);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {cell.right() - 8, cell.center().y()});
    QCOMPARE(referred.size(), 2);
    view.setCurrent(4, 1);
    QTest::keyClick(&view, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(referred.size(), 2);
}

void TestGridView::hiddenColumnsKeepTheCell()
{
    GridView view;
    view.setSource(SyntheticSource::plain(100, 5, &view));
    show(view);
    view.setCurrent(3, 3);
    view.setColumnHidden(1, true);
    QCOMPARE(view.currentColumn(), 3);
    view.moveColumn(0, 3);
    QCOMPARE(view.currentColumn(), 3);
    view.setColumnHidden(3, true);
    QVERIFY(view.currentColumn() != 3);
    for (int column = 0; column < 5; ++column)
        view.setColumnHidden(column, true);
    QVERIFY(!view.hasCurrent());
    view.grab();
}

void TestGridView::sourceGoesFirst()
{
    GridView view;
    show(view);
    {
        const std::unique_ptr<SyntheticSource> source(SyntheticSource::plain(1'000, 5, nullptr));
        view.setSource(source.get());
        view.setCurrent(3, 3);
        view.grab();
    }
    QVERIFY(!view.source());
    QVERIFY(!view.hasCurrent());
    QCOMPARE(view.columns().columnCount(), 0);
    view.grab();
}

void TestGridView::rowsWithoutColumns()
{
    GridView view;
    view.setSource(SyntheticSource::plain(1'000, 0, &view));
    show(view);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {8, 40});
    QVERIFY(!view.hasCurrent());
    view.grab();
}

QTEST_MAIN(TestGridView)
#include "tst_gridview.moc"
