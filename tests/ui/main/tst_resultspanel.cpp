// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"
#include "tests/ui/support/projecthome.h"
#include "ui/common/labels.h"
#include "ui/common/statepage.h"
#include "ui/common/tabbar.h"
#include "ui/common/themecontroller.h"
#include "ui/grid/gridview.h"
#include "ui/main/resultspanel.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ResultsPanel;

namespace {

/// The panel, and runs of text on a real database.
struct Shown {
    test::TestDatabase database;
    test::ProjectHome home;
    ResultsPanel panel;
    ui::TabBar *tabs = panel.findChild<ui::TabBar *>(u"results.tabs"_s);
    ui::StatePage *page = panel.findChild<ui::StatePage *>(u"results.page"_s);
    ui::ElidedLabel *timing = panel.findChild<ui::ElidedLabel *>(u"results.timing"_s);
    std::unique_ptr<ui::QueryRun> run;

    bool open()
    {
        panel.resize(800, 300);
        panel.show();
        return home.write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8()) && home.read()
               && home.trust() && home.database();
    }
    void start(const QByteArray &text)
    {
        run = std::make_unique<ui::QueryRun>(*home.database(), text, core::splitSql(text).parts,
                                             nullptr);
        run->start();
        panel.setRun(run.get());
    }
    bool finish() const
    {
        return QTest::qWaitFor([this] { return !run->isRunning(); }, 30'000);
    }
    bool all(const QByteArray &text)
    {
        start(text);
        return finish();
    }
    [[nodiscard]] QString says() const
    {
        return page->isVisible() ? page->accessibleName() + u'|' + page->accessibleDescription()
                                 : QString();
    }
};

} // namespace

class TestResultsPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_themes = std::make_unique<ui::ThemeController>(*qApp); }
    void cleanupTestCase() { m_themes.reset(); }
    void saysWhatToDoFirst();
    void loadingUntilTheFirstRows();
    void oneTabAResult();
    void withoutRows();
    void failureWithoutRows();
    void rowsBeforeAFailureStay();
    void cancelled();
    void rowsOutliveTheRun();
    void nextRunTakesTheOldOnesAway();
    void chosenCell();
    void runThatHadEndedBefore();

private:
    std::unique_ptr<ui::ThemeController> m_themes;
};

void TestResultsPanel::saysWhatToDoFirst()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.says().startsWith(u"No result yet|"_s));
    QVERIFY(!shown.panel.currentGrid() && !shown.panel.run());
}

void TestResultsPanel::loadingUntilTheFirstRows()
{
    Shown shown;
    QVERIFY(shown.open());
    shown.start("select pg_sleep(0.4)");
    QCOMPARE(shown.page->state(), ui::StatePage::State::Loading);
    QVERIFY(shown.says().contains(u"Esc"_s)); // how to get out of it
    QTRY_VERIFY(shown.panel.currentGrid());
    QVERIFY(shown.finish());
    QVERIFY(shown.says().isEmpty());
}

void TestResultsPanel::oneTabAResult()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select i from generate_series(1, 1234) i; set local work_mem = '1MB';"
                      "select 'second'"));
    QCOMPARE(shown.tabs->count(), 2); // what has no rows has no tab
    QCOMPARE(shown.tabs->currentIndex(), 0);
    QVERIFY(shown.tabs->tabFact(0).contains(u"1,234"_s));
    QVERIFY(shown.tabs->tabFact(1).contains(u"1"_s));
    QVERIFY(!shown.timing->text().isEmpty());
    ui::GridView *first = shown.panel.currentGrid();
    QVERIFY(first && first->isVisible());
    shown.tabs->setCurrentIndex(1);
    QVERIFY(shown.panel.currentGrid() != first && shown.panel.currentGrid()->isVisible());
    QCOMPARE(shown.panel.currentGrid()->source()->cell(0, 0).bytes.toByteArray(), "second"_ba);
}

void TestResultsPanel::withoutRows()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("do $$ begin end $$"));
    QVERIFY(shown.says().startsWith(u"Done, without rows|"_s));
    QCOMPARE(shown.tabs->count(), 0);
    QVERIFY(!shown.panel.currentGrid());
}

void TestResultsPanel::failureWithoutRows()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select wrong"));
    QCOMPARE(shown.page->state(), ui::StatePage::State::Failed);
    QVERIFY(shown.says().startsWith(shown.run->failure()->error.message + u'|'));
}

void TestResultsPanel::rowsBeforeAFailureStay()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select 1; select wrong"));
    QCOMPARE(shown.tabs->count(), 1);
    QVERIFY(shown.panel.currentGrid()->isVisible());
}

void TestResultsPanel::cancelled()
{
    Shown shown;
    QVERIFY(shown.open());
    shown.start("select 1 from pg_sleep(100)");
    shown.run->cancel();
    QVERIFY(shown.finish());
    if (shown.panel.currentGrid())
        return; // its columns were here already
    QVERIFY2(shown.says().startsWith(u"Cancelled|"_s), qPrintable(shown.says()));
    QCOMPARE(shown.page->state(), ui::StatePage::State::Empty); // no red: a person wanted it
}

void TestResultsPanel::rowsOutliveTheRun()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select 'kept'"));
    shown.run.reset();
    QVERIFY(!shown.panel.run());
    const ui::GridView *grid = shown.panel.currentGrid();
    QVERIFY(grid && grid->isVisible());
    QCOMPARE(grid->source()->cell(0, 0).bytes.toByteArray(), "kept"_ba);
    shown.tabs->setCurrentIndex(0);
    shown.panel.setRun(nullptr);
    QVERIFY(shown.says().startsWith(u"No result yet|"_s));
}

void TestResultsPanel::nextRunTakesTheOldOnesAway()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select 1; select 2; select 3"));
    QCOMPARE(shown.tabs->count(), 3);
    shown.tabs->setCurrentIndex(2);
    QVERIFY(shown.all("select 'new'"));
    QCOMPARE(shown.tabs->count(), 1);
    QCOMPARE(shown.panel.currentGrid()->source()->cell(0, 0).bytes.toByteArray(), "new"_ba);
    QTRY_COMPARE(shown.panel.findChildren<ui::GridView *>().size(), 1);
}

void TestResultsPanel::chosenCell()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select i, i * 2 from generate_series(1, 10) i; select 'b'"));
    QSignalSpy chosen(&shown.panel, &ResultsPanel::cellChosen);
    shown.panel.currentGrid()->setCurrent(3, 1);
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(chosen.last().at(0).value<core::RowSource *>(), shown.panel.currentGrid()->source());
    QCOMPARE(chosen.last().at(1).toLongLong(), 3);
    QCOMPARE(chosen.last().at(2).toInt(), 1);
}

void TestResultsPanel::runThatHadEndedBefore()
{
    Shown shown;
    QVERIFY(shown.open());
    QVERIFY(shown.all("select 1; select 2"));
    shown.panel.setRun(nullptr);
    shown.panel.setRun(shown.run.get()); // back to its tab
    QCOMPARE(shown.tabs->count(), 2);
    QVERIFY(shown.says().isEmpty());
    QVERIFY(shown.tabs->tabFact(0).contains(u"1"_s));
}

QTEST_MAIN(TestResultsPanel)
#include "tst_resultspanel.moc"
