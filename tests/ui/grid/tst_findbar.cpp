// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/storedsource.h"
#include "syntheticsource.h"
#include "ui/grid/findbar.h"
#include "ui/grid/gridfinder.h"
#include "ui/grid/gridview.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;
using core::CellHit;
using ui::FindBar;
using ui::GridFinder;
using ui::GridView;

class TestFindBar : public QObject
{
    Q_OBJECT

private slots:
    void allOfAStoredResult();
    void resultThatGrows();
    void onlyWhatIsHere();
    void shiftedHits();
    void newSearchDropsTheOld();
    void keys();
    void saysWhatItLookedAt();
    void badExpressionIsShown();
    void hiddenColumnsArePassedOver();
    void closingTakesTheMarksAway();
    void otherSource();

private:
    /// Rows "r<row>" in one column; every seventh holds "needle".
    static core::ChunkPtr chunk(qint64 first, int count)
    {
        core::ChunkBuilder builder(1);
        for (qint64 row = first; row < first + count; ++row)
            builder.append((row % 7 == 3 ? "needle " : "hay ") + QByteArray::number(row));
        return builder.take();
    }
    static std::unique_ptr<core::StoredSource> stored(qint64 rows)
    {
        auto source = std::make_unique<core::StoredSource>(std::make_shared<core::RowStore>());
        core::Columns columns(1);
        columns[0].name = u"text"_s;
        source->setColumns(columns);
        for (qint64 row = 0; row < rows; row += 1'000)
            source->append(chunk(row, 1'000));
        return source;
    }
    struct Window {
        QWidget widget;
        GridView *grid = new GridView(&widget);
        FindBar *bar = new FindBar(*grid, &widget);
        QLineEdit *field = bar->findChild<QLineEdit *>(u"findBar.field"_s);
        Window()
        {
            auto *column = new QVBoxLayout(&widget);
            column->addWidget(bar);
            column->addWidget(grid);
            widget.resize(700, 500);
            widget.show();
        }
        [[nodiscard]] QString text(const char *name) const
        {
            return bar->findChild<QLabel *>(QLatin1StringView(name))->text();
        }
    };
};

void TestFindBar::allOfAStoredResult()
{
    const auto source = stored(120'000);
    source->finish();
    GridFinder finder;
    QVERIFY(finder.start(source.get(), {u"needle"_s}, 50'000));
    QTRY_VERIFY(!finder.isRunning());
    QVERIFY(finder.looksAtAll());
    QCOMPARE(finder.rowsLookedAt(), 120'000);
    QCOMPARE(finder.hits().size(), 120'000U / 7 + 1);
    QCOMPARE(finder.hits().front(), (CellHit{3, 0}));
    QVERIFY(finder.isHit(10, 0));
    QVERIFY(!finder.isHit(11, 0));
    QCOMPARE(finder.next({3, 0}, true), (CellHit{10, 0}));
    QCOMPARE(finder.next({3, 0}, false), finder.hits().back());
    QCOMPARE(finder.next(finder.hits().back(), true), (CellHit{3, 0}));
    QVERIFY(finder.start(source.get(), {u"nothing of the kind"_s}, 0));
    QTRY_VERIFY(!finder.isRunning());
    QVERIFY(finder.hits().empty());
    QVERIFY(!finder.next({0, 0}, true));
}

void TestFindBar::resultThatGrows()
{
    const auto source = stored(2'000);
    GridFinder finder;
    QVERIFY(finder.start(source.get(), {u"needle"_s}, 0));
    QTRY_COMPARE(finder.rowsLookedAt(), 2'000);
    source->append(chunk(2'000, 700));
    QTRY_COMPARE(finder.rowsLookedAt(), 2'700);
    QCOMPARE(finder.hits().size(), 2'700U / 7 + 1);
}

void TestFindBar::onlyWhatIsHere()
{
    const std::unique_ptr<SyntheticSource> source(
        SyntheticSource::plain(1'000'000'000, 2, nullptr));
    source->setLazy(true);
    source->want({5'000'000, 300});
    QSignalSpy arrived(source.get(), &core::RowSource::rowsArrived);
    QVERIFY(arrived.wait());
    GridFinder finder;
    QVERIFY(finder.start(source.get(), {u"r5000100c"_s}, 5'000'050));
    QTRY_VERIFY(!finder.isRunning());
    QVERIFY(!finder.looksAtAll());
    QCOMPARE(finder.rowsLookedAt(), 300);
    QCOMPARE(finder.hits(), (std::vector<CellHit>{{5'000'100, 0}, {5'000'100, 1}}));
    // It asked nothing of the server.
    QCOMPARE(source->wishes().size(), 1U);
}

void TestFindBar::shiftedHits()
{
    const std::unique_ptr<SyntheticSource> source(SyntheticSource::plain(1'000, 1, nullptr));
    GridFinder finder;
    QVERIFY(finder.start(source.get(), {u"r500c"_s}, 0));
    QTRY_COMPARE(finder.hits().size(), 1U);
    source->shift(400, -30);
    QVERIFY(finder.isHit(470, 0));
    QVERIFY(!finder.isHit(500, 0));
}

void TestFindBar::newSearchDropsTheOld()
{
    const auto source = stored(200'000);
    GridFinder finder;
    for (int i = 0; i < 20; ++i)
        QVERIFY(finder.start(source.get(), {u"hay %1"_s.arg(i)}, 0));
    QVERIFY(finder.start(source.get(), {u"needle 199"_s}, 0));
    QTRY_VERIFY(!finder.isRunning());
    for (const CellHit &hit : finder.hits())
        QVERIFY(hit.row % 7 == 3);
    QVERIFY(!finder.hits().empty());
    // And one that is taken away with its source in the midst of it.
    QVERIFY(finder.start(source.get(), {u"hay"_s}, 0));
}

void TestFindBar::keys()
{
    const auto source = stored(1'000);
    Window window;
    window.grid->setSource(source.get());
    QVERIFY(QTest::qWaitForWindowActive(&window.widget));
    window.grid->setCurrent(0, 0);
    QVERIFY(window.bar->isHidden());
    window.bar->open();
    QTRY_VERIFY(window.field->hasFocus());
    QTest::keyClicks(window.field, u"needle"_s);
    QTest::keyClick(window.field, Qt::Key_Return);
    QTRY_COMPARE(window.grid->currentRow(), 3);
    QTest::keyClick(window.field, Qt::Key_F3);
    QCOMPARE(window.grid->currentRow(), 10);
    QTest::keyClick(window.field, Qt::Key_Return);
    QCOMPARE(window.grid->currentRow(), 17);
    QTest::keyClick(window.field, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(window.grid->currentRow(), 10);
    window.bar->findPrevious();
    window.bar->findPrevious();
    QCOMPARE(window.grid->currentRow(), 997);
    QVERIFY(window.grid->visibleRows().contains(997));
    QTest::keyClick(window.field, Qt::Key_Escape);
    QTest::keyClick(window.field, Qt::Key_Escape);
    QVERIFY(window.bar->isHidden());
    QVERIFY(window.grid->hasFocus());
    // F3 without a bar opens it, with the text of before.
    window.bar->findNext();
    QVERIFY(!window.bar->isHidden());
}

void TestFindBar::saysWhatItLookedAt()
{
    const auto source = stored(1'000);
    Window window;
    window.grid->setSource(source.get());
    window.grid->setCurrent(10, 0);
    window.bar->open();
    window.field->setText(u"needle"_s);
    QTRY_COMPARE(window.text("findBar.scope"), u"In all 1,000 rows"_s);
    QCOMPARE(window.text("findBar.count"), u"2 of 143"_s);
    window.grid->setCurrent(11, 0);
    QCOMPARE(window.text("findBar.count"), u"143 matches"_s);
    window.field->setText(u"nowhere"_s);
    QTRY_COMPARE(window.text("findBar.count"), u"No match"_s);
    const std::unique_ptr<SyntheticSource> table(SyntheticSource::plain(1'000'000, 2, nullptr));
    table->setLazy(true);
    window.grid->setSource(table.get());
    QTRY_VERIFY(window.bar->finder().rowsLookedAt() > 5);
    QTRY_VERIFY(window.text("findBar.scope").contains(u"loaded here"_s));
    window.grid->setSource(nullptr);
}

void TestFindBar::badExpressionIsShown()
{
    const auto source = stored(100);
    Window window;
    window.grid->setSource(source.get());
    window.bar->open();
    window.field->setText(u"(hay"_s);
    auto *expression = window.bar->findChild<QAbstractButton *>(u"findBar.expression"_s);
    expression->setChecked(true);
    QVERIFY(!window.bar->finder().isActive());
    QVERIFY(!window.field->toolTip().isEmpty());
    window.field->setText(u"^hay 9\\d$"_s);
    QTRY_COMPARE(window.bar->finder().hits().size(), 9U);
    QVERIFY(window.field->toolTip().isEmpty());
}

void TestFindBar::hiddenColumnsArePassedOver()
{
    const std::unique_ptr<SyntheticSource> source(SyntheticSource::plain(100, 3, nullptr));
    Window window;
    window.grid->setSource(source.get());
    window.grid->setColumnHidden(1, true);
    window.grid->setCurrent(0, 0);
    window.bar->open();
    window.field->setText(u"r5c"_s);
    QTRY_COMPARE(window.bar->finder().hits().size(), 3U);
    window.bar->findNext();
    QCOMPARE(window.grid->currentColumn(), 0);
    window.bar->findNext();
    QCOMPARE(window.grid->currentColumn(), 2);
    window.grid->setSource(nullptr);
}

void TestFindBar::closingTakesTheMarksAway()
{
    const auto source = stored(100);
    Window window;
    window.grid->setSource(source.get());
    QVERIFY(QTest::qWaitForWindowExposed(&window.widget));
    const QImage before = window.grid->viewport()->grab().toImage();
    window.bar->open();
    window.field->setText(u"needle"_s);
    QTRY_VERIFY(!window.bar->finder().hits().empty());
    QVERIFY(window.grid->viewport()->grab().toImage() != before);
    window.bar->close();
    QTRY_COMPARE(window.grid->viewport()->height(), before.height());
    QVERIFY(!window.bar->finder().isActive());
}

void TestFindBar::otherSource()
{
    Window window;
    {
        const auto source = stored(50'000);
        window.grid->setSource(source.get());
        window.bar->open();
        window.field->setText(u"needle"_s);
        QTRY_VERIFY(window.bar->finder().isActive());
    }
    QVERIFY(!window.bar->finder().isActive());
    window.bar->findNext();
    const auto other = stored(100);
    window.grid->setSource(other.get());
    QTRY_COMPARE(window.bar->finder().hits().size(), 143U); // a chunk is 1,000 rows
    window.grid->setSource(nullptr);
}

QTEST_MAIN(TestFindBar)
#include "tst_findbar.moc"
