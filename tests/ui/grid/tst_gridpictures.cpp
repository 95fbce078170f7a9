// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/common/themecontroller.h"
#include "ui/grid/cellinspector.h"
#include "ui/grid/findbar.h"
#include "ui/grid/gridfinder.h"
#include "ui/grid/gridfooter.h"
#include "ui/grid/gridview.h"

#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;

/// Draws the grid in every scheme and direction, keeps the pictures beside the test program for
/// people to look at, and holds what a person would see at once: that there is something on them
/// and that they differ where they must.
class TestGridPictures : public QObject
{
    Q_OBJECT

private slots:
    void picture_data();
    void picture();
};

void TestGridPictures::picture_data()
{
    using Choice = ui::ThemeController::Choice;
    QTest::addColumn<Choice>("choice");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("light") << Choice::Light << Qt::LeftToRight;
    QTest::newRow("dark") << Choice::Dark << Qt::LeftToRight;
    QTest::newRow("contrast") << Choice::HighContrast << Qt::LeftToRight;
    QTest::newRow("right-to-left") << Choice::Light << Qt::RightToLeft;
}

void TestGridPictures::picture()
{
    QFETCH(const ui::ThemeController::Choice, choice);
    QFETCH(const Qt::LayoutDirection, direction);
    ui::ThemeController themes(*qApp, choice);
    QApplication::setLayoutDirection(direction);
    QWidget window;
    auto *view = new ui::GridView(&window);
    auto *bar = new ui::FindBar(*view, &window);
    auto *footer = new ui::GridFooter(*view, &window);
    auto *inspector = new ui::CellInspector(&window);
    inspector->setFixedWidth(272);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(0);
    rows->addWidget(bar);
    rows->addWidget(view, 1);
    rows->addWidget(footer);
    auto *all = new QHBoxLayout(&window);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(rows, 1);
    all->addWidget(inspector);
    window.resize(1200, 700);
    view->setColumnFacts(invoices::facts());
    SyntheticSource *source = invoices::source(1'940'000, &window);
    source->setCount({1'940'000, core::RowCount::Kind::Estimated});
    view->setSource(source);
    footer->setTiming(u"First rows in 21 ms"_s);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    bar->open();
    bar->findChild<QLineEdit *>(u"findBar.field"_s)->setText(u"0441"_s);
    QTRY_VERIFY(!bar->finder().hits().empty() && !bar->finder().isRunning());
    view->setCurrent(7, 7);
    if (choice != ui::ThemeController::Choice::Light)
        view->setCurrent(12, 3, ui::GridView::Extend::Yes);
    view->setFocus();
    inspector->setCell(source, 7, 7);
    const QImage image = window.grab().toImage();
    const QString name = u"grid-%1-%2.png"_s.arg(QString::fromUtf8(QTest::currentDataTag()))
                             .arg(int(window.devicePixelRatioF() * 100));
    QDir().mkpath(qApp->applicationDirPath() + u"/pictures"_s);
    QVERIFY(image.save(qApp->applicationDirPath() + u"/pictures/"_s + name));
    // What a person would see at once: rows are drawn, and the current one is unlike its
    // neighbours.
    const auto row = [&](qint64 number) {
        const QRect cell = view->cellRect(number, 0);
        const QRect band(view->viewport()->mapTo(&window, QPoint(0, cell.top())),
                         QSize(view->viewport()->width(), cell.height()));
        const qreal ratio = image.devicePixelRatio();
        return image.copy(QRect(band.topLeft() * ratio, band.size() * ratio));
    };
    QVERIFY(row(2) != row(3));
    QVERIFY(row(view->currentRow()).pixel(3, 3) != row(2).pixel(3, 3));
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

QTEST_MAIN(TestGridPictures)
#include "tst_gridpictures.moc"
