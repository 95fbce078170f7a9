// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "core/base/translations.h"
#include "tests/e2e/desk.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"
#include "ui/common/sheet.h"
#include "ui/common/themecontroller.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/gridview.h"
#include "ui/grid/inspector.h"
#include "ui/grid/tabletab.h"
#include "ui/main/documentarea.h"
#include "ui/main/jobspanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/resultspanel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QTabBar>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // milliseconds, for what a server or a disk does
constexpr int rowsOfEvents = 200'000;

} // namespace

/// A person's first ten minutes: welcome, open a folder, trust it, browse, jump to the end, query,
/// err, cancel, export, close, come back. One step a function, in this order.
class TestWalkthrough : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void startsOnTheWelcomePage();
    void opensAFolder();
    void asksForTrust();
    void browsesATable();
    void jumpsToTheEnd();
    void runsAQuery();
    void showsAnErrorInItsPlace();
    void cancelsWithEscape();
    void goesToALine();
    void writesOnceAllowed();
    void exportsATable();
    void followsTheTheme();
    void comesBackAsItWasLeft();
    void leavesNoPassword();
    void cleanupTestCase();

private:
    [[nodiscard]] ui::MainWindow &window() const { return m_app->window(); }
    [[nodiscard]] ui::TableTab *table() const
    {
        return qobject_cast<ui::TableTab *>(window().documents().current());
    }
    [[nodiscard]] ui::EditorTab *editor() const
    {
        return qobject_cast<ui::EditorTab *>(window().documents().current());
    }
    template<class Widget> [[nodiscard]] Widget *part(const QString &name) const
    {
        auto *found = window().findChild<Widget *>(name);
        return found && found->isVisible() ? found : nullptr;
    }
    [[nodiscard]] bool start();
    [[nodiscard]] QByteArray cellOf(const core::RowSource &rows, qint64 row, int column) const
    {
        return rows.cell(row, column).bytes.toByteArray();
    }

    test::Home m_home;
    test::Desk m_desk{QStringLiteral(SLUICE_PICTURES)};
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::TestPooler> m_pooler;
    QString m_folder;
    std::unique_ptr<app::Application> m_app;
};

void TestWalkthrough::initTestCase()
{
    core::installTranslations(*qApp);
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec(
        "create table accounts (id int primary key, name text not null, balance numeric(12,2));"
        "insert into accounts select i, 'account ' || i, i / 7.0 from generate_series(1, 300) i;"
        "create table events (id bigint primary key, account int references accounts,"
        "  at timestamptz not null, kind text, payload jsonb);"
        "insert into events select i, 1 + i % 300, '2026-01-01Z'::timestamptz + i * interval '1 s',"
        "  case when i % 5 = 0 then null else 'kind ' || i % 17 end,"
        "  jsonb_build_object('n', i, 'tags', jsonb_build_array('a', i % 3))"
        "  from generate_series(1, "
        + QByteArray::number(rowsOfEvents) + ") i; analyze;");
    m_pooler = std::make_unique<test::TestPooler>(*m_database);
    m_folder =
        m_home.makeProject(u"harbour"_s, "DATABASE_URL=" + m_pooler->url().toUtf8()
                                             + "\nDIRECT_URL=" + m_database->url().toUtf8() + '\n');
    QVERIFY(!m_folder.isEmpty());
}

bool TestWalkthrough::start()
{
    m_app = std::make_unique<app::Application>(*qApp, app::Options{});
    m_app->start();
    return QTest::qWaitForWindowActive(&window());
}

void TestWalkthrough::startsOnTheWelcomePage()
{
    QVERIFY(start());
    QTRY_VERIFY(part<QWidget>(u"welcome"_s));
    QVERIFY(m_desk.picture(u"welcome"_s));
}

void TestWalkthrough::opensAFolder()
{
    QVERIFY(m_desk.press({u"ctrl+o"_s}));
    QTRY_VERIFY(window().findChild<QFileDialog *>());
    auto *dialog = window().findChild<QFileDialog *>();
    QTRY_VERIFY(dialog->isActiveWindow());
    QVERIFY(m_desk.press({u"ctrl+a"_s}));
    QVERIFY(m_desk.type(m_folder));
    QVERIFY(m_desk.press({u"Return"_s}));
    QTRY_VERIFY(part<ui::Sheet>(u"trustSheet"_s));
}

void TestWalkthrough::asksForTrust()
{
    QTRY_VERIFY(window().isActiveWindow());
    QVERIFY(m_desk.picture(u"trust"_s));
    QCOMPARE(m_database->sessions("sluice"), 0);
    QVERIFY(!window().currentDatabase());
    // The harmless choice has the focus; the other one is a Tab away.
    QVERIFY(m_desk.press({u"Tab"_s, u"space"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(window().currentDatabase()
                                 && window().currentDatabase()->catalogState()
                                        == core::OpenDatabase::CatalogState::Loaded,
                             patience);
    QVERIFY(m_desk.picture(u"trusted"_s));
}

void TestWalkthrough::browsesATable()
{
    QVERIFY(m_desk.press({u"ctrl+p"_s}));
    QTRY_VERIFY(part<QWidget>(u"palette.field"_s));
    QVERIFY(m_desk.type(u"events"_s));
    QTRY_COMPARE(part<QLineEdit>(u"palette.field"_s)->text(), u"events"_s);
    QVERIFY(m_desk.picture(u"palette"_s));
    QVERIFY(m_desk.press({u"Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->hasRows(), patience);
    QCOMPARE(cellOf(*table()->grid().source(), 0, 0), "1"_ba);
    QVERIFY(m_desk.picture(u"rows"_s)); // columns are fitted to their rows when they are painted
    const QRect cell = table()->grid().cellRect(2, 4);
    QVERIFY(m_desk.click(*table()->grid().viewport(), cell.center()));
    QTRY_COMPARE(table()->grid().currentRow(), 2);
    QTRY_COMPARE(table()->grid().currentColumn(), 4);
    QTRY_VERIFY(window().panels().inspector().isVisible());
    QVERIFY(m_desk.picture(u"browse"_s));
}

void TestWalkthrough::jumpsToTheEnd()
{
    QVERIFY(m_desk.press({u"ctrl+End"_s}));
    const core::RowSource &rows = *table()->grid().source();
    const auto last = [&] { return cellOf(rows, table()->grid().currentRow(), 0); };
    QTRY_COMPARE_WITH_TIMEOUT(last(), QByteArray::number(rowsOfEvents), patience);
    QTRY_VERIFY(table()->hasRows());
    QVERIFY(m_desk.picture(u"end"_s));
    QVERIFY(m_desk.press({u"ctrl+Home"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(last(), "1"_ba, patience);
}

void TestWalkthrough::runsAQuery()
{
    QVERIFY(m_desk.press({u"ctrl+n"_s}));
    QTRY_VERIFY(editor());
    QVERIFY(m_desk.type(u"select kind, count(*) from events group by kind order by 2 desc, 1;"_s));
    QTRY_VERIFY(editor()->editor()->bytes().endsWith("1;"));
    QVERIFY(m_desk.press({u"ctrl+Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(editor()->run() && !editor()->isRunning(), patience);
    QVERIFY(!editor()->run()->failure());
    const ui::GridView *grid = window().panels().results().currentGrid();
    QVERIFY(grid);
    QCOMPARE(grid->source()->rowCount().rows, 18);
    QVERIFY(grid->source()->cell(0, 0).isNull);
    QCOMPARE(cellOf(*grid->source(), 0, 1), QByteArray::number(rowsOfEvents / 5));
    QVERIFY(m_desk.picture(u"query"_s));
    // The keyboard leads into the result.
    QVERIFY(m_desk.press({u"F6"_s}));
    QTRY_VERIFY(QApplication::focusWidget()
                && (QApplication::focusWidget() == grid
                    || grid->isAncestorOf(QApplication::focusWidget())));
}

void TestWalkthrough::showsAnErrorInItsPlace()
{
    QVERIFY(m_desk.press({u"ctrl+n"_s}));
    QTRY_VERIFY(editor() && !editor()->run());
    QVERIFY(m_desk.type(u"select id\nfrom evnts;"_s));
    QTRY_COMPARE(editor()->editor()->bytes(), "select id\nfrom evnts;"_ba);
    QVERIFY(m_desk.press({u"ctrl+Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(editor()->run() && !editor()->isRunning(), patience);
    QVERIFY(editor()->run()->failure());
    QCOMPARE(editor()->run()->failure()->at.line, 2);
    QCOMPARE(editor()->editor()->errorCount(), 1);
    QVERIFY(m_desk.picture(u"error"_s));
}

void TestWalkthrough::cancelsWithEscape()
{
    QVERIFY(m_desk.press({u"ctrl+a"_s}));
    QVERIFY(m_desk.type(u"select pg_sleep(600);"_s));
    QTRY_VERIFY(editor()->editor()->bytes() == "select pg_sleep(600);");
    QVERIFY(m_desk.press({u"ctrl+Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_database->value("select count(*) from pg_stat_activity where datname = current_database()"
                          " and state = 'active'"
                          " and query like 'select pg_sleep%'")
            == "1",
        patience);
    QVERIFY(m_desk.picture(u"running"_s));
    QVERIFY(m_desk.press({u"Escape"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(editor()->run()->wasCancelled() && !editor()->isRunning(), patience);
    QCOMPARE(
        m_database->value("select count(*) from pg_stat_activity where datname = current_database()"
                          " and state = 'active'"
                          " and query like 'select pg_sleep%'"),
        "0"_ba);
    QVERIFY(m_desk.picture(u"cancelled"_s));
}

void TestWalkthrough::goesToALine()
{
    QVERIFY(m_desk.press({u"ctrl+a"_s}));
    QVERIFY(m_desk.type(u"select 1;\nselect 2;\nselect 3;"_s));
    QTRY_COMPARE(editor()->editor()->bytes(), "select 1;\nselect 2;\nselect 3;"_ba);
    QVERIFY(m_desk.press({u"ctrl+g"_s}));
    QTRY_VERIFY(part<QLineEdit>(u"palette.field"_s));
    QVERIFY(m_desk.type(u"2"_s));
    QTRY_COMPARE(part<QLineEdit>(u"palette.field"_s)->text(), u":2"_s);
    QVERIFY(m_desk.press({u"Return"_s}));
    QTRY_COMPARE(editor()->editor()->caret(), int(qstrlen("select 1;\n")));
    QVERIFY(m_desk.press({u"ctrl+Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(
        editor()->run() && !editor()->isRunning() && !editor()->run()->results().empty(), patience);
    QCOMPARE(cellOf(*editor()->run()->results().front().rows, 0, 0), "2"_ba);
}

void TestWalkthrough::writesOnceAllowed()
{
    m_database->exec(
        "CREATE TABLE scratch (id int, note text); INSERT INTO scratch VALUES (1, 'old')");
    QVERIFY(m_desk.press({u"ctrl+n"_s}));
    QTRY_VERIFY(editor() && !editor()->run());
    const QByteArray text = "update scratch set note = 'new' where id = 1;";
    QVERIFY(m_desk.type(QString::fromUtf8(text)));
    QTRY_COMPARE(editor()->editor()->bytes(), text);
    // Read-only holds until a person says otherwise.
    QVERIFY(m_desk.press({u"ctrl+Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(editor()->run() && !editor()->isRunning(), patience);
    QVERIFY(editor()->run()->failure());
    QCOMPARE(m_database->value("SELECT note FROM scratch"), "old"_ba);
    QVERIFY(m_desk.press({u"ctrl+alt+w"_s}));
    QTRY_VERIFY(part<QAbstractButton>(u"header.write"_s)->isChecked());
    QVERIFY(m_desk.press({u"ctrl+Return"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(m_database->value("SELECT note FROM scratch"), "new"_ba, patience);
    QVERIFY(m_desk.picture(u"writing"_s));
    QVERIFY(m_desk.press({u"ctrl+alt+w"_s}));
    QTRY_VERIFY(!part<QAbstractButton>(u"header.write"_s)->isChecked());
}

void TestWalkthrough::exportsATable()
{
    auto *tabs = part<QTabBar>(u"documents.tabs"_s);
    QVERIFY(tabs);
    QVERIFY(m_desk.click(*tabs, tabs->tabRect(0).center()));
    QTRY_VERIFY(table());
    QVERIFY(m_desk.press({u"ctrl+e"_s}));
    QTRY_VERIFY(part<QLineEdit>(u"exportSheet.path"_s));
    auto *path = part<QLineEdit>(u"exportSheet.path"_s);
    QTRY_VERIFY(path->hasFocus());
    const QString file = m_home.path() + u"/events.csv"_s;
    QVERIFY(m_desk.press({u"ctrl+a"_s}));
    QVERIFY(m_desk.type(file));
    QTRY_COMPARE(path->text(), file);
    QVERIFY(m_desk.picture(u"export"_s));
    QVERIFY(m_desk.press({u"Return"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), patience);
    QTRY_COMPARE_WITH_TIMEOUT(window().panels().jobs().runningCount(), 0, patience);
    QVERIFY(m_desk.picture(u"exported"_s));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray content = written.readAll();
    QCOMPARE(content.count('\n'), rowsOfEvents + 1);
    QVERIFY(content.startsWith("id,account,at,kind,payload\n1,2,2026-01-01 "));
}

void TestWalkthrough::followsTheTheme()
{
    QVERIFY(m_desk.press({u"ctrl+shift+p"_s}));
    QTRY_VERIFY(part<QLineEdit>(u"palette.field"_s));
    QVERIFY(m_desk.type(u"dark"_s));
    QTRY_COMPARE(part<QLineEdit>(u"palette.field"_s)->text(), u"> dark"_s);
    QVERIFY(m_desk.press({u"Return"_s}));
    QTRY_COMPARE(m_app->themes().choice(), ui::ThemeController::Choice::Dark);
    QTRY_VERIFY(window().palette().window().color().lightness() < 80);
    QVERIFY(m_desk.picture(u"dark"_s));
}

void TestWalkthrough::comesBackAsItWasLeft()
{
    QVERIFY(m_desk.press({u"ctrl+q"_s}));
    QTRY_VERIFY(!window().isVisible());
    m_app.reset();
    QTRY_COMPARE_WITH_TIMEOUT(m_database->sessions("sluice"), 0, patience);
    QVERIFY(start());
    QCOMPARE(m_app->themes().choice(), ui::ThemeController::Choice::Dark);
    // The newest of the recent projects is the first that Tab reaches after the actions.
    m_app->openFolder(m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(table() && table()->hasRows(), patience);
    QVERIFY(!part<ui::Sheet>(u"trustSheet"_s));
    QCOMPARE(table()->title(), u"events"_s);
    // Three texts were never saved: they are here again.
    QTRY_COMPARE(window().documents().documents().size(), 4);
    QVERIFY(m_desk.picture(u"back"_s));
}

void TestWalkthrough::leavesNoPassword()
{
    m_app.reset();
    QCOMPARE(m_home.filesWith(m_database->facts().plainPassword), QStringList());
}

void TestWalkthrough::cleanupTestCase()
{
    m_app.reset();
}

QTEST_MAIN(TestWalkthrough)
#include "tst_walkthrough.moc"
