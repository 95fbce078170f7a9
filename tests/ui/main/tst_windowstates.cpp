// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"

#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using test::Studio;

namespace {

bool isShown(const Studio &studio, const QString &name)
{
    const auto *widget = studio.find<QWidget>(name);
    return widget && widget->isVisible();
}

ui::StatePage *page(const Studio &studio)
{
    return studio.find<ui::StatePage>(u"projectPage"_s);
}

/// The buttons of the page, in sight, by their words.
ui::Button *pageButton(const Studio &studio, const QString &text)
{
    for (auto *button : page(studio)->findChildren<ui::Button *>()) {
        if (button->isVisible() && button->text() == text)
            return button;
    }
    return nullptr;
}

ui::Sheet *sheet(const Studio &studio, const QString &name)
{
    const QList<ui::Sheet *> all = studio.window().findChildren<ui::Sheet *>(name);
    for (ui::Sheet *one : all) {
        if (one->isOpen())
            return one;
    }
    return nullptr;
}

/// The one in sight: a sheet that was closed is still there for a moment.
void press(const Studio &studio, const QString &name)
{
    for (auto *button : studio.window().findChildren<QAbstractButton *>(name)) {
        if (button->isVisible())
            return QTest::mouseClick(button, Qt::LeftButton);
    }
    QFAIL(qPrintable(name));
}

} // namespace

/// What the window shows before a person has done anything.
class TestWindowStates : public QObject
{
    Q_OBJECT

private slots:
    void welcome();
    void opening();
    void folderThatCannotBeRead();
    void folderWithoutDatabase();
    void nothingIsContactedBeforeTrust();
    void trustRefused();
    void trusted();
    void alreadyTrusted();
    void serverThatIsDown();
    void production();
    void closedProjectLeavesNothing();
    void readAgain();
    void hostileFolderName();
    void actionsDoNoHarmAnywhere_data();
    void actionsDoNoHarmAnywhere();
};

void TestWindowStates::welcome()
{
    Studio studio;
    QVERIFY(studio.present());
    QCOMPARE(studio.window().windowTitle(), u"Sluice"_s);
    QVERIFY(isShown(studio, u"welcome"_s));
    for (const QString &hidden :
         {u"projectDock"_s, u"schemaDock"_s, u"resultsDock"_s, u"inspectorDock"_s,
          u"header.database"_s, u"productionBand"_s, u"status.database"_s})
        QVERIFY2(!isShown(studio, hidden), qPrintable(hidden));
    QCOMPARE(QApplication::focusWidget()->objectName(), u"welcome.openFolder"_s);
    for (const QString &id : {u"file.save"_s, u"file.closeTab"_s, u"database.export"_s,
                              u"query.cancel"_s, u"query.runAll"_s})
        QVERIFY2(!studio.window().actions().action(id)->isEnabled(), qPrintable(id));
    QVERIFY(studio.window().actions().action(u"file.openFolder"_s)->isEnabled());
}

void TestWindowStates::opening()
{
    Studio studio;
    QVERIFY(studio.present());
    studio.window().showOpening(u"/srv/<b>shop"_s);
    QCOMPARE(page(studio)->state(), ui::StatePage::State::Loading);
    QVERIFY(isShown(studio, u"projectPage"_s));
    QVERIFY(page(studio)->accessibleName().contains(ui::isolated(u"<b>shop"_s)));
}

void TestWindowStates::folderThatCannotBeRead()
{
    Studio studio;
    QVERIFY(studio.present());
    const auto project = core::readProject(studio.home().homePath(u"gone"_s), {});
    QVERIFY(!project);
    studio.window().showFolderError(studio.home().homePath(u"gone"_s), project.error());
    QCOMPARE(page(studio)->state(), ui::StatePage::State::Failed);
    QCOMPARE(page(studio)->accessibleName(), project.error().message);
    QVERIFY(page(studio)->accessibleDescription().contains(u"gone"_s));
    ui::Button *other = pageButton(studio, u"Open another folder…"_s);
    QVERIFY(other);
    QTest::mouseClick(other, Qt::LeftButton);
    auto *dialog = studio.window().findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    dialog->close();
}

void TestWindowStates::folderWithoutDatabase()
{
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "REDIS_URL=redis://h\n"));
    QVERIFY(studio.present() && studio.openFolder());
    QVERIFY(!sheet(studio, u"trustSheet"_s)); // there is nothing to trust
    QCOMPARE(page(studio)->accessibleName(), u"No database was found in this folder"_s);
    QVERIFY(page(studio)->accessibleDescription().contains(u".env"_s)); // says what was searched
    QSignalSpy local(&studio.window(), &ui::MainWindow::localDatabaseWanted);
    ui::Button *create = pageButton(studio, u"Create a local database…"_s);
    QVERIFY(create);
    QTest::mouseClick(create, Qt::LeftButton);
    QCOMPARE(local.count(), 1);
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=postgres://u@127.0.0.1:1/d\n"));
    QTest::mouseClick(pageButton(studio, u"Read the folder again"_s), Qt::LeftButton);
    QVERIFY(sheet(studio, u"trustSheet"_s));
}

void TestWindowStates::nothingIsContactedBeforeTrust()
{
    test::TestDatabase database;
    test::FaultProxy proxy(database.facts().port);
    Studio studio;
    QVERIFY(studio.home().write(
        u".env"_s, "DATABASE_URL=" + database.url(test::Role::Plain, proxy.port()).toUtf8()));
    QVERIFY(studio.present() && studio.openFolder());
    ui::Sheet *question = sheet(studio, u"trustSheet"_s);
    QVERIFY(question);
    studio.trigger(u"file.newEditor"_s);
    studio.trigger(u"query.runAll"_s);
    studio.trigger(u"database.reload"_s);
    QCOMPARE(proxy.connections(), 0);
    press(studio, u"trust.accept"_s);
    QTRY_VERIFY(studio.window().currentDatabase());
    QTRY_COMPARE(studio.window().currentDatabase()->catalogState(),
                 core::OpenDatabase::CatalogState::Loaded);
    QVERIFY(proxy.connections() > 0);
}

void TestWindowStates::trustRefused()
{
    test::TestDatabase database;
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()));
    QVERIFY(studio.home().write(u"a.sql"_s, "select 1"));
    QVERIFY(studio.present() && studio.openFolder());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!sheet(studio, u"trustSheet"_s));
    QVERIFY(!studio.window().currentDatabase());
    QVERIFY(pageButton(studio, u"Trust this folder…"_s));
    QVERIFY(isShown(studio, u"projectDock"_s)); // its addresses and files can be looked at
    QVERIFY(!isShown(studio, u"header.database"_s));
    studio.window().openFile(studio.home().path(u"a.sql"_s)); // and edited
    QVERIFY(isShown(studio, u"editor.text"_s));
    studio.trigger(u"project.trust"_s);
    QVERIFY(sheet(studio, u"trustSheet"_s));
    press(studio, u"trust.accept"_s);
    QTRY_VERIFY(studio.window().currentDatabase());
    QVERIFY(isShown(studio, u"editor.text"_s)); // tabs stay
    QTRY_VERIFY(studio.find<ui::Button>(u"editor.run"_s)->isEnabled());
}

void TestWindowStates::trusted()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int PRIMARY KEY)");
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    QCOMPARE(studio.window().windowTitle(), u"harbour — Sluice"_s);
    for (const QString &shown : {u"projectDock"_s, u"schemaDock"_s, u"emptyPage"_s,
                                 u"header.database"_s, u"status.database"_s, u"status.readOnly"_s})
        QVERIFY2(isShown(studio, shown), qPrintable(shown));
    QVERIFY(!isShown(studio, u"productionBand"_s));
    auto *tree = studio.find<QTreeView>(u"schemaDock.tree"_s);
    QTRY_VERIFY(tree->isVisible() && tree->model()->rowCount() > 0);
}

void TestWindowStates::alreadyTrusted()
{
    test::TestDatabase database;
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()));
    QVERIFY(studio.home().read() && studio.home().trust());
    QVERIFY(studio.present() && studio.openFolder());
    QVERIFY(!sheet(studio, u"trustSheet"_s)); // not asked twice
    QVERIFY(studio.window().currentDatabase());
}

void TestWindowStates::serverThatIsDown()
{
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=postgres://u:p@127.0.0.1:"
                                               + QByteArray::number(test::freePort()) + "/d\n"));
    QVERIFY(studio.home().read() && studio.home().trust());
    QVERIFY(studio.present() && studio.openFolder());
    QTRY_COMPARE(studio.window().currentDatabase()->catalogState(),
                 core::OpenDatabase::CatalogState::Failed);
    auto *state = studio.find<ui::StatePage>(u"schemaDock.page"_s);
    QVERIFY(state->isVisible());
    QCOMPARE(state->state(), ui::StatePage::State::Failed);
    QVERIFY(isShown(studio, u"emptyPage"_s)); // one place says it, the rest goes on
    studio.trigger(u"file.newEditor"_s);
    QVERIFY(isShown(studio, u"editor.text"_s));
}

void TestWindowStates::production()
{
    Studio studio;
    // An address that is set aside for documents: nobody answers there.
    QVERIFY(studio.home().write(u".env"_s,
                                "DATABASE_URL=postgres://u:p@203.0.113.7/shop_production\n"));
    QVERIFY(studio.home().read() && studio.home().trust());
    QVERIFY(studio.present() && studio.openFolder());
    auto *band = studio.find<QWidget>(u"productionBand"_s);
    QVERIFY(band->isVisible());
    QVERIFY(band->accessibleName().contains(u"203.0.113.7"_s));
    QVERIFY(band->accessibleName().contains(u"read-only"_s));
    for (const auto *button : band->findChildren<QAbstractButton *>())
        QVERIFY2(!button->isVisible(), qPrintable(button->text())); // nothing makes writing easier
    studio.trigger(u"help.about"_s);
    const ui::Sheet *about = sheet(studio, u"aboutSheet"_s);
    QVERIFY(about);
    const int end = band->mapTo(&studio.window(), QPoint(0, band->height())).y();
    QCOMPARE(about->geometry().top(), end); // no sheet covers it
    studio.closeFolder();
    QVERIFY(!band->isVisible());
}

void TestWindowStates::closedProjectLeavesNothing()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int PRIMARY KEY)");
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    studio.window().openRelation(
        core::Oid{database.value("select 'invoices'::regclass::oid").toUInt()});
    (void)studio.window().newEditor("select pg_sleep(100)");
    studio.trigger(u"query.runAll"_s);
    studio.trigger(u"file.closeProject"_s);
    QVERIFY(isShown(studio, u"welcome"_s));
    QVERIFY(studio.window().documents().documents().isEmpty());
    QVERIFY(!studio.window().currentDatabase());
    QCOMPARE(studio.window().windowTitle(), u"Sluice"_s);
    QTRY_COMPARE(database.sessions("sluice"), 0);
    // Docks that are shown all the same are empty, and their menus lead nowhere.
    studio.trigger(u"view.projectDock"_s);
    studio.trigger(u"view.schemaDock"_s);
    QCOMPARE(studio.find<QTreeView>(u"projectDock.tree"_s)->model()->rowCount(), 0);
    QCOMPARE(studio.find<QTreeView>(u"schemaDock.tree"_s)->model()->rowCount(), 0);
}

void TestWindowStates::readAgain()
{
    test::TestDatabase one;
    test::TestDatabase two;
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + one.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + one.url().toUtf8()
                                               + "\nOTHER_DATABASE_URL=" + two.url().toUtf8()));
    studio.trigger(u"project.reload"_s);
    // The same server and user: a new database name needs no new trust.
    QTRY_COMPARE(studio.home().open().size(), std::size_t(2));
    QVERIFY(studio.window().currentDatabase());
    studio.window().setCurrentDatabase(u"other"_s);
    QCOMPARE(studio.window().currentDatabase()->name(), u"other"_s);
    QCOMPARE(studio.find<ui::Button>(u"header.database"_s)->text(), u"other"_s);
    QCOMPARE(studio.find<ui::Button>(u"status.database"_s)->text(), u"other"_s);
}

void TestWindowStates::hostileFolderName()
{
    Studio studio(u"<b>x<img src=y>\"'&\n\u202E"_s);
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=postgres://u@127.0.0.1:1/d\n"));
    QVERIFY(studio.present() && studio.openFolder());
    QVERIFY(studio.window().windowTitle().contains(u"<b>x<img src=y>"_s));
    // One line, and nothing that turns the program's own name round.
    QVERIFY(!studio.window().windowTitle().contains(u'\n'));
    QVERIFY(!studio.window().windowTitle().contains(u'\u202E'));
    const ui::Sheet *question = sheet(studio, u"trustSheet"_s);
    QVERIFY(question && question->title().contains(u"<b>x<img src=y>"_s));
}

void TestWindowStates::actionsDoNoHarmAnywhere_data()
{
    QTest::addColumn<QString>("state");
    for (const char *state : {"welcome", "opening", "failed", "no database", "not trusted",
                              "no tab", "table", "editor"})
        QTest::newRow(state) << QString::fromLatin1(state);
}

// Shortcuts reach their actions in every state: each does something sensible, or nothing.
void TestWindowStates::actionsDoNoHarmAnywhere()
{
    QFETCH(const QString, state);
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int PRIMARY KEY)");
    Studio studio;
    const QByteArray env = "DATABASE_URL=" + database.url().toUtf8();
    QVERIFY(studio.home().write(u".env"_s, state == "no database"_L1 ? "A=b\n"_ba : env));
    QVERIFY(studio.present());
    if (state == "opening"_L1)
        studio.window().showOpening(studio.home().folder());
    else if (state == "failed"_L1)
        studio.window().showFolderError(studio.home().folder(), core::Error{});
    else if (state == "no database"_L1 || state == "not trusted"_L1)
        QVERIFY(studio.openFolder());
    else if (state != "welcome"_L1)
        QVERIFY(studio.openTrusted());
    if (state == "table"_L1)
        studio.window().openRelation(
            core::Oid{database.value("select 'invoices'::regclass::oid").toUInt()});
    if (state == "editor"_L1)
        (void)studio.window().newEditor("select 1");
    const QSet<QString> ending{u"action.file.quit"_s, u"action.file.closeProject"_s,
                               u"action.project.reload"_s, u"action.view.refresh"_s};
    for (QAction *action : studio.window().actions().all()) {
        if (!ending.contains(action->objectName()) && action->isEnabled())
            action->trigger();
        for (auto *dialog : studio.window().findChildren<QFileDialog *>())
            dialog->close();
        for (auto *open : studio.window().findChildren<ui::Sheet *>())
            open->reject();
    }
    QVERIFY(studio.window().isVisible());
    studio.closeFolder();
    QVERIFY(isShown(studio, u"welcome"_s));
}

QTEST_MAIN(TestWindowStates)
#include "tst_windowstates.moc"
