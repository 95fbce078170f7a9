// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/sheet.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/schema/schemadock.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using test::Studio;
using ui::EditorTab;
using ui::TableTab;

namespace {

/// The window on a trusted folder with one database of a few tables.
struct Open {
    test::TestDatabase database;
    Studio studio;

    bool open()
    {
        database.exec("CREATE TABLE invoices (id int PRIMARY KEY, note text);"
                      "CREATE TABLE customers (id int PRIMARY KEY);"
                      "INSERT INTO invoices SELECT i, 'note ' || i FROM generate_series(1, 50) i;"
                      "ANALYZE;");
        return studio.home().write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8())
               && studio.home().write(u"a.sql"_s, "select 1;\nselect 2;\nselect 3;\n")
               && studio.present() && studio.openTrusted();
    }
    core::Oid oid(const QByteArray &name)
    {
        return core::Oid{database.value("select '" + name + "'::regclass::oid").toUInt()};
    }
    [[nodiscard]] ui::Document *current() const { return studio.window().documents().current(); }
    [[nodiscard]] QString titles() const
    {
        QStringList all;
        for (const ui::Document *document : studio.window().documents().documents())
            all << document->title();
        return all.join(u'|');
    }
    [[nodiscard]] ui::Sheet *sheet(const QString &name) const
    {
        for (auto *one : studio.window().findChildren<ui::Sheet *>(name)) {
            if (one->isOpen())
                return one;
        }
        return nullptr;
    }
    void press(const QString &name) const
    {
        QTest::mouseClick(studio.find<QAbstractButton>(name), Qt::LeftButton);
    }
    void drop(const QList<QUrl> &urls) const
    {
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&studio.window(), &enter);
        QDropEvent event(QPointF(400, 400), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&studio.window(), &event);
    }
};

/// A tab that somebody has typed into.
EditorTab *typed(Open &shown, const QString &text = u"x"_s)
{
    EditorTab *editor = shown.studio.window().newEditor("select 1");
    QTest::keyClicks(editor->editor(), text);
    return editor;
}

} // namespace

/// Opening, closing, asking, dropping.
class TestWindowTabs : public QObject
{
    Q_OBJECT

private slots:
    void tableOpensOnce();
    void fileOpensOnce();
    void fileThatCannotBeOpened();
    void closesAndReopens();
    void stepsByKeyboard();
    void closeAsksForUnsavedText();
    void closeKeepsOpen();
    void closeWithoutSaving();
    void closeSaves();
    void emptyTextIsNotAskedFor();
    void closeOthers();
    void dropsOfFilesAndFolders();
    void goesToATableByKeyboard();
    void goesToALine();
    void queryOfATable();
    void copiesTheAddress();
    void tabMenu();
    void exportOfTheTabsOwnDatabase();
    void exportOfAQuery();
    void databaseOfATab();
};

void TestWindowTabs::tableOpensOnce()
{
    Open shown;
    QVERIFY(shown.open());
    shown.studio.window().openRelation(shown.oid("invoices"));
    auto *tab = qobject_cast<TableTab *>(shown.current());
    QVERIFY(tab);
    QTRY_VERIFY(tab->hasRows());
    shown.studio.window().openRelation(shown.oid("customers"));
    QCOMPARE(shown.titles(), u"invoices|customers"_s);
    shown.studio.window().openRelation(shown.oid("invoices"));
    QCOMPARE(shown.titles(), u"invoices|customers"_s);
    QCOMPARE(shown.current(), tab);
    shown.studio.window().openRelation(core::Oid{1}); // of nothing
    QCOMPARE(shown.titles(), u"invoices|customers"_s);
}

void TestWindowTabs::fileOpensOnce()
{
    Open shown;
    QVERIFY(shown.open());
    const QString path = shown.studio.home().path(u"a.sql"_s);
    shown.studio.window().openFile(path);
    ui::Document *first = shown.current();
    QCOMPARE(first->title(), u"a.sql"_s);
    (void)shown.studio.window().newEditor();
    shown.studio.window().openFile(shown.studio.home().folder() + u"/../harbour/a.sql"_s);
    QCOMPARE(shown.current(), first);
    QCOMPARE(shown.studio.window().documents().documents().size(), 2);
}

void TestWindowTabs::fileThatCannotBeOpened()
{
    Open shown;
    QVERIFY(shown.open());
    shown.studio.window().openFile(shown.studio.home().path(u"<b>gone</b>.sql"_s));
    QVERIFY(shown.titles().isEmpty());
    auto *messages = shown.studio.find<QWidget>(u"messages"_s);
    QVERIFY(messages->isVisible()); // said where it stays
    QStringList texts;
    for (const QLabel *label : messages->findChildren<QLabel *>())
        texts << label->text();
    QVERIFY2(texts.join(u'|').contains(u"gone"_s), qPrintable(texts.join(u'|')));
}

void TestWindowTabs::closesAndReopens()
{
    Open shown;
    QVERIFY(shown.open());
    shown.studio.window().openRelation(shown.oid("invoices"));
    shown.studio.window().openFile(shown.studio.home().path(u"a.sql"_s));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(shown.titles(), u"invoices"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_W, Qt::ControlModifier);
    QVERIFY(shown.titles().isEmpty());
    QVERIFY(shown.studio.find<QWidget>(u"emptyPage"_s)->isVisible());
    shown.studio.trigger(u"file.reopenTab"_s); // the newest first
    QCOMPARE(shown.titles(), u"invoices"_s);
    shown.studio.trigger(u"file.reopenTab"_s);
    QCOMPARE(shown.titles(), u"invoices|a.sql"_s);
    shown.studio.trigger(u"file.reopenTab"_s);
    QCOMPARE(shown.titles(), u"invoices|a.sql"_s);
}

void TestWindowTabs::stepsByKeyboard()
{
    Open shown;
    QVERIFY(shown.open());
    for (const QByteArray &name : {"invoices"_ba, "customers"_ba})
        shown.studio.window().openRelation(shown.oid(name));
    (void)shown.studio.window().newEditor("select 1");
    QCOMPARE(shown.studio.window().documents().documents().indexOf(shown.current()), 2);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(shown.current()->title(), u"invoices"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(shown.current()->title(), u"customers"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(shown.current()->title(), u"invoices"_s);
}

void TestWindowTabs::closeAsksForUnsavedText()
{
    Open shown;
    QVERIFY(shown.open());
    EditorTab *editor = typed(shown);
    shown.studio.trigger(u"file.closeTab"_s);
    const ui::Sheet *sheet = shown.sheet(u"closeSheet"_s);
    QVERIFY(sheet);
    QVERIFY(sheet->title().contains(ui::isolated(editor->title())));
    QVERIFY(sheet->cancelButton()->hasFocus()); // the harmless choice
    QCOMPARE(shown.studio.window().documents().documents().size(), 1);
}

void TestWindowTabs::closeKeepsOpen()
{
    Open shown;
    QVERIFY(shown.open());
    const EditorTab *editor = typed(shown);
    shown.studio.trigger(u"file.closeTab"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!shown.sheet(u"closeSheet"_s));
    QCOMPARE(shown.current(), editor);
    QVERIFY(editor->isUnsaved());
    QVERIFY(editor->editor()->hasFocus());
}

void TestWindowTabs::closeWithoutSaving()
{
    Open shown;
    QVERIFY(shown.open());
    (void)typed(shown);
    shown.studio.trigger(u"file.closeTab"_s);
    shown.press(u"closeSheet.discard"_s);
    QVERIFY(shown.titles().isEmpty());
    QVERIFY(!shown.sheet(u"closeSheet"_s));
}

void TestWindowTabs::closeSaves()
{
    Open shown;
    QVERIFY(shown.open());
    const QString path = shown.studio.home().path(u"a.sql"_s);
    shown.studio.window().openFile(path);
    auto *editor = qobject_cast<EditorTab *>(shown.current());
    QTest::keyClick(editor->editor(), Qt::Key_X);
    shown.studio.trigger(u"file.closeTab"_s);
    shown.press(u"closeSheet.save"_s);
    QVERIFY(shown.titles().isEmpty());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readLine(), "xselect 1;\n"_ba);
}

void TestWindowTabs::emptyTextIsNotAskedFor()
{
    Open shown;
    QVERIFY(shown.open());
    EditorTab *editor = shown.studio.window().newEditor();
    QTest::keyClick(editor->editor(), Qt::Key_X);
    QTest::keyClick(editor->editor(), Qt::Key_Backspace);
    shown.studio.trigger(u"file.closeTab"_s);
    QVERIFY(!shown.sheet(u"closeSheet"_s));
    QVERIFY(shown.titles().isEmpty());
}

void TestWindowTabs::closeOthers()
{
    Open shown;
    QVERIFY(shown.open());
    shown.studio.window().openRelation(shown.oid("invoices"));
    shown.studio.window().openRelation(shown.oid("customers"));
    ui::Document *kept = shown.current();
    (void)shown.studio.window().newEditor();
    emit shown.studio.window().documents().menuWanted(kept, QPoint(100, 100));
    auto *menu = shown.studio.find<QMenu>(u"tabMenu"_s);
    QVERIFY(menu && menu->isVisible());
    menu->actions()[1]->trigger();
    menu->close();
    QCOMPARE(shown.titles(), u"customers"_s);
}

void TestWindowTabs::dropsOfFilesAndFolders()
{
    Open shown;
    QVERIFY(shown.open());
    QSignalSpy folder(&shown.studio.window(), &ui::MainWindow::folderChosen);
    const QString path = shown.studio.home().path(u"a.sql"_s);
    shown.drop({QUrl::fromLocalFile(path)});
    QTRY_COMPARE(shown.titles(), u"a.sql"_s);
    shown.drop({QUrl::fromLocalFile(shown.studio.home().folder())});
    QTRY_COMPARE(folder.count(), 1);
    QCOMPARE(folder.first().first().toString(), shown.studio.home().folder());
    // Nothing that this window cannot open is taken.
    QMimeData web;
    web.setUrls({QUrl(u"https://example.com/a.sql"_s)});
    QDragEnterEvent enter(QPoint(400, 400), Qt::CopyAction, &web, Qt::LeftButton, {});
    enter.ignore();
    QCoreApplication::sendEvent(&shown.studio.window(), &enter);
    QVERIFY(!enter.isAccepted());
}

void TestWindowTabs::goesToATableByKeyboard()
{
    Open shown;
    QVERIFY(shown.open());
    QTest::keyClick(&shown.studio.window(), Qt::Key_P, Qt::ControlModifier);
    auto *field = shown.studio.find<QLineEdit>(u"palette.field"_s);
    QVERIFY(field && field->hasFocus());
    QTest::keyClicks(field, u"custom"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(shown.titles(), u"customers"_s);
    QVERIFY(shown.current()->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_P, Qt::ControlModifier);
    QTest::keyClicks(field, u"a.sql"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(shown.titles(), u"customers|a.sql"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_P,
                    Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(field->text(), u"> "_s);
    QTest::keyClicks(field, u"close tab"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(shown.titles(), u"customers"_s);
}

void TestWindowTabs::goesToALine()
{
    Open shown;
    QVERIFY(shown.open());
    shown.studio.window().openFile(shown.studio.home().path(u"a.sql"_s));
    auto *editor = qobject_cast<EditorTab *>(shown.current());
    QTest::keyClick(editor->editor(), Qt::Key_G, Qt::ControlModifier);
    auto *field = shown.studio.find<QLineEdit>(u"palette.field"_s);
    QVERIFY(field && field->hasFocus());
    QTest::keyClicks(field, u"3"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(editor->editor()->caret(), 20);
    QVERIFY(editor->editor()->hasFocus());
}

void TestWindowTabs::queryOfATable()
{
    Open shown;
    QVERIFY(shown.open());
    shown.database.exec("CREATE TABLE \"Odd \"\"name\" (id int)");
    shown.studio.trigger(u"database.reload"_s);
    const core::Oid oid = shown.oid("\"Odd \"\"name\"");
    QTRY_VERIFY(shown.studio.window().currentDatabase()->catalog()->relation(oid));
    emit shown.studio.find<ui::SchemaDock>(u"schemaDock"_s)->queryWanted(oid);
    auto *editor = qobject_cast<EditorTab *>(shown.current());
    QVERIFY(editor);
    QVERIFY(editor->editor()->bytes().contains("\"Odd \"\"name\""));
    editor->runAll();
    QTRY_VERIFY(editor->run() && !editor->isRunning());
    QVERIFY(!editor->run()->failure());
}

void TestWindowTabs::copiesTheAddress()
{
    Open shown;
    QVERIFY(shown.open());
    const QString password = QString::fromUtf8(shown.database.facts().plainPassword);
    (void)shown.studio.window().newEditor();
    shown.studio.trigger(u"database.copyUrl"_s);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"postgresql://"_s));
    QVERIFY(!QApplication::clipboard()->text().contains(password));
    shown.studio.trigger(u"database.copyUrlWithPassword"_s);
    QVERIFY(QApplication::clipboard()->text().contains(password));
    // Managers of clipboards are asked not to keep it.
    QCOMPARE(QApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s),
             "secret"_ba);
    for (const QLabel *label : shown.studio.window().findChildren<QLabel *>())
        QVERIFY(!label->text().contains(password));
}

void TestWindowTabs::tabMenu()
{
    Open shown;
    QVERIFY(shown.open());
    shown.studio.window().openRelation(shown.oid("invoices"));
    QSignalSpy psql(&shown.studio.window(), &ui::MainWindow::psqlWanted);
    emit shown.studio.window().documents().menuWanted(shown.current(), QPoint(100, 100));
    auto *menu = shown.studio.find<QMenu>(u"tabMenu"_s);
    QVERIFY(menu);
    const QString password = QString::fromUtf8(shown.database.facts().plainPassword);
    for (QAction *action : menu->actions()) {
        if (action->text() == "Copy URL without password"_L1) {
            action->trigger();
            QVERIFY(!QApplication::clipboard()->text().contains(password));
        } else if (action->text() == "Copy name"_L1) {
            action->trigger();
            QVERIFY(QApplication::clipboard()->text().contains(u"invoices"_s));
        } else if (action->text() == "Open psql here"_L1) {
            action->trigger();
        }
    }
    QCOMPARE(psql.count(), 1);
    menu->close();
}

// Two databases of one template have tables of the same numbers: what is exported is what is seen.
void TestWindowTabs::exportOfTheTabsOwnDatabase()
{
    test::TestDatabase one;
    test::TestDatabase two;
    one.exec("CREATE TABLE seen (id int)");
    two.exec("CREATE TABLE unseen (id int)");
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + one.url().toUtf8()
                                               + "\nOTHER_DATABASE_URL=" + two.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    studio.window().openRelation(core::Oid{one.value("select 'seen'::regclass::oid").toUInt()});
    QVERIFY(studio.window().documents().current());
    studio.window().setCurrentDatabase(u"other"_s);
    QTRY_COMPARE(studio.window().currentDatabase()->catalogState(),
                 core::OpenDatabase::CatalogState::Loaded);
    studio.trigger(u"database.export"_s);
    const auto *sheet = studio.find<ui::Sheet>(u"exportSheet"_s);
    QVERIFY(sheet && sheet->isOpen());
    QVERIFY2(sheet->title().contains(u"seen"_s) && !sheet->title().contains(u"unseen"_s),
             qPrintable(sheet->title()));
    auto *path = studio.find<QLineEdit>(u"exportSheet.path"_s);
    path->setText(studio.home().homePath(u"out.csv"_s));
    one.exec("INSERT INTO seen VALUES (42)");
    QTest::mouseClick(studio.find<QAbstractButton>(u"exportSheet.export"_s), Qt::LeftButton);
    QTRY_VERIFY(QFile::exists(studio.home().homePath(u"out.csv"_s)));
    QFile file(studio.home().homePath(u"out.csv"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "id\n42\n"_ba);
}

void TestWindowTabs::exportOfAQuery()
{
    Open shown;
    QVERIFY(shown.open());
    EditorTab *editor = shown.studio.window().newEditor("select 7 as seven; select 8 as eight");
    editor->runAll();
    QTRY_VERIFY(editor->run() && !editor->isRunning());
    QTest::keyClick(editor->editor(), Qt::Key_E, Qt::ControlModifier);
    QVERIFY(shown.sheet(u"exportSheet"_s));
    const QString target = shown.studio.home().homePath(u"out.csv"_s);
    shown.studio.find<QLineEdit>(u"exportSheet.path"_s)->setText(target);
    shown.press(u"exportSheet.export"_s);
    QTRY_VERIFY(QFile::exists(target));
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "eight\n8\n"_ba);
    QVERIFY(shown.studio.find<QWidget>(u"jobsDock"_s)->isVisible());
}

void TestWindowTabs::databaseOfATab()
{
    test::TestDatabase one;
    test::TestDatabase two;
    one.exec("CREATE TABLE first (id int)");
    two.exec("CREATE TABLE second (id int)");
    Studio studio;
    QVERIFY(studio.home().write(u".env"_s, "DATABASE_URL=" + one.url().toUtf8()
                                               + "\nOTHER_DATABASE_URL=" + two.url().toUtf8()));
    QVERIFY(studio.present() && studio.openTrusted());
    studio.window().openRelation(core::Oid{one.value("select 'first'::regclass::oid").toUInt()});
    ui::Document *first = studio.window().documents().current();
    studio.window().setCurrentDatabase(u"other"_s);
    QTRY_COMPARE(studio.window().currentDatabase()->catalogState(),
                 core::OpenDatabase::CatalogState::Loaded);
    studio.window().openRelation(core::Oid{two.value("select 'second'::regclass::oid").toUInt()});
    QCOMPARE(studio.window().documents().documents().size(), 2);
    studio.window().documents().makeCurrent(first); // the window follows the tab
    QCOMPARE(studio.window().currentDatabase()->name(), u"main"_s);
    QCOMPARE(studio.find<ui::Button>(u"header.database"_s)->text(), u"main"_s);
}

QTEST_MAIN(TestWindowTabs)
#include "tst_windowtabs.moc"
