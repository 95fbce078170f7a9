// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/menu.h"
#include "ui/common/tabbar.h"
#include "ui/common/themecontroller.h"
#include "ui/common/treedelegate.h"
#include "ui/common/viewbar.h"

#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QHelpEvent>
#include <QLabel>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTest>
#include <QToolTip>
#include <QTreeView>

using namespace Qt::StringLiterals;
using ui::Button;
using ui::TreeDelegate;

namespace {

QWidget *shown(QWidget *widget)
{
    widget->show();
    widget->activateWindow();
    return QTest::qWaitForWindowActive(widget) ? widget : nullptr;
}

QString nameOf(QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

QStandardItem *entry(const QString &name, const QString &fact)
{
    auto *item = new QStandardItem(name);
    item->setData(u"table"_s, TreeDelegate::IconNameRole);
    item->setData(fact, TreeDelegate::FactRole);
    return item;
}

bool contains(const QImage &image, const QRect &area, const QColor &color)
{
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            if (image.pixelColor(x, y) == color)
                return true;
        }
    }
    return false;
}

} // namespace

// Bars, tabs, menus, docks and their trees.
class TestBars : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_controller = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_controller.reset(); }
    void viewBarGivesWayInOrder();
    void viewBarKeepsThePrimary();
    void viewBarLeadingGivesWay();
    void viewBarMirrors();
    void tabBarAsksToClose();
    void tabBarKeepsStatesWithTheirTabs();
    void menuShowsWhyNot();
    void dockTitleClosesItsDock();
    void treeRowsFollowTheLook();
    void treeMarksTheCurrentObject_data();
    void treeMarksTheCurrentObject();
    void treeTellsAnElidedName();

private:
    std::unique_ptr<ui::ThemeController> m_controller;
};

void TestBars::viewBarGivesWayInOrder()
{
    ui::ViewBar bar;
    bar.setName(u"public.invoices"_s);
    bar.setFact(u"newest first by id"_s);
    Button *filter = bar.addButton(u"filter"_s, u"Filter"_s);
    Button *sort = bar.addButton(u"sort"_s, u"Sort"_s);
    Button *columns = bar.addButton(u"columns"_s, u"Columns"_s);
    Button *refresh = bar.addIconButton(u"refresh"_s, u"Refresh"_s);
    bar.resize(bar.sizeHint().width() + 80, 40);
    QVERIFY(shown(&bar));
    const QList<QLabel *> labels = bar.findChildren<QLabel *>();
    QLabel *fact = labels.last();
    QCOMPARE(fact->text(), u"newest first by id"_s);
    QVERIFY(fact->isVisible());
    QVERIFY(!filter->wordsHidden() && !columns->wordsHidden());
    int width = bar.width();
    while (fact->isVisible() && width > 0)
        bar.resize(--width, 40);
    QVERIFY(!columns->wordsHidden()); // the fact went first
    while (!columns->wordsHidden() && width > 0)
        bar.resize(--width, 40);
    QVERIFY(!filter->wordsHidden() && !sort->wordsHidden());
    while (refresh->isVisible() && width > 0)
        bar.resize(--width, 40);
    QVERIFY(filter->wordsHidden() && sort->wordsHidden());
    QVERIFY(filter->isVisible());
    bar.resize(1200, 40);
    QVERIFY(refresh->isVisible() && fact->isVisible() && !filter->wordsHidden());
}

void TestBars::viewBarKeepsThePrimary()
{
    ui::ViewBar bar;
    bar.setName(u"Migrations"_s);
    Button *refresh = bar.addButton(u"refresh"_s, u"Refresh"_s);
    Button *apply = bar.addPrimary({}, u"Apply 2 pending…"_s);
    Button *hidden = bar.addButton(u"filter"_s, u"Filter"_s);
    hidden->hide();
    bar.resize(240, 40);
    QVERIFY(shown(&bar));
    QVERIFY(apply->isVisible());
    QCOMPARE(apply->width(), apply->fullWidth());
    QVERIFY(apply->geometry().right() <= bar.width() - 12);
    QVERIFY(!hidden->isVisible());
    bar.resize(900, 40);
    QVERIFY(refresh->isVisible() && !refresh->wordsHidden());
    QVERIFY(!hidden->isVisible());
}

void TestBars::viewBarLeadingGivesWay()
{
    ui::ViewBar bar;
    auto *run = new Button(u"run"_s, u"Run"_s, Button::Kind::Primary);
    auto *endpoint = new Button(u"direct"_s, u"Direct"_s, Button::Kind::Flat);
    endpoint->setFact(u"nothing suggests a pooler"_s);
    bar.addLeadingWidget(run);
    bar.addLeadingWidget(endpoint);
    auto *chip = new QLabel(u"Open: 12 statements"_s);
    auto *kept = new QLabel(u"Kept 6 s ago"_s);
    bar.addWidget(chip);
    bar.addOptionalWidget(kept);
    bar.resize(bar.sizeHint().width(), 40);
    QVERIFY(shown(&bar));
    QVERIFY(!endpoint->wordsHidden() && kept->isVisible());
    int width = bar.width();
    const auto overlaps = [&] {
        return endpoint->geometry().intersects(chip->geometry())
               || run->geometry().intersects(endpoint->geometry());
    };
    while (!endpoint->wordsHidden() && width > 0) {
        bar.resize(--width, 40);
        QVERIFY2(!overlaps(), qPrintable(QString::number(width)));
    }
    QVERIFY(kept->isVisible());
    while (kept->isVisible() && width > 0) {
        bar.resize(--width, 40);
        QVERIFY2(!overlaps(), qPrintable(QString::number(width)));
    }
    QVERIFY(run->isVisible() && !run->wordsHidden() && chip->isVisible());
    bar.resize(1200, 40);
    QVERIFY(!endpoint->wordsHidden() && kept->isVisible());
}

void TestBars::viewBarMirrors()
{
    ui::ViewBar bar;
    bar.setLayoutDirection(Qt::RightToLeft);
    bar.setName(u"public.invoices"_s);
    Button *button = bar.addButton(u"filter"_s, u"Filter"_s);
    bar.resize(600, 40);
    QVERIFY(shown(&bar));
    QVERIFY(button->geometry().left() < 100);
    QVERIFY(bar.findChildren<QLabel *>().first()->geometry().right() > 500);
}

void TestBars::tabBarAsksToClose()
{
    ui::TabBar bar;
    bar.addTab(u"invoices"_s);
    bar.addTab(u"organisations"_s);
    bar.resize(600, 36);
    QVERIFY(shown(&bar));
    QCOMPARE(bar.tabRect(0).height(), 36);
    QSignalSpy closes(&bar, &ui::TabBar::closeWanted);
    QTest::mouseClick(&bar, Qt::MiddleButton, {}, bar.tabRect(1).center());
    QCOMPARE(closes.count(), 1);
    QCOMPARE(closes.takeFirst().first().toInt(), 1);
    QCOMPARE(bar.currentIndex(), 0);
    const QPoint cross(bar.tabRect(0).right() - 18, bar.tabRect(0).center().y());
    QTest::mouseClick(&bar, Qt::LeftButton, {}, cross);
    QCOMPARE(closes.count(), 1);
    QCOMPARE(closes.takeFirst().first().toInt(), 0);
    // Pressed on the cross and let go beside it: nothing.
    QTest::mousePress(&bar, Qt::LeftButton, {}, cross);
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, bar.tabRect(0).center());
    QCOMPARE(closes.count(), 0);
}

void TestBars::tabBarKeepsStatesWithTheirTabs()
{
    ui::TabBar bar;
    bar.addTab(u"a"_s);
    bar.addTab(u"b"_s);
    bar.addTab(u"c"_s);
    bar.setTabUnsaved(1, true);
    bar.setTabFact(2, u"12 rows"_s);
    bar.moveTab(1, 0);
    QVERIFY(bar.isTabUnsaved(0));
    QVERIFY(!bar.isTabUnsaved(1));
    bar.removeTab(0);
    QCOMPARE(bar.tabFact(1), u"12 rows"_s);
    bar.insertTab(0, u"d"_s);
    QCOMPARE(bar.tabFact(2), u"12 rows"_s);
    const int width = bar.tabRect(0).width();
    bar.setTabText(0, QString(200, u'x'));
    QVERIFY(bar.tabRect(0).width() > width);
    QVERIFY(bar.tabRect(0).width() < 320);
}

void TestBars::menuShowsWhyNot()
{
    ui::Menu menu;
    QAction *drop = menu.addAction(u"Drop table…"_s);
    const int height = menu.actionGeometry(drop).height();
    QCOMPARE(height, 28);
    ui::Menu::setReason(drop, u"Read-only is on"_s);
    ui::Menu other;
    other.addAction(drop);
    QCOMPARE(other.actionGeometry(drop).height(), height); // it can be chosen: no reason
    drop->setEnabled(false);
    QVERIFY(other.actionGeometry(drop).height() > height);
    QCOMPARE(ui::Menu::reason(drop), u"Read-only is on"_s);
}

void TestBars::dockTitleClosesItsDock()
{
    QDockWidget dock;
    auto *title = new ui::DockTitle(u"Inspector"_s, &dock);
    dock.setTitleBarWidget(title);
    Button *close = title->addCloseButton();
    QVERIFY(shown(&dock));
    QCOMPARE(title->height(), 36);
    QCOMPARE(nameOf(close), u"Close"_s);
    QTest::mouseClick(close, Qt::LeftButton);
    QVERIFY(!dock.isVisible());
}

void TestBars::treeRowsFollowTheLook()
{
    QStandardItemModel model;
    model.appendRow(entry(u"invoices"_s, u"≈ 48.2 M"_s));
    QTreeView tree;
    tree.setModel(&model);
    TreeDelegate::dress(&tree);
    tree.resize(248, 200);
    QVERIFY(shown(&tree));
    QCOMPARE(tree.visualRect(model.index(0, 0)).height(), 26);
    QCOMPARE(tree.frameShape(), QFrame::NoFrame);
    QVERIFY(tree.isHeaderHidden());
}

void TestBars::treeMarksTheCurrentObject_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void TestBars::treeMarksTheCurrentObject()
{
    QFETCH(Qt::LayoutDirection, direction);
    QStandardItemModel model;
    model.appendRow(entry(u"events"_s, u"≈ 214 M"_s));
    model.appendRow(entry(u"invoices"_s, u"≈ 48.2 M"_s));
    model.item(1)->setData(true, TreeDelegate::CurrentRole);
    QTreeView tree;
    tree.setLayoutDirection(direction);
    tree.setModel(&model);
    TreeDelegate::dress(&tree);
    tree.resize(248, 200);
    QVERIFY(shown(&tree));
    const QImage image = tree.viewport()->grab().toImage();
    const int width = tree.viewport()->width();
    const auto marker = [&](int row) {
        const QRect rect = tree.visualRect(model.index(row, 0));
        const int x = direction == Qt::LeftToRight ? 0 : width - 2;
        return contains(image, QRect(x, rect.top() + 6, 2, 8), m_controller->current().accent);
    };
    QVERIFY(!marker(0));
    QVERIFY(marker(1)); // whether or not the tree has the focus
}

void TestBars::treeTellsAnElidedName()
{
    const QString longName = u"webhook_deliveries_2026_archive<b>of the east</b>"_s;
    QStandardItemModel model;
    model.appendRow(entry(longName, u"≈ 9.4 M"_s));
    model.appendRow(entry(u"plans"_s, u"12"_s));
    QTreeView tree;
    tree.setModel(&model);
    TreeDelegate::dress(&tree);
    tree.resize(220, 200);
    QVERIFY(shown(&tree));
    const auto ask = [&tree, &model](int row) {
        const QPoint pos = tree.visualRect(model.index(row, 0)).center();
        QHelpEvent help(QEvent::ToolTip, pos, tree.viewport()->mapToGlobal(pos));
        QApplication::sendEvent(tree.viewport(), &help);
    };
    ask(0);
    QCOMPARE(QToolTip::text(), longName + u"\n≈ 9.4 M"_s);
    ask(1);
    QTRY_VERIFY(!QToolTip::isVisible());
}

QTEST_MAIN(TestBars)
#include "tst_bars.moc"
