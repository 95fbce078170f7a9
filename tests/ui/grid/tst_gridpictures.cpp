// SPDX-License-Identifier: GPL-3.0-or-later
#include "invoices.h"
#include "ui/common/themecontroller.h"
#include "ui/grid/gridview.h"

#include <QApplication>
#include <QDir>
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
    ui::GridView view;
    view.resize(920, 700);
    view.setColumnFacts(invoices::facts());
    SyntheticSource *source = invoices::source(1'940'000, &view);
    view.setSource(source);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.setFocus();
    view.setCurrent(7, 7);
    if (choice == ui::ThemeController::Choice::HighContrast
        || choice == ui::ThemeController::Choice::Dark) {
        view.setCurrent(12, 3);
        view.setCurrent(9, 6, ui::GridView::Extend::Yes);
    }
    view.setHits([](qint64 row, int column) { return column == 1 && row % 10 == 4; });
    const QImage image = view.grab().toImage();
    const QString name = u"grid-%1-%2.png"_s.arg(QString::fromUtf8(QTest::currentDataTag()))
                             .arg(int(view.devicePixelRatioF() * 100));
    QDir().mkpath(qApp->applicationDirPath() + u"/pictures"_s);
    QVERIFY(image.save(qApp->applicationDirPath() + u"/pictures/"_s + name));
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

QTEST_MAIN(TestGridPictures)
#include "tst_gridpictures.moc"
