// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/sheet.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/gridview.h"
#include "ui/grid/inspector.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/jobspanel.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/resultspanel.h"

#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

using namespace Qt::StringLiterals;
using test::Studio;
using ui::EditorTab;

namespace {

/// The window on a trusted folder, with an editor in front.
struct Open {
    test::TestDatabase database;
    Studio studio;
    EditorTab *editor = nullptr;

    bool open(const QByteArray &text)
    {
        if (!studio.home().write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8())
            || !studio.present() || !studio.openTrusted())
            return false;
        editor = studio.window().newEditor(text);
        return editor->editor()->hasFocus();
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }
    bool runByKeyboard() const
    {
        key(Qt::Key_Return, Qt::ControlModifier);
        return editor->run() && QTest::qWaitFor([this] { return !editor->isRunning(); }, 30'000);
    }
    [[nodiscard]] bool isShown(const QString &name) const
    {
        return studio.find<QWidget>(name)->isVisible();
    }
    [[nodiscard]] QString messages() const
    {
        QStringList all;
        for (const QLabel *label : studio.window().panels().messages().findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    [[nodiscard]] int sleeping() const
    {
        return database
            .valueSuper("select count(*) from pg_stat_activity where state = 'active'"
                        " and query like '%pg_sleep%' and datname = current_database()"
                        " and pid <> pg_backend_pid()")
            .toInt();
    }
};

} // namespace

/// What a run does to the rest of the window.
class TestWindowRuns : public QObject
{
    Q_OBJECT

private slots:
    void resultsAppearAndTheFocusStays();
    void f5RunsAll();
    void errorLeadsToItsPlace();
    void noticesAreMessages();
    void escapeCancels();
    void escapeClosesWhatIsOpenFirst();
    void chosenCellIsInspected();
    void eachEditorHasItsResults();
    void closingATabEndsItsRun();
    void closingTheWindowAsksForJobs();
    void closingTheProjectEndsJobs();
    void areasByKeyboard();
};

void TestWindowRuns::resultsAppearAndTheFocusStays()
{
    Open shown;
    QVERIFY(shown.open("select 1 as one; select 2 as two"));
    QVERIFY(!shown.isShown(u"resultsDock"_s));
    QVERIFY(shown.runByKeyboard());
    QVERIFY(shown.isShown(u"resultsDock"_s) && shown.isShown(u"messagesDock"_s));
    QVERIFY(shown.editor->editor()->hasFocus());
    const ui::GridView *grid = shown.studio.window().panels().results().currentGrid();
    QVERIFY(grid);
    QCOMPARE(grid->source()->columns().front().name, u"one"_s);
    QVERIFY2(shown.messages().contains(u"SELECT"_s), qPrintable(shown.messages()));
    QVERIFY(!shown.studio.window().actions().action(u"query.cancel"_s)->isEnabled());
}

void TestWindowRuns::f5RunsAll()
{
    Open shown;
    QVERIFY(shown.open("select 1; select 2; select 3"));
    shown.key(Qt::Key_F5);
    QVERIFY(shown.editor->run());
    QTRY_VERIFY(!shown.editor->isRunning());
    QCOMPARE(shown.editor->run()->results().size(), std::size_t(3));
}

void TestWindowRuns::errorLeadsToItsPlace()
{
    Open shown;
    QVERIFY(shown.open("select 'äöü';\n\nselect 'ß', wrong"));
    shown.key(Qt::Key_F5);
    QTRY_VERIFY(shown.editor->run() && !shown.editor->isRunning());
    QVERIFY2(shown.messages().contains(u"Line 3, column 13"_s), qPrintable(shown.messages()));
    QVERIFY(shown.messages().contains(u"42703"_s));
    QVERIFY(shown.isShown(u"messagesDock"_s));
    QCOMPARE(shown.studio.find<ui::Button>(u"status.messagesDock"_s)->fact(), u"1"_s);
    shown.editor->editor()->goToPosition(0);
    auto *link = shown.studio.window().panels().messages().findChild<ui::Button *>();
    QVERIFY(link);
    QTest::mouseClick(link, Qt::LeftButton);
    QCOMPARE(shown.editor->editor()->bytes().sliced(shown.editor->editor()->caret()), "wrong"_ba);
    QVERIFY(shown.editor->editor()->hasFocus());
    // The next run begins with a clean sheet.
    shown.editor->editor()->setBytes("select 1");
    QVERIFY(shown.runByKeyboard());
    QVERIFY(!shown.messages().contains(u"42703"_s));
    QVERIFY(shown.studio.find<ui::Button>(u"status.messagesDock"_s)->fact().isEmpty());
}

void TestWindowRuns::noticesAreMessages()
{
    Open shown;
    QVERIFY(shown.open("do $$ begin raise notice '<b>hello</b>'; end $$"));
    QVERIFY(shown.runByKeyboard());
    QTRY_VERIFY(shown.messages().contains(u"<b>hello</b>"_s));
}

void TestWindowRuns::escapeCancels()
{
    Open shown;
    QVERIFY(shown.open("select pg_sleep(100)"));
    shown.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shown.sleeping(), 1);
    QVERIFY(shown.studio.window().actions().action(u"query.cancel"_s)->isEnabled());
    shown.key(Qt::Key_Escape);
    QTRY_VERIFY(!shown.editor->isRunning());
    QVERIFY(shown.editor->run()->wasCancelled());
    QTRY_COMPARE(shown.sleeping(), 0);
    QVERIFY2(shown.messages().contains(u"Cancelled after"_s), qPrintable(shown.messages()));
    QVERIFY(shown.studio.find<ui::Button>(u"status.messagesDock"_s)->fact().isEmpty());
}

// "Esc: close popup, then cancel what runs here."
void TestWindowRuns::escapeClosesWhatIsOpenFirst()
{
    Open shown;
    QVERIFY(shown.open("select pg_sleep(100)"));
    shown.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shown.sleeping(), 1);
    shown.key(Qt::Key_P, Qt::ControlModifier);
    QVERIFY(shown.isShown(u"palette"_s));
    shown.key(Qt::Key_Escape);
    QVERIFY(!shown.isShown(u"palette"_s));
    QVERIFY(shown.editor->isRunning());
    shown.key(Qt::Key_F, Qt::ControlModifier);
    QVERIFY(shown.isShown(u"editor.findBar"_s));
    shown.key(Qt::Key_Escape);
    QVERIFY(!shown.isShown(u"editor.findBar"_s));
    QVERIFY(shown.editor->isRunning());
    shown.studio.trigger(u"help.about"_s);
    shown.key(Qt::Key_Escape);
    QTRY_VERIFY(!shown.studio.find<ui::Sheet>(u"aboutSheet"_s));
    QVERIFY(shown.editor->isRunning() && !shown.editor->run()->wasCancelled());
    shown.key(Qt::Key_Escape);
    QTRY_VERIFY(!shown.editor->isRunning());
}

void TestWindowRuns::chosenCellIsInspected()
{
    Open shown;
    QVERIFY(shown.open("select 'first' as a, repeat('x', 5000) as b"));
    QVERIFY(shown.runByKeyboard());
    ui::GridView *grid = shown.studio.window().panels().results().currentGrid();
    grid->setFocus();
    grid->setCurrent(0, 0);
    const auto says = [&] {
        QStringList all;
        for (const QLabel *label :
             shown.studio.window().panels().inspector().findChildren<QLabel *>()) {
            if (label->isVisible())
                all << label->text();
        }
        return all.join(u'|');
    };
    QTRY_VERIFY2(says().contains(u"a"_s), qPrintable(says()));
    // Rows that go away leave nothing that is looked at.
    QVERIFY(shown.open("select 1"));
    QVERIFY(shown.runByKeyboard());
    QVERIFY(!shown.studio.window().panels().inspector().grab().isNull());
}

void TestWindowRuns::eachEditorHasItsResults()
{
    Open shown;
    QVERIFY(shown.open("select 'one' as x"));
    QVERIFY(shown.runByKeyboard());
    EditorTab *first = shown.editor;
    shown.editor = shown.studio.window().newEditor("select 'two' as x");
    const ui::ResultsPanel &results = shown.studio.window().panels().results();
    QVERIFY(!results.currentGrid()); // it has not run
    QVERIFY(shown.runByKeyboard());
    QCOMPARE(results.currentGrid()->source()->cell(0, 0).bytes.toByteArray(), "two"_ba);
    shown.studio.window().documents().makeCurrent(first);
    QCOMPARE(results.currentGrid()->source()->cell(0, 0).bytes.toByteArray(), "one"_ba);
}

void TestWindowRuns::closingATabEndsItsRun()
{
    Open shown;
    QVERIFY(shown.open("select pg_sleep(100)"));
    shown.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(shown.sleeping(), 1);
    shown.studio.trigger(u"file.closeTab"_s);
    QTRY_COMPARE(shown.sleeping(), 0);
    QVERIFY(shown.studio.window().documents().documents().isEmpty());
}

void TestWindowRuns::closingTheWindowAsksForJobs()
{
    Open shown;
    QVERIFY(shown.open("select generate_series(1, 2000000000) i"));
    const QString target = shown.studio.home().homePath(u"out.csv"_s);
    shown.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(shown.editor->run() && !shown.editor->run()->results().empty());
    shown.editor->cancelRunning();
    QTRY_VERIFY(!shown.editor->isRunning());
    shown.studio.trigger(u"database.export"_s);
    shown.studio.find<QLineEdit>(u"exportSheet.path"_s)->setText(target);
    QTest::mouseClick(shown.studio.find<QAbstractButton>(u"exportSheet.export"_s), Qt::LeftButton);
    QTRY_COMPARE(shown.studio.window().panels().jobs().runningCount(), 1);
    QCOMPARE(shown.studio.find<ui::Button>(u"status.jobsDock"_s)->fact(), u"1"_s);
    QVERIFY(!shown.studio.window().close());
    QVERIFY(shown.studio.window().isVisible());
    auto *sheet = shown.studio.find<ui::Sheet>(u"quitSheet"_s);
    QVERIFY(sheet && sheet->isOpen());
    QVERIFY(sheet->cancelButton()->hasFocus());
    sheet->reject();
    QCOMPARE(shown.studio.window().panels().jobs().runningCount(), 1);
    QTest::mouseClick(shown.studio.find<QAbstractButton>(u"jobs.cancel"_s), Qt::LeftButton);
    QTRY_COMPARE(shown.studio.window().panels().jobs().runningCount(), 0);
    QVERIFY(!QFile::exists(target));
    QVERIFY(shown.studio.window().close());
}

void TestWindowRuns::closingTheProjectEndsJobs()
{
    Open shown;
    QVERIFY(shown.open("select generate_series(1, 2000000000) i"));
    const QString target = shown.studio.home().homePath(u"out.csv"_s);
    shown.key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(shown.editor->run() && !shown.editor->run()->results().empty());
    shown.studio.trigger(u"database.export"_s);
    shown.studio.find<QLineEdit>(u"exportSheet.path"_s)->setText(target);
    QTest::mouseClick(shown.studio.find<QAbstractButton>(u"exportSheet.export"_s), Qt::LeftButton);
    QTRY_COMPARE(shown.studio.window().panels().jobs().runningCount(), 1);
    shown.studio.trigger(u"file.closeProject"_s);
    const auto *sheet = shown.studio.find<ui::Sheet>(u"quitSheet"_s);
    QVERIFY(sheet && sheet->isOpen()); // nothing that runs is stopped unasked
    QVERIFY(shown.studio.window().currentDatabase());
    QTest::mouseClick(shown.studio.find<QAbstractButton>(u"quitSheet.stop"_s), Qt::LeftButton);
    QTRY_VERIFY(!shown.studio.window().currentDatabase());
    QTRY_COMPARE(shown.studio.window().panels().jobs().runningCount(), 0);
    QVERIFY(!QFile::exists(target));
    QTRY_COMPARE(shown.database.sessions("sluice"), 0);
}

void TestWindowRuns::areasByKeyboard()
{
    Open shown;
    QVERIFY(shown.open("select 1 as one"));
    QVERIFY(shown.runByKeyboard());
    const auto inside = [&](const QString &name) {
        const auto *area = shown.studio.find<QWidget>(name);
        const QWidget *focus = QApplication::focusWidget();
        return area && focus && (area == focus || area->isAncestorOf(focus));
    };
    shown.key(Qt::Key_F6); // from the text to the rows
    QVERIFY(inside(u"results"_s));
    QVERIFY(shown.studio.window().panels().results().currentGrid()->hasCurrent());
    shown.key(Qt::Key_F6);
    QVERIFY(inside(u"inspectorDock"_s));
    shown.key(Qt::Key_F6); // and round
    QVERIFY(inside(u"projectDock"_s));
    shown.key(Qt::Key_F6);
    QVERIFY(inside(u"schemaDock"_s));
    shown.key(Qt::Key_F6);
    QVERIFY(inside(u"documents"_s));
    shown.key(Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(inside(u"schemaDock"_s));
}

QTEST_MAIN(TestWindowRuns)
#include "tst_windowruns.moc"
