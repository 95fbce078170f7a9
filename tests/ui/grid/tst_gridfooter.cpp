// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/grid/gridfooter.h"
#include "ui/grid/gridview.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using core::RowCount;
using ui::GridFooter;
using ui::GridView;

class TestGridFooter : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void position();
    void selection();
    void counting();
    void copiedIsSaidUntilTheNextMove();
    void rowNamed_data();
    void rowNamed();
    void jumps();
    void jumpThatCannotBe();

private:
    struct Window {
        QWidget widget;
        GridView *grid = new GridView(&widget);
        GridFooter *footer = new GridFooter(*grid, &widget);
        QLineEdit *field = footer->findChild<QLineEdit *>(u"gridFooter.field"_s);
        Window()
        {
            auto *column = new QVBoxLayout(&widget);
            column->addWidget(grid);
            column->addWidget(footer);
            widget.resize(1000, 500);
            widget.show();
        }
        [[nodiscard]] QString text(const char *name) const
        {
            QString text = footer->findChild<QLabel *>(QLatin1StringView(name))->text();
            return text.remove(u'\u2068').remove(u'\u2069');
        }
        [[nodiscard]] QString position() const { return text("gridFooter.position"); }
    };
};

void TestGridFooter::position()
{
    Window window;
    QVERIFY(window.position().isEmpty());
    SyntheticSource *source = invoices::source(1'940'000, window.grid);
    source->setCount({1'940'000, RowCount::Kind::Estimated});
    source->setEstimated(true);
    window.grid->setSource(source);
    window.grid->setCurrent(612'399, 0);
    QCOMPARE(window.position(), u"Row ≈ 612,400 of ≈ 1.94 million"_s);
    QCOMPARE(window.text("gridFooter.order"), u"by id"_s);
    source->setEstimated(false);
    source->setCount({1'938'412, RowCount::Kind::Exact});
    QTRY_COMPARE(window.position(), u"Row 612,400 of 1,938,412"_s);
    source->setCount({1'938'413, RowCount::Kind::Growing});
    QTRY_COMPARE(window.position(), u"Row 612,400 of 1,938,413 so far"_s);
    source->setCount({0, RowCount::Kind::Exact});
    QTRY_COMPARE(window.position(), u"No rows"_s);
}

void TestGridFooter::selection()
{
    Window window;
    window.grid->setSource(invoices::source(1'000, window.grid));
    window.grid->setCurrent(3, 7);
    window.grid->setCurrent(6, 7, GridView::Extend::Yes);
    QCOMPARE(window.position(), u"4 cells of metadata selected"_s);
    window.grid->setCurrent(6, 5, GridView::Extend::Yes);
    QCOMPARE(window.position(), u"4 rows, 3 columns selected"_s);
    window.grid->selectAll();
    QCOMPARE(window.position(), u"1,000 rows, 8 columns selected"_s);
    window.grid->setCurrent(6, 5);
    QCOMPARE(window.position(), u"Row 7 of 1,000"_s);
}

void TestGridFooter::counting()
{
    Window window;
    auto *count = window.footer->findChild<QAbstractButton *>(u"gridFooter.count"_s);
    SyntheticSource *source = invoices::source(1'000, window.grid);
    window.grid->setSource(source);
    QVERIFY(!count->isVisible());
    source->setCount({1'000, RowCount::Kind::Estimated});
    QTRY_VERIFY(count->isVisible());
    QSignalSpy wanted(window.footer, &GridFooter::countWanted);
    QTest::mouseClick(count, Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    window.footer->setCounting(true);
    QVERIFY(!count->isEnabled());
    source->setCount({1'003, RowCount::Kind::Exact});
    window.footer->setCounting(false);
    QTRY_VERIFY(!count->isVisible());
}

void TestGridFooter::copiedIsSaidUntilTheNextMove()
{
    Window window;
    window.grid->setSource(SyntheticSource::plain(1'000, 3, window.grid));
    window.grid->setCurrent(3, 1);
    window.grid->copy();
    QCOMPARE(window.text("gridFooter.order"), u"Copied 1 value."_s);
    window.grid->setCurrent(4, 1);
    QCOMPARE(window.text("gridFooter.order"), u"by id"_s);
}

void TestGridFooter::rowNamed_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<qint64>("row");
    QTest::newRow("first") << u"1"_s << qint64(0);
    QTest::newRow("last") << u"1000000000"_s << qint64(999'999'999);
    QTest::newRow("with separators") << u"612,400"_s << qint64(612'399);
    QTest::newRow("as it is shown") << u"≈ 612,400"_s << qint64(612'399);
    QTest::newRow("spaces") << u" 12 000 "_s << qint64(11'999);
    QTest::newRow("half") << u"50 %"_s << qint64(500'000'000);
    QTest::newRow("fraction of a percent") << u"0.1%"_s << qint64(1'000'000);
    QTest::newRow("all") << u"100%"_s << qint64(999'999'999);
    QTest::newRow("none") << u"0"_s << qint64(-1);
    QTest::newRow("negative") << u"-3"_s << qint64(-1);
    QTest::newRow("beyond") << u"1000000001"_s << qint64(-1);
    QTest::newRow("beyond 64 bits") << u"99999999999999999999"_s << qint64(-1);
    QTest::newRow("more than all") << u"101%"_s << qint64(-1);
    QTest::newRow("words") << u"the end"_s << qint64(-1);
    QTest::newRow("nothing") << QString() << qint64(-1);
}

void TestGridFooter::rowNamed()
{
    QFETCH(const QString, words);
    QTEST(GridFooter::rowNamed(words, 1'000'000'000), "row");
}

void TestGridFooter::jumps()
{
    Window window;
    window.grid->setSource(SyntheticSource::plain(1'000'000'000, 3, window.grid));
    QVERIFY(QTest::qWaitForWindowActive(&window.widget));
    window.grid->setCurrent(0, 2);
    window.footer->openJump();
    QVERIFY(window.field->hasFocus());
    QTest::keyClicks(window.field, u"50 %"_s);
    QTest::keyClick(window.field, Qt::Key_Return);
    QCOMPARE(window.grid->currentRow(), 500'000'000);
    QCOMPARE(window.grid->currentColumn(), 2);
    QVERIFY(window.grid->visibleRows().contains(500'000'000));
    QVERIFY(window.grid->hasFocus());
    QVERIFY(!window.field->isVisible());
}

void TestGridFooter::jumpThatCannotBe()
{
    Window window;
    window.grid->setSource(SyntheticSource::plain(1'000, 3, window.grid));
    QVERIFY(QTest::qWaitForWindowActive(&window.widget));
    window.grid->setCurrent(5, 0);
    window.footer->openJump();
    QTest::keyClicks(window.field, u"5000"_s);
    QTest::keyClick(window.field, Qt::Key_Return);
    QVERIFY(window.field->isVisible());
    QCOMPARE(window.grid->currentRow(), 5);
    QVERIFY(window.text("gridFooter.order").contains(u"no such row"_s));
    QTest::keyClick(window.field, Qt::Key_Escape);
    QVERIFY(!window.field->isVisible());
    QVERIFY(window.grid->hasFocus());
}

QTEST_MAIN(TestGridFooter)
#include "tst_gridfooter.moc"
