// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/main/actions.h"
#include "ui/main/dockrail.h"
#include "ui/main/documentarea.h"

#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using test::Studio;
using ui::DockRail;

namespace {

constexpr QSize wide(1440, 900);
constexpr QSize narrow(1000, 700);
constexpr QSize smallest(720, 450);

} // namespace

/// What a window that is not wide does with its docks, menus and panels.
class TestNarrowWindow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_studio.reset(); }
    void docksFoldAndComeBack_data();
    void docksFoldAndComeBack();
    void hiddenDocksStayHidden();
    void bottomDocksStayAsTheyAre();
    void opensOverTheView();
    void onlyOneIsOpen();
    void escapeCloses();
    void escapeClearsAFilterFirst();
    void focusLeavingCloses();
    void pressOutsideCloses();
    void tabGoesRoundInIt();
    void pinKeeps();
    void switchesFollow();
    void nothingWithoutAProject();
    void layoutIsKept();
    void tabComesRound();
    void areasByF6();
    void menusBehindOneButton();
    void altOpensTheMenus();
    void panelsBehindOneButton();
    void smallestSize();

private:
    [[nodiscard]] bool resize(QSize size)
    {
        m_studio->window().resize(size);
        return QTest::qWaitFor([&] { return m_studio->window().size() == size; });
    }
    [[nodiscard]] DockRail *rail() const { return m_studio->find<DockRail>(u"rail"_s); }
    [[nodiscard]] QDockWidget *schema() const
    {
        return m_studio->find<QDockWidget>(u"schemaDock"_s);
    }
    [[nodiscard]] QDockWidget *project() const
    {
        return m_studio->find<QDockWidget>(u"projectDock"_s);
    }
    void press(const QString &button) const
    {
        QTest::mouseClick(m_studio->find<ui::Button>(button), Qt::LeftButton);
    }
    [[nodiscard]] static QMenu *menu()
    {
        return qobject_cast<QMenu *>(QApplication::activePopupWidget());
    }

    std::unique_ptr<Studio> m_studio;
};

void TestNarrowWindow::init()
{
    m_studio = std::make_unique<Studio>();
    QVERIFY(m_studio->home().write(u".env"_s, "DATABASE_URL=postgres://u:p@127.0.0.1:1/d\n"));
    QVERIFY(m_studio->home().write(u"a.sql"_s, "select 1"));
    QVERIFY(m_studio->home().read() && m_studio->home().trust());
    m_studio->window().resize(wide);
    QVERIFY(m_studio->present() && m_studio->openFolder());
    QTRY_VERIFY(project()->isVisible() && schema()->isVisible());
}

void TestNarrowWindow::docksFoldAndComeBack_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("narrow") << narrow;
    QTest::newRow("smallest") << smallest; // which would leave them no room
}

void TestNarrowWindow::docksFoldAndComeBack()
{
    QFETCH(const QSize, size);
    m_studio->window().resizeDocks({schema()}, {300}, Qt::Horizontal);
    QTRY_COMPARE(schema()->width(), 300);
    QVERIFY(!rail()->isVisible());
    QVERIFY(resize(size));
    QTRY_VERIFY(rail()->isVisible());
    QCOMPARE(rail()->width(), 36);
    QVERIFY(!project()->isVisible() && !schema()->isVisible());
    QTRY_COMPARE(m_studio->window().documents().width(),
                 size.width() - 36 - m_studio->find<QDockWidget>(u"inspectorDock"_s)->width()
                     - 5); // its separator
    QVERIFY(resize(wide));
    QTRY_VERIFY(project()->isVisible() && schema()->isVisible());
    QVERIFY(!rail()->isVisible());
    QTRY_COMPARE(schema()->width(), 300);
}

void TestNarrowWindow::hiddenDocksStayHidden()
{
    m_studio->trigger(u"view.projectDock"_s);
    QVERIFY(!project()->isVisible());
    QVERIFY(resize(narrow));
    QVERIFY(resize(wide));
    QTRY_VERIFY(schema()->isVisible());
    QVERIFY(!project()->isVisible());
}

void TestNarrowWindow::bottomDocksStayAsTheyAre()
{
    auto *results = m_studio->find<QDockWidget>(u"resultsDock"_s);
    QVERIFY(resize(narrow));
    QVERIFY(!results->isVisible());
    m_studio->trigger(u"view.resultsDock"_s);
    QVERIFY(results->isVisible());
    QVERIFY(resize(wide));
    QTRY_VERIFY(schema()->isVisible());
    QVERIFY(results->isVisible());
}

void TestNarrowWindow::opensOverTheView()
{
    QVERIFY(resize(narrow));
    QTRY_VERIFY(rail()->isVisible());
    const QRect before = m_studio->window().documents().geometry();
    press(u"rail.schemaDock"_s);
    QTRY_VERIFY(schema()->isVisible());
    QCOMPARE(m_studio->window().documents().geometry(), before); // nothing moved
    const QRect place(schema()->mapTo(&m_studio->window(), QPoint()), schema()->size());
    QCOMPARE(place.left(), 36);
    QVERIFY(place.right() > before.left() && place.right() <= 36 + 264);
    QVERIFY(schema()->isAncestorOf(QApplication::focusWidget()));
    QVERIFY(m_studio->find<ui::Button>(u"rail.schemaDock"_s)->isChecked());
    press(u"rail.schemaDock"_s);
    QTRY_VERIFY(!schema()->isVisible());
    QVERIFY(!m_studio->find<ui::Button>(u"rail.schemaDock"_s)->isChecked());
}

void TestNarrowWindow::onlyOneIsOpen()
{
    QVERIFY(resize(narrow));
    m_studio->trigger(u"view.projectDock"_s);
    QTRY_VERIFY(project()->isVisible());
    m_studio->trigger(u"view.schemaDock"_s);
    QTRY_VERIFY(schema()->isVisible());
    QVERIFY(!project()->isVisible());
    QVERIFY(!m_studio->window().actions().action(u"view.projectDock"_s)->isChecked());
}

void TestNarrowWindow::escapeCloses()
{
    QVERIFY(resize(narrow));
    ui::EditorTab *editor = m_studio->window().newEditor("select 1");
    editor->editor()->setFocus();
    m_studio->trigger(u"view.projectDock"_s);
    QTRY_VERIFY(project()->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!project()->isVisible());
    QCOMPARE(QApplication::focusWidget(), editor->editor()); // where it was
}

void TestNarrowWindow::escapeClearsAFilterFirst()
{
    QVERIFY(resize(narrow));
    m_studio->trigger(u"view.projectDock"_s);
    QTRY_VERIFY(project()->isVisible());
    auto *field = new QLineEdit(u"some"_s, project());
    field->show();
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(project()->isVisible());
    field->clear();
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY(!project()->isVisible());
}

void TestNarrowWindow::focusLeavingCloses()
{
    QVERIFY(resize(narrow));
    ui::EditorTab *editor = m_studio->window().newEditor("select 1");
    m_studio->trigger(u"view.projectDock"_s);
    QTRY_VERIFY(project()->isVisible());
    editor->editor()->setFocus();
    QTRY_VERIFY(!project()->isVisible());
    QCOMPARE(QApplication::focusWidget(), editor->editor());
}

void TestNarrowWindow::pressOutsideCloses()
{
    QVERIFY(resize(narrow));
    m_studio->trigger(u"view.projectDock"_s);
    QTRY_VERIFY(project()->isVisible());
    QTest::mouseClick(project(), Qt::LeftButton, {}, QPoint(100, 300)); // inside
    QVERIFY(project()->isVisible());
    QTest::mouseClick(m_studio->find<QWidget>(u"status"_s), Qt::LeftButton);
    QTRY_VERIFY(!project()->isVisible());
}

void TestNarrowWindow::tabGoesRoundInIt()
{
    QVERIFY(resize(narrow));
    m_studio->trigger(u"view.schemaDock"_s);
    QTRY_VERIFY(schema()->isVisible());
    QStringList forward;
    QWidget *const first = QApplication::focusWidget();
    do {
        forward << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(schema()->isAncestorOf(QApplication::focusWidget()));
    } while (QApplication::focusWidget() != first && forward.size() < 20);
    QVERIFY2(forward.contains(u"schemaDock.pin"_s) && forward.contains(u"schemaDock.close"_s)
                 && forward.size() < 20,
             qPrintable(forward.join(u'|')));
    QStringList back;
    do {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
        back.prepend(QApplication::focusWidget()->objectName());
    } while (QApplication::focusWidget() != first && back.size() < 20);
    QCOMPARE(back, forward);
    // F6 leads out of it, by way of the rail, as Esc does.
    for (int i = 0; i < 3 && schema()->isVisible(); ++i)
        m_studio->trigger(u"view.nextArea"_s);
    QVERIFY(!schema()->isVisible());
}

void TestNarrowWindow::pinKeeps()
{
    QVERIFY(resize(narrow));
    ui::EditorTab *editor = m_studio->window().newEditor("select 1");
    const int before = m_studio->window().documents().width();
    m_studio->trigger(u"view.projectDock"_s);
    QTRY_VERIFY(project()->isVisible());
    press(u"projectDock.pin"_s);
    QTRY_COMPARE(m_studio->window().documents().width(), before - 264); // beside, not over
    editor->editor()->setFocus();
    QTest::keyClick(editor->editor(), Qt::Key_Escape);
    QVERIFY(project()->isVisible());
    m_studio->trigger(u"view.schemaDock"_s); // takes its place
    QTRY_VERIFY(schema()->isVisible() && !project()->isVisible());
    QVERIFY(rail()->isPinned());
    press(u"schemaDock.close"_s);
    QTRY_VERIFY(!schema()->isVisible());
    QTRY_COMPARE(m_studio->window().documents().width(), before);
}

void TestNarrowWindow::switchesFollow()
{
    QVERIFY(resize(narrow));
    const QAction *all = m_studio->window().actions().action(u"view.leftDocks"_s);
    QVERIFY(!all->isChecked());
    m_studio->trigger(u"view.leftDocks"_s);
    QTRY_VERIFY(schema()->isVisible());
    QVERIFY(all->isChecked());
    QVERIFY(m_studio->window().actions().action(u"view.schemaDock"_s)->isChecked());
    m_studio->trigger(u"view.leftDocks"_s);
    QTRY_VERIFY(!schema()->isVisible());
    QVERIFY(!all->isChecked());
}

void TestNarrowWindow::nothingWithoutAProject()
{
    QVERIFY(resize(narrow));
    QVERIFY(rail()->isVisible());
    m_studio->trigger(u"file.closeProject"_s);
    QVERIFY(!rail()->isVisible());
    m_studio->trigger(u"view.schemaDock"_s);
    QVERIFY(!schema()->isVisible());
    QVERIFY(resize(wide));
    QVERIFY(!rail()->isVisible() && !schema()->isVisible());
    QVERIFY(resize(narrow));
    QVERIFY(m_studio->openFolder());
    QTRY_VERIFY(rail()->isVisible());
    QVERIFY(resize(wide));
    QTRY_VERIFY(schema()->isVisible() && project()->isVisible());
}

void TestNarrowWindow::layoutIsKept()
{
    m_studio->window().resizeDocks({schema()}, {310}, Qt::Horizontal);
    QTRY_COMPARE(schema()->width(), 310);
    QVERIFY(resize(smallest));
    QVERIFY(m_studio->window().close());
    m_studio->restart();
    QVERIFY(m_studio->present() && m_studio->openFolder());
    QVERIFY(resize(wide));
    QTRY_VERIFY(schema()->isVisible());
    QTRY_COMPARE(schema()->width(), 310);
}

void TestNarrowWindow::tabComesRound()
{
    QVERIFY(resize(smallest));
    m_studio->window().documents().setFocus();
    QStringList met;
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        met << QApplication::focusWidget()->objectName();
    }
    for (const QString &name : {u"header.menu"_s, u"rail.projectDock"_s, u"rail.schemaDock"_s,
                                u"status.panels"_s, u"status.endpoint"_s})
        QVERIFY2(met.contains(name), qPrintable(name + u" in "_s + met.join(u'|')));
}

void TestNarrowWindow::areasByF6()
{
    QVERIFY(resize(narrow));
    ui::EditorTab *editor = m_studio->window().newEditor("select 1");
    editor->editor()->setFocus();
    bool reached = false;
    for (int i = 0; i < 6 && !reached; ++i) {
        m_studio->trigger(u"view.nextArea"_s);
        reached = rail()->isAncestorOf(QApplication::focusWidget());
    }
    QVERIFY(reached);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(project()->isVisible());
}

void TestNarrowWindow::menusBehindOneButton()
{
    auto *bar = m_studio->find<QMenuBar>(u"header.menuBar"_s);
    QVERIFY(resize(narrow));
    QVERIFY(bar->isVisible());
    QVERIFY(m_studio->find<QWidget>(u"header.goToButton"_s)->isVisible());
    QVERIFY(!m_studio->find<QWidget>(u"header.goTo"_s)->isVisible());
    QVERIFY(resize(smallest));
    QVERIFY(!bar->isVisible());
    QVERIFY(!m_studio->find<QWidget>(u"header.inspectorDock"_s)->isVisible());
    m_studio->trigger(u"view.menus"_s);
    QTRY_VERIFY(menu());
    QCOMPARE(menu()->actions(), bar->actions());
    QVERIFY(menu()->activeAction()); // for the keyboard
    menu()->close();
    QVERIFY(resize(wide));
    m_studio->trigger(u"view.menus"_s);
    QTRY_VERIFY(menu());
    QCOMPARE(menu()->objectName(), u"menu.file"_s);
    menu()->close();
}

void TestNarrowWindow::altOpensTheMenus()
{
    QVERIFY(resize(smallest));
    QWidget *focus = m_studio->window().newEditor("select 1")->editor();
    focus->setFocus();
    QTest::keyClick(focus, Qt::Key_Alt);
    QTRY_VERIFY(menu());
    menu()->close();
    // With another key it is that key's.
    QTest::keyPress(focus, Qt::Key_Alt);
    QTest::keyClick(focus, Qt::Key_Left, Qt::AltModifier);
    QTest::keyRelease(focus, Qt::Key_Alt);
    QVERIFY(!menu());
}

void TestNarrowWindow::panelsBehindOneButton()
{
    auto *panels = m_studio->find<ui::Button>(u"status.panels"_s);
    QVERIFY(!panels->isVisible());
    QVERIFY(m_studio->find<QWidget>(u"status.resultsDock"_s)->isVisible());
    QVERIFY(resize(smallest));
    QTRY_VERIFY(panels->isVisible());
    QVERIFY(!m_studio->find<QWidget>(u"status.resultsDock"_s)->isVisible());
    QTest::mouseClick(panels, Qt::LeftButton);
    QTRY_VERIFY(menu());
    const QList<QAction *> entries = menu()->actions();
    QCOMPARE(entries.size(), 3);
    QCOMPARE(entries.front(), m_studio->window().actions().action(u"view.resultsDock"_s));
    menu()->close();
    entries.front()->trigger();
    QTRY_VERIFY(m_studio->find<QDockWidget>(u"resultsDock"_s)->isVisible());
}

void TestNarrowWindow::smallestSize()
{
    QCOMPARE(m_studio->window().minimumSize(), smallest);
    m_studio->window().resize(100, 100);
    QTRY_COMPARE(m_studio->window().size(), smallest);
}

QTEST_MAIN(TestNarrowWindow)
#include "tst_narrowwindow.moc"
