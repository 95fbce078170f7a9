// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/connect/envsample.h"
#include "tests/ui/support/tips.h"
#include "ui/common/themecontroller.h"
#include "ui/project/projectdock.h"
#include "ui/project/projectmodel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QMainWindow>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using ui::ProjectDock;
using ui::ProjectModel;

namespace {

const QStringList bothEndpoints{u"DATABASE_URL=postgres://u:s3cr3t@db:6432/d?pgbouncer=true"_s,
                                u"DIRECT_URL=postgres://u:s3cr3t@db/d"_s};

/// The dock in a window, over a project of these lines.
struct Shown {
    QMainWindow window;
    ProjectDock *dock = new ProjectDock(&window);
    QTreeView *tree = dock->findChild<QTreeView *>(u"projectDock.tree"_s);

    explicit Shown(const QStringList &lines, const QStringList &files = {})
    {
        window.addDockWidget(Qt::LeftDockWidgetArea, dock);
        window.resize(600, 500);
        const core::Project project = test::projectOfLines(lines);
        dock->setProject(project, core::pairDatabases(project), files);
        window.show();
    }
    bool present()
    {
        window.activateWindow();
        tree->setFocus();
        return QTest::qWaitForWindowActive(&window) && tree->hasFocus();
    }
    [[nodiscard]] QModelIndex at(std::initializer_list<int> rows) const
    {
        QModelIndex index;
        for (const int row : rows)
            index = tree->model()->index(row, 0, index);
        return index;
    }
    void press(const QModelIndex &index) const
    {
        tree->setCurrentIndex(index);
        QTest::keyClick(tree, Qt::Key_Return);
    }
    [[nodiscard]] QMenu *menuOf(const QModelIndex &index) const
    {
        tree->expandAll();
        tree->scrollTo(index);
        emit tree->customContextMenuRequested(tree->visualRect(index).center());
        return dock->findChild<QMenu *>(u"projectDock.menu"_s);
    }
};

QAction *entry(const QMenu *menu, const QString &text)
{
    for (QAction *action : menu->actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

} // namespace

class TestProjectDock : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void showsDatabasesAtOnce();
    void choosesDatabases();
    void choosesFiles();
    void groupsOpenByKeyboard();
    void asksToReadAgain();
    void copiesWithoutPasswordUnlessAsked();
    void onlyAddressesHaveAMenu();
    void tooltipsArePlainText();
    void elidedNamesHaveATooltip();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestProjectDock::showsDatabasesAtOnce()
{
    Shown shown(bothEndpoints, {u"a.sql"_s});
    QVERIFY(shown.tree->isExpanded(shown.at({0})));
    QVERIFY(shown.tree->isExpanded(shown.at({1})));
    QVERIFY(!shown.tree->isExpanded(shown.at({0, 0}))); // endpoints when asked for
    shown.dock->clear();
    QCOMPARE(shown.tree->model()->rowCount(), 0);
}

void TestProjectDock::choosesDatabases()
{
    Shown shown(bothEndpoints + QStringList{u"AUTH_DATABASE_URL=postgres://u@b/d"_s});
    QVERIFY(shown.present());
    QSignalSpy chosen(shown.dock, &ProjectDock::databaseChosen);
    shown.press(shown.at({0, 1}));
    QCOMPARE(chosen.takeFirst().first().toString(), u"auth"_s);
    shown.tree->expandAll();
    shown.press(shown.at({0, 0, 1})); // an endpoint stands for its database
    QCOMPARE(chosen.takeFirst().first().toString(), u"main"_s);
    QVERIFY(chosen.isEmpty());
}

void TestProjectDock::choosesFiles()
{
    Shown shown({}, {u"seed/a.sql"_s});
    QVERIFY(shown.present());
    QSignalSpy chosen(shown.dock, &ProjectDock::fileChosen);
    QSignalSpy database(shown.dock, &ProjectDock::databaseChosen);
    shown.press(shown.at({1, 0}));
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toString(), u"/home/a/shop/seed/a.sql"_s);
    QVERIFY(database.isEmpty());
}

void TestProjectDock::groupsOpenByKeyboard()
{
    Shown shown({u"DATABASE_URL=postgres://u@db/d"_s, u"BAD_DATABASE_URL=postgres://%ZZ"_s});
    QVERIFY(shown.present());
    const QModelIndex group = shown.at({1});
    QVERIFY(!shown.tree->isExpanded(group));
    shown.press(group);
    QVERIFY(shown.tree->isExpanded(group));
    shown.press(group);
    QVERIFY(!shown.tree->isExpanded(group));
}

void TestProjectDock::asksToReadAgain()
{
    Shown shown(bothEndpoints);
    QSignalSpy wanted(shown.dock, &ProjectDock::reloadWanted);
    auto *reload = shown.dock->findChild<QAbstractButton *>(u"projectDock.reload"_s);
    QTest::mouseClick(reload, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

void TestProjectDock::copiesWithoutPasswordUnlessAsked()
{
    Shown shown(bothEndpoints);
    QVERIFY(shown.present());
    QSignalSpy copy(shown.dock, &ProjectDock::copyUrlWanted);
    QSignalSpy psql(shown.dock, &ProjectDock::psqlWanted);
    QMenu *menu = shown.menuOf(shown.at({0, 0, 0}));
    QVERIFY(menu && menu->isVisible());
    QAction *masked = entry(menu, u"Copy URL without password"_s);
    QAction *whole = entry(menu, u"Copy URL with password"_s);
    QAction *terminal = entry(menu, u"Open psql here"_s);
    QVERIFY(masked && whole && terminal);
    masked->trigger();
    QCOMPARE(copy.count(), 1);
    QCOMPARE(copy.first().at(0).toString(), u"main"_s);
    QCOMPARE(copy.first().at(1).value<core::EndpointRole>(), core::EndpointRole::Pooled);
    QCOMPARE(copy.first().at(2).toBool(), false);
    copy.clear();
    whole->trigger();
    QCOMPARE(copy.first().at(2).toBool(), true);
    terminal->trigger();
    QCOMPARE(psql.count(), 1);
    menu->close();
}

void TestProjectDock::onlyAddressesHaveAMenu()
{
    Shown shown(bothEndpoints, {u"a.sql"_s});
    QVERIFY(shown.present());
    QVERIFY(!shown.menuOf(shown.at({0})));
    QVERIFY(!shown.menuOf(shown.at({1, 0})));
    emit shown.tree->customContextMenuRequested(QPoint(10, shown.tree->height() - 4));
    QVERIFY(!shown.dock->findChild<QMenu *>(u"projectDock.menu"_s));
}

void TestProjectDock::tooltipsArePlainText()
{
    core::Project project = test::projectOfLines({u"DATABASE_URL=postgres://u@db/d"_s});
    project.values.front().source.key = u"<b>K</b>&amp;<img src=x>"_s;
    QMainWindow window;
    auto *dock = new ProjectDock(&window);
    window.addDockWidget(Qt::LeftDockWidgetArea, dock);
    dock->setProject(project, core::pairDatabases(project), {u"<i>a</i>.sql"_s});
    window.resize(600, 500);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *tree = dock->findChild<QTreeView *>(u"projectDock.tree"_s);
    tree->expandAll();
    const QModelIndex group = tree->model()->index(0, 0);
    const QModelIndex endpoint = tree->model()->index(0, 0, tree->model()->index(0, 0, group));
    const QString tip = test::tipOf(tree, endpoint);
    QCOMPARE(tip, endpoint.data(Qt::ToolTipRole).toString());
    QVERIFY2(tip.contains(u"<b>K</b>&amp;<img src=x> in .env:1"_s), qPrintable(tip));
    const QModelIndex file = tree->model()->index(0, 0, tree->model()->index(1, 0));
    QCOMPARE(test::tipOf(tree, file), u"<i>a</i>.sql"_s);
    QVERIFY(test::tipAt(tree->viewport(), QPoint(10, tree->viewport()->height() - 4)).isEmpty());
}

void TestProjectDock::elidedNamesHaveATooltip()
{
    const QString name = u"a"_s.repeated(120) + u".sql"_s;
    Shown shown({}, {name});
    QVERIFY(shown.present());
    QCOMPARE(test::tipOf(shown.tree, shown.at({1, 0})), name);
}

QTEST_MAIN(TestProjectDock)
#include "tst_projectdock.moc"
