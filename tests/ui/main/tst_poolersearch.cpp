// SPDX-License-Identifier: GPL-3.0-or-later
// Which pooler answers, found out in the window and shown where the endpoint stands.
#include "core/base/translations.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/factline.h"
#include "ui/common/popover.h"
#include "ui/common/sheet.h"
#include "ui/common/treedelegate.h"
#include "ui/editor/editortab.h"
#include "ui/main/documentarea.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/project/overviewmodel.h"
#include "ui/project/projectdock.h"
#include "ui/project/projecttab.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QTest>
#include <QTreeView>

using namespace Qt::StringLiterals;
using test::Studio;

namespace {

struct Shown {
    Studio studio;

    [[nodiscard]] bool open(const QByteArray &lines, bool connects = true)
    {
        if (!studio.home().write(u".env"_s, lines) || !studio.present())
            return false;
        if (connects)
            return studio.openTrusted();
        return studio.home().read() && studio.home().trust() && studio.openFolder();
    }
    [[nodiscard]] bool open(const test::TestPooler &pooler)
    {
        return open("DATABASE_URL=" + pooler.url().toUtf8());
    }
    [[nodiscard]] ui::Popover *popover() const
    {
        return studio.find<ui::Popover>(u"endpointPopover"_s);
    }
    template<class Widget> [[nodiscard]] Widget *part(const char *name) const
    {
        const ui::Popover *open = popover();
        return open ? open->findChild<Widget *>(u"endpointPopover."_s + QLatin1StringView(name))
                    : nullptr;
    }
    /// What the popover says answers, with its evidence; empty while it does not.
    [[nodiscard]] QString answer(const char *name = "pooled.pooler") const
    {
        const auto *line = part<ui::FactLine>(name);
        return line && line->isVisible() ? line->fact() + u'\n' + line->second() : QString();
    }
    /// All words of the popover.
    [[nodiscard]] QString words() const
    {
        QStringList all;
        for (const QLabel *label : popover()->findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    [[nodiscard]] QString messages() const
    {
        QStringList all;
        for (const QLabel *label : studio.window().panels().messages().findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    [[nodiscard]] QString reason() const
    {
        return studio.find<ui::Button>(u"status.endpoint"_s)->toolTip();
    }
    /// The rows of the endpoints in the Project dock: what stands behind their names.
    [[nodiscard]] QStringList dockFacts() const
    {
        const QAbstractItemModel *model = studio.find<QTreeView>(u"projectDock.tree"_s)->model();
        const QModelIndex database = model->index(0, 0, model->index(0, 0));
        QStringList facts;
        for (int row = 0; row < model->rowCount(database); ++row)
            facts << model->index(row, 0, database).data(ui::TreeDelegate::FactRole).toString();
        return facts;
    }
    void dismiss() const
    {
        if (ui::Popover *open = popover())
            open->dismiss();
    }
};

} // namespace

class TestPoolerSearch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { core::installTranslations(*qApp); }
    void saysWhatAnswers();
    void saysThatNoneWasSeen();
    void sessionModeChangesTheRoutes();
    void statementModeIsSaidBeforeARun();
    void canBeCancelled();
    void failureSaysWhatToDo();
    void showsItselfWhileUsed();
    void bothEndpoints();
    void onlyTrustedFoldersAreAsked();

private:
    test::TestDatabase m_database;
};

void TestPoolerSearch::saysWhatAnswers()
{
    const test::TestPooler pooler(m_database);
    Shown shown;
    QVERIFY(shown.open(pooler));
    const QAbstractItemModelTester tester(
        shown.studio.find<QTreeView>(u"projectDock.tree"_s)->model(),
        QAbstractItemModelTester::FailureReportingMode::QtTest);
    shown.studio.trigger(u"project.overview"_s);
    shown.studio.trigger(u"database.pooler"_s);
    QVERIFY(shown.popover() && shown.popover()->isVisible());
    QTRY_VERIFY2(shown.answer().startsWith("PgBouncer in transaction mode answers\n"_L1),
                 qPrintable(shown.answer()));
    QVERIFY(shown.part<ui::FactLine>("pooled.pooler")->second().size() > 20);
    QVERIFY2(shown.messages().contains("PgBouncer in transaction mode answers at"_L1),
             qPrintable(shown.messages()));
    QVERIFY2(shown.reason().contains("PgBouncer in transaction mode answers"_L1),
             qPrintable(shown.reason()));
    QCOMPARE(shown.dockFacts(), QStringList{u"PgBouncer in transaction mode"_s});
    const auto *tab = qobject_cast<ui::ProjectTab *>(shown.studio.window().documents().current());
    QVERIFY(tab);
    const ui::OverviewModel &overview = tab->model();
    QVERIFY(overview.index(0, ui::OverviewModel::ActionColumn, overview.index(0, 0))
                .data()
                .toString()
                .contains("PgBouncer in transaction mode answers"_L1));
    // It is kept: nobody asks again to show it.
    shown.dismiss();
    QTRY_VERIFY(!shown.popover());
    shown.studio.trigger(u"database.endpoint"_s);
    QVERIFY(shown.answer().startsWith("PgBouncer in transaction mode answers\n"_L1));
    QCOMPARE(shown.part<ui::Button>("pooled.ask")->text(), u"Ask again"_s);
}

void TestPoolerSearch::saysThatNoneWasSeen()
{
    Shown shown;
    QVERIFY(shown.open("DATABASE_URL=" + m_database.url().toUtf8() + "?pgbouncer=true"));
    shown.studio.trigger(u"database.pooler"_s);
    QTRY_VERIFY2(shown.answer().startsWith("No pooler was seen\n"_L1), qPrintable(shown.answer()));
    QVERIFY(shown.words().contains("pgbouncer=true, but no pooler was seen"_L1));
    // Not seen is not proven.
    QVERIFY2(shown.words().contains("Dumps need the direct endpoint."_L1),
             qPrintable(shown.words()));
}

void TestPoolerSearch::sessionModeChangesTheRoutes()
{
    const test::TestPooler pooler(m_database, {.poolMode = "session"});
    Shown shown;
    QVERIFY(shown.open(pooler));
    shown.studio.trigger(u"database.endpoint"_s);
    QVERIFY(shown.answer().isEmpty());
    QVERIFY2(shown.words().contains("state lasts one transaction"_L1), qPrintable(shown.words()));
    auto *ask = shown.part<ui::Button>("pooled.ask");
    QVERIFY(ask && ask->accessibleName().contains(QString::number(pooler.port())));
    ask->setFocus();
    ask->click();
    QTRY_VERIFY2(shown.answer().startsWith("PgBouncer in session mode answers\n"_L1),
                 qPrintable(shown.answer()));
    QVERIFY2(shown.words().contains("this pooler keeps a session's state"_L1),
             qPrintable(shown.words()));
    QVERIFY(ask->hasFocus()); // and the popover stayed
}

void TestPoolerSearch::statementModeIsSaidBeforeARun()
{
    const test::TestPooler pooler(m_database, {.poolMode = "statement"});
    Shown shown;
    QVERIFY(shown.open(pooler));
    shown.studio.trigger(u"database.pooler"_s);
    QTRY_VERIFY2(shown.answer().startsWith("PgBouncer in statement mode answers\n"_L1),
                 qPrintable(shown.answer()));
    shown.dismiss();
    QVERIFY2(shown.reason().startsWith("Pooled: "_L1), qPrintable(shown.reason()));
    QVERIFY2(shown.reason().contains("transaction"_L1), qPrintable(shown.reason()));
    ui::EditorTab *editor = shown.studio.window().newEditor("select 1");
    editor->runAll();
    QTRY_VERIFY(editor->run() && !editor->isRunning());
    QVERIFY(editor->run()->failure());
    QCOMPARE(editor->run()->failure()->error.id, "route.statementPooler"_ba);
}

void TestPoolerSearch::canBeCancelled()
{
    const test::TestPooler pooler(m_database, {.poolSize = 1});
    Shown shown;
    QVERIFY(shown.open(pooler));
    test::Connection other = pooler.connect();
    other.exec("BEGIN; SELECT 1"); // there is no other server
    shown.studio.trigger(u"database.pooler"_s);
    QTRY_COMPARE(pooler.pool("cl_waiting"), 1);
    auto *button = shown.part<ui::Button>("pooled.ask");
    QCOMPARE(button->text(), u"Cancel"_s);
    QVERIFY(shown.part<QWidget>("pooled.progress")->isVisible());
    button->click();
    QCOMPARE(button->text(), u"Find out which pooler answers"_s);
    QVERIFY(!shown.part<QWidget>("pooled.progress")->isVisible());
    QVERIFY(shown.answer().isEmpty());
    QVERIFY(!shown.messages().contains("pooler"_L1));
    // PgBouncer looks at a client that waits when its turn comes: then it is gone.
    other.exec("ROLLBACK");
    QTRY_COMPARE(pooler.pool("cl_waiting"), 0);
    QCOMPARE(other.value("SELECT 1"), "1"_ba);
}

void TestPoolerSearch::failureSaysWhatToDo()
{
    Shown shown;
    const QByteArray nobody = "postgres://u:canary@127.0.0.1:"
                              + QByteArray::number(test::freePort()) + "/d?pgbouncer=true";
    QVERIFY(shown.open("DATABASE_URL=" + nobody, false));
    shown.studio.trigger(u"database.pooler"_s);
    const auto *line = shown.part<ui::FactLine>("pooled.pooler");
    QVERIFY(line);
    QTRY_COMPARE(shown.part<ui::Button>("pooled.ask")->text(), u"Ask again"_s);
    QVERIFY(!line->fact().isEmpty() && !line->second().isEmpty());
    QVERIFY2(shown.messages().contains(line->fact()), qPrintable(shown.messages()));
    QVERIFY(!shown.messages().contains("canary"_L1));
}

/// Nothing in its address speaks of it.
void TestPoolerSearch::showsItselfWhileUsed()
{
    const test::TestPooler pooler(m_database);
    Shown shown;
    QVERIFY(shown.open("DATABASE_URL=" + pooler.url().section(u'?', 0, 0).toUtf8()));
    QTRY_VERIFY2(shown.messages().contains("which was used as if it were the server"_L1),
                 qPrintable(shown.messages()));
    QVERIFY2(shown.reason().startsWith("Pooled: "_L1), qPrintable(shown.reason()));
    QVERIFY(!shown.dockFacts().contains(u".env:1"_s));
    shown.studio.trigger(u"database.endpoint"_s);
    QVERIFY2(shown.words().contains("answers where the server was expected"_L1),
             qPrintable(shown.words()));
    QVERIFY(!shown.answer().isEmpty());
}

/// One after the other; the second one is not what it is named, and stays in sight.
void TestPoolerSearch::bothEndpoints()
{
    const test::TestPooler pooler(m_database);
    const test::TestPooler second(m_database);
    Shown shown;
    QVERIFY(shown.open("DATABASE_URL=" + pooler.url().toUtf8()
                       + "\nDIRECT_URL=" + second.url().section(u'?', 0, 0).toUtf8()));
    shown.studio.trigger(u"database.pooler"_s);
    QTRY_VERIFY(shown.messages().contains(QString::number(pooler.port())));
    QTRY_VERIFY(!shown.studio.window().currentDatabase()->database().direct);
    shown.dismiss();
    QTRY_VERIFY(!shown.popover());
    shown.studio.trigger(u"database.endpoint"_s);
    QTRY_VERIFY2(shown.answer("misnamed.pooler").contains("answers"_L1), qPrintable(shown.words()));
    QVERIFY(!shown.answer("pooled.pooler").isEmpty());
}

void TestPoolerSearch::onlyTrustedFoldersAreAsked()
{
    const test::TestPooler pooler(m_database);
    Shown shown;
    QVERIFY(shown.studio.home().write(u".env"_s, "DATABASE_URL=" + pooler.url().toUtf8()));
    QVERIFY(shown.studio.present() && shown.studio.openFolder());
    for (ui::Sheet *sheet : shown.studio.window().findChildren<ui::Sheet *>())
        sheet->reject();
    shown.studio.trigger(u"database.pooler"_s);
    QVERIFY(!shown.popover());
    emit shown.studio.find<ui::ProjectDock>(u"projectDock"_s)
        ->poolerWanted(u"main"_s, core::EndpointRole::Pooled);
    QVERIFY(!shown.popover());
    QVERIFY(shown.studio.find<ui::Sheet>(u"trustSheet"_s));
    QCOMPARE(pooler.pool("cl_active") + pooler.pool("cl_waiting"), 0);
}

QTEST_MAIN(TestPoolerSearch)
#include "tst_poolersearch.moc"
