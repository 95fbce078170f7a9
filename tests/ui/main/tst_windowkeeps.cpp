// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/sheet.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/launchrow.h"

#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using test::Studio;
using ui::EditorTab;

namespace {

QStringList titles(const Studio &studio)
{
    QStringList all;
    for (const ui::Document *document : studio.window().documents().documents())
        all << document->title();
    return all;
}

EditorTab *editorAt(const Studio &studio, int index)
{
    return qobject_cast<EditorTab *>(studio.window().documents().documents().value(index));
}

/// Texts in the journal's folder, whoever wrote them.
qsizetype copies(Studio &studio)
{
    qsizetype count = 0;
    const QDir root(studio.home().homePath(u"journal"_s));
    for (const QString &project : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString &name : QDir(root.filePath(project)).entryList(QDir::Files))
            count += name.endsWith(u".lock"_s) ? 0 : 1;
    }
    return count;
}

} // namespace

/// What survives the end of the window: its layout, its theme, and every text.
class TestWindowKeeps : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_studio.reset(); }
    void layoutComesBack();
    void layoutOfAProjectComesBack();
    void damagedLayoutDoesNoHarm();
    void themeComesBack();
    void recentProjectsAreListed();
    void unsavedTextComesBack();
    void unsavedTextComesBackOnce();
    void namesAreNotGivenTwice();
    void unsavedTextOfAFile();
    void unsavedTextSurvivesClosingTheProject();
    void untouchedTextIsNotOffered();
    void discardedTextIsNotOffered();
    void tabsThatWereOpen();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<Studio> m_studio;
};

void TestWindowKeeps::init()
{
    if (!m_database) {
        m_database = std::make_unique<test::TestDatabase>();
        m_database->exec("CREATE TABLE invoices (id int PRIMARY KEY)");
    }
    m_studio = std::make_unique<Studio>();
    QVERIFY(m_studio->home().write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8()));
    QVERIFY(m_studio->home().write(u"a.sql"_s, "select 1"));
    QVERIFY(m_studio->home().read() && m_studio->home().trust());
    QVERIFY(m_studio->present());
}

void TestWindowKeeps::layoutComesBack()
{
    m_studio->window().resize(760, 640); // the screen of this platform is a small one
    QTRY_COMPARE(m_studio->window().size(), QSize(760, 640));
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present());
    QCOMPARE(m_studio->window().size(), QSize(760, 640));
}

void TestWindowKeeps::layoutOfAProjectComesBack()
{
    QVERIFY(m_studio->openTrusted());
    auto *schema = m_studio->find<QDockWidget>(u"schemaDock"_s);
    m_studio->window().resize(1200, 700);
    const int usual = schema->width();
    m_studio->trigger(u"view.inspectorDock"_s); // away
    m_studio->trigger(u"view.jobsDock"_s);      // here
    m_studio->window().resizeDocks({schema}, {300}, Qt::Horizontal);
    QTRY_COMPARE(schema->width(), 300);
    QVERIFY(usual != 300);
    QVERIFY(!m_studio->find<QDockWidget>(u"inspectorDock"_s)->isVisible());
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    m_studio->window().resize(1200, 700); // the screen of this platform is a small one
    QTRY_COMPARE(m_studio->find<QDockWidget>(u"schemaDock"_s)->width(), 300);
    QVERIFY(!m_studio->find<QDockWidget>(u"inspectorDock"_s)->isVisible());
    QVERIFY(m_studio->find<QDockWidget>(u"jobsDock"_s)->isVisible());
    QVERIFY(m_studio->find<QDockWidget>(u"projectDock"_s)->isVisible());
    // The switches say the same as the docks.
    QVERIFY(!m_studio->window().actions().action(u"view.inspectorDock"_s)->isChecked());
    QVERIFY(m_studio->window().actions().action(u"view.jobsDock"_s)->isChecked());
    QVERIFY(m_studio->window().actions().action(u"view.schemaDock"_s)->isChecked());
}

void TestWindowKeeps::damagedLayoutDoesNoHarm()
{
    const core::LayoutState state{"not a geometry", "not a state", 2};
    m_studio->settings().setLayout({}, state);
    m_studio->settings().setLayout(m_studio->home().folder(), state);
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    m_studio->window().resize(1200, 700);
    QTRY_VERIFY(m_studio->find<QDockWidget>(u"schemaDock"_s)->isVisible());
}

void TestWindowKeeps::themeComesBack()
{
    m_studio->trigger(u"view.themeDark"_s);
    QCOMPARE(m_studio->themes().choice(), ui::ThemeController::Choice::Dark);
    QCOMPARE(m_studio->settings().appearance().theme, core::ThemeChoice::Dark);
    QVERIFY(m_studio->window().actions().action(u"view.themeDark"_s)->isChecked());
    QVERIFY(!m_studio->window().actions().action(u"view.themeLight"_s)->isChecked());
    m_studio->trigger(u"view.themeContrast"_s);
    QCOMPARE(m_studio->settings().appearance().theme, core::ThemeChoice::HighContrast);
    m_studio->trigger(u"view.themeSystem"_s);
    QCOMPARE(m_studio->settings().appearance().theme, core::ThemeChoice::System);
}

void TestWindowKeeps::recentProjectsAreListed()
{
    m_studio->settings().addRecentProject(m_studio->home().folder(),
                                          QDateTime::currentDateTimeUtc());
    m_studio->settings().addRecentProject(u"/gone/<b>x</b>"_s, QDateTime::currentDateTimeUtc());
    m_studio->restart();
    QVERIFY(m_studio->present());
    QSignalSpy chosen(&m_studio->window(), &ui::MainWindow::folderChosen);
    QTest::mouseClick(m_studio->find<ui::LaunchRow>(u"welcome.recent1"_s), Qt::LeftButton);
    QCOMPARE(chosen.first().first().toString(), m_studio->home().folder());
    QTest::mouseClick(m_studio->find<ui::Button>(u"welcome.clearRecent"_s), Qt::LeftButton);
    QVERIFY(m_studio->settings().recentProjects().empty());
    QVERIFY(!m_studio->find<ui::LaunchRow>(u"welcome.recent0"_s)
            || !m_studio->find<ui::LaunchRow>(u"welcome.recent0"_s)->isVisible());
}

void TestWindowKeeps::unsavedTextComesBack()
{
    QVERIFY(m_studio->openTrusted());
    QTest::keyClicks(m_studio->window().newEditor()->editor(), u"select 'not saved'"_s);
    QVERIFY(m_studio->window().close()); // without a question: nothing is lost
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio).size(), 1);
    const EditorTab *editor = editorAt(*m_studio, 0);
    QVERIFY(editor && editor->isUnsaved());
    QCOMPARE(editor->editor()->bytes(), "select 'not saved'"_ba);
    m_studio->trigger(u"file.closeTab"_s); // and it is asked for as any unsaved text
    const auto *sheet = m_studio->find<ui::Sheet>(u"closeSheet"_s);
    QVERIFY(sheet && sheet->isOpen());
}

void TestWindowKeeps::unsavedTextComesBackOnce()
{
    QVERIFY(m_studio->openTrusted());
    QTest::keyClicks(m_studio->window().newEditor()->editor(), u"once"_s);
    for (int round = 0; round < 3; ++round) {
        QVERIFY(m_studio->window().close());
        m_studio->restart();
        QVERIFY(m_studio->present() && m_studio->openTrusted());
        QTRY_COMPARE(titles(*m_studio).size(), 1);
        QTRY_COMPARE(copies(*m_studio), 1); // its own; the old one is discarded
    }
    QCOMPARE(editorAt(*m_studio, 0)->editor()->bytes(), "once"_ba);
}

void TestWindowKeeps::namesAreNotGivenTwice()
{
    QVERIFY(m_studio->openTrusted());
    QTest::keyClicks(m_studio->window().newEditor()->editor(), u"kept"_s);
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio), QStringList{u"Query 1"_s});
    m_studio->trigger(u"file.newEditor"_s);
    QCOMPARE(titles(*m_studio), (QStringList{u"Query 1"_s, u"Query 2"_s}));
}

void TestWindowKeeps::unsavedTextOfAFile()
{
    QVERIFY(m_studio->openTrusted());
    const QString path = m_studio->home().path(u"a.sql"_s);
    m_studio->window().openFile(path);
    QTest::keyClick(editorAt(*m_studio, 0)->editor(), Qt::Key_X);
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio), QStringList{u"a.sql"_s});
    QCOMPARE(editorAt(*m_studio, 0)->editor()->bytes(), "xselect 1"_ba);
    QCOMPARE(editorAt(*m_studio, 0)->filePath(), path);
    QVERIFY(editorAt(*m_studio, 0)->isUnsaved());
    QVERIFY(editorAt(*m_studio, 0)->save());
    QVERIFY(!editorAt(*m_studio, 0)->isUnsaved());
}

void TestWindowKeeps::unsavedTextSurvivesClosingTheProject()
{
    QVERIFY(m_studio->openTrusted());
    QTest::keyClicks(m_studio->window().newEditor()->editor(), u"of this project"_s);
    m_studio->trigger(u"file.closeProject"_s);
    QVERIFY(titles(*m_studio).isEmpty());
    QCOMPARE(copies(*m_studio), 1);
    QVERIFY(m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio).size(), 1);
    QCOMPARE(editorAt(*m_studio, 0)->editor()->bytes(), "of this project"_ba);
}

void TestWindowKeeps::untouchedTextIsNotOffered()
{
    QVERIFY(m_studio->openTrusted());
    (void)m_studio->window().newEditor("select * from invoices");
    m_studio->window().openFile(m_studio->home().path(u"a.sql"_s));
    m_studio->trigger(u"file.closeProject"_s);
    QCOMPARE(copies(*m_studio), 0);
    QVERIFY(m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio), QStringList{u"a.sql"_s}); // the file's own tab and no other
    QVERIFY(!editorAt(*m_studio, 0)->isUnsaved());
}

void TestWindowKeeps::discardedTextIsNotOffered()
{
    QVERIFY(m_studio->openTrusted());
    QTest::keyClicks(m_studio->window().newEditor()->editor(), u"not wanted"_s);
    QTRY_COMPARE(copies(*m_studio), 1);
    m_studio->trigger(u"file.closeTab"_s);
    QTest::mouseClick(m_studio->find<ui::Button>(u"closeSheet.discard"_s), Qt::LeftButton);
    QTRY_COMPARE(copies(*m_studio), 0);
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    QVERIFY(titles(*m_studio).isEmpty());
}

void TestWindowKeeps::tabsThatWereOpen()
{
    QVERIFY(m_studio->openTrusted());
    m_studio->window().openFile(m_studio->home().path(u"a.sql"_s));
    m_studio->window().openRelation(
        core::Oid{m_database->value("select 'invoices'::regclass::oid").toUInt()});
    (void)m_studio->window().newEditor("select 1"); // has no name to be found by
    m_studio->window().documents().step(1);         // the first is in front
    m_studio->trigger(u"file.closeProject"_s);
    QVERIFY(titles(*m_studio).isEmpty());
    QVERIFY(m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio), (QStringList{u"a.sql"_s, u"invoices"_s}));
    QCOMPARE(m_studio->window().documents().current()->title(), u"a.sql"_s);
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openTrusted());
    QTRY_COMPARE(titles(*m_studio), (QStringList{u"a.sql"_s, u"invoices"_s}));
}

QTEST_MAIN(TestWindowKeeps)
#include "tst_windowkeeps.moc"
