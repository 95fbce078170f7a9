// SPDX-License-Identifier: GPL-3.0-or-later
// The tab over a real server, in the whole window.
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"
#include "tests/ui/support/studio.h"
#include "ui/common/button.h"
#include "ui/common/note.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"
#include "ui/doctor/activitytree.h"
#include "ui/doctor/budgetbar.h"
#include "ui/doctor/doctorpane.h"
#include "ui/doctor/doctortab.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/main/documentarea.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using core::ActivityModel;
using test::Role;

namespace {

/// A trusted folder in the window, with the tab open and looked at once.
struct Desk {
    test::Studio studio;
    QPointer<ui::DoctorTab> tab;

    explicit Desk(const QStringList &lines)
    {
        if (studio.home().write(u".env"_s, lines.join(u'\n').toUtf8() + '\n') && studio.present()
            && studio.home().read() && studio.home().trust())
            studio.window().showProject(studio.openProject());
        studio.trigger(u"database.activity"_s);
        tab = qobject_cast<ui::DoctorTab *>(studio.window().documents().current());
    }

    [[nodiscard]] bool ready() const
    {
        return tab
               && QTest::qWaitFor([this] { return tab->tree().sessions().activity() != nullptr; },
                                  30'000);
    }
    [[nodiscard]] QModelIndex row(int pid) const
    {
        const core::ActivityPtr activity = tab->tree().sessions().activity();
        const core::ActivitySession *session = activity ? activity->find(pid) : nullptr;
        return session ? tab->tree().sessions().indexOf(session->key()) : QModelIndex();
    }
    [[nodiscard]] bool choose(int pid) const
    {
        const bool there = QTest::qWaitFor(
            [&] {
                if (!row(pid).isValid())
                    tab->refresh();
                return row(pid).isValid();
            },
            30'000);
        if (there)
            tab->tree().setCurrentIndex(row(pid));
        return there;
    }
    [[nodiscard]] QString messages() const
    {
        QStringList all;
        for (const QLabel *label : studio.window().panels().messages().findChildren<QLabel *>())
            all << label->text();
        return all.join(u'|');
    }
    template<class Widget> [[nodiscard]] Widget *find(const QString &name) const
    {
        return studio.find<Widget>(name);
    }
};

} // namespace

class TestDoctorTab : public QObject
{
    Q_OBJECT

private slots:
    void sessionsAndBudget();
    void keepsTheChosenOne();
    void onlyWhileVisible();
    void changesALineWithConsent();
    void endsASessionWithConsent();
    void refusesWhatHasChanged();
    void roleThatSeesLittle();
    void throughAPooler();
    void serverDown();
    void closing();
    void doctorChecks();
    void errorsAreExplained();
    void byKeyboard();
};

void TestDoctorTab::sessionsAndBudget()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int); INSERT INTO invoices VALUES (1)");
    test::Connection holder = database.connect();
    test::Connection waiter = database.connect();
    const int holderPid = holder.backendPid();
    const int waiterPid = waiter.backendPid();
    holder.exec("BEGIN; UPDATE invoices SET id = 2"_ba);
    PQsendQuery(waiter.handle(), "UPDATE invoices SET id = 3");
    Desk desk({u"DATABASE_URL="_s + database.url(Role::Super)});
    QVERIFY(desk.ready());
    QTRY_VERIFY_WITH_TIMEOUT(
        (desk.tab->refresh(),
         desk.row(waiterPid).parent() == desk.row(holderPid) && desk.row(waiterPid).isValid()),
        30'000);
    QVERIFY(desk.tab->tree().isExpanded(desk.row(holderPid)));
    auto *budget = desk.find<ui::BudgetBar>(u"activity.budget"_s);
    QVERIFY(budget->sentence().contains(u" of 200 in use"_s));
    QVERIFY(budget->accessibleDescription().contains(u"sluice-test"_s));
    QVERIFY(desk.choose(holderPid));
    QCOMPARE(desk.find<QPlainTextEdit>(u"activity.statement"_s)->toPlainText(),
             u"BEGIN; UPDATE invoices SET id = 2"_s);
    // Nothing runs there that could be cancelled.
    QVERIFY(!desk.find<ui::Button>(u"activity.cancel"_s)->isEnabled());
    QVERIFY(desk.find<ui::Button>(u"activity.end"_s)->isEnabled());
}

void TestDoctorTab::keepsTheChosenOne()
{
    test::TestDatabase database;
    std::vector<test::Connection> many;
    for (int i = 0; i < 40; ++i)
        many.push_back(database.connect());
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    QVERIFY(desk.choose(many[20].backendPid()));
    ui::ActivityTree &tree = desk.tab->tree();
    const int top = tree.visualRect(tree.currentIndex()).top();
    const QString key = tree.currentIndex().data(ActivityModel::KeyRole).toString();
    QSignalSpy updates(&tree.sessions(), &QAbstractItemModel::rowsRemoved);
    many.erase(many.begin(), many.begin() + 5);
    QTRY_VERIFY_WITH_TIMEOUT((desk.tab->refresh(), updates.count() > 0), 30'000);
    QCOMPARE(tree.currentIndex().data(ActivityModel::KeyRole).toString(), key);
    QCOMPARE(tree.visualRect(tree.currentIndex()).top(), top);
}

void TestDoctorTab::onlyWhileVisible()
{
    test::TestDatabase database;
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    auto *pause = desk.find<ui::Button>(u"activity.pause"_s);
    QTest::mouseClick(pause, Qt::LeftButton);
    QVERIFY(desk.tab->isPaused());
    QCOMPARE(pause->text(), u"Go on"_s);
    // A look that is asked for is still taken.
    const core::ActivityPtr before = desk.tab->tree().sessions().activity();
    desk.tab->refresh();
    QTRY_VERIFY(desk.tab->tree().sessions().activity() != before);
    QTest::mouseClick(pause, Qt::LeftButton);
    QVERIFY(!desk.tab->isPaused());
    // Hidden behind another tab: the connection has nothing to do any more.
    (void)desk.studio.window().newEditor();
    QVERIFY(!desk.tab->isVisible());
}

void TestDoctorTab::changesALineWithConsent()
{
    test::TestDatabase database;
    const QByteArray line = "DATABASE_URL=" + database.url().toUtf8();
    Desk desk({u"# ours"_s, QString::fromUtf8(line)});
    QVERIFY(desk.ready());
    const auto written = [&desk] {
        QFile file(desk.studio.home().folder() + u"/.env"_s);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const core::SourceLocation source{.file = u".env"_s, .line = 2, .key = u"DATABASE_URL"_s};
    const core::Explanation told{
        .id = "pooler.preparedMissing"_ba,
        .title = u"T"_s,
        .fixes = {{.sentence = u"Tell the client."_s,
                   .text = u"DATABASE_URL=…?pgbouncer=true"_s,
                   .before = u"DATABASE_URL=…"_s,
                   .change = core::AddressParameter{source, u"pgbouncer"_s, u"true"_s}}}};
    const auto ask = [&] {
        desk.tab->showExplanation(told);
        desk.find<ui::Button>(u"fixes.change0"_s)->click();
        return QTest::qWaitFor([&] { return desk.find<ui::Sheet>(u"lineSheet"_s); }, 30'000);
    };
    QVERIFY(ask());
    desk.find<ui::Sheet>(u"lineSheet"_s)->reject();
    QTRY_VERIFY(!desk.find<ui::Sheet>(u"lineSheet"_s));
    QCOMPARE(written(), "# ours\n" + line + '\n');
    QVERIFY(ask());
    QTest::mouseClick(desk.find<ui::Button>(u"lineSheet.accept"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(written(), "# ours\n" + line + "?pgbouncer=true\n", 30'000);
    QTRY_VERIFY(desk.messages().contains(u".env:2 was changed"_s));
    QVERIFY(!desk.messages().contains(QString::fromUtf8(database.facts().plainPassword)));
    // The line has gone meanwhile: nothing is written, and it is said.
    QVERIFY(desk.studio.home().write(u".env"_s, "A=1\n"));
    desk.tab->showExplanation(told);
    desk.find<ui::Button>(u"fixes.change0"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(desk.messages().contains(u"does not set DATABASE_URL"_s), 30'000);
    QCOMPARE(written(), "A=1\n"_ba);
}

void TestDoctorTab::endsASessionWithConsent()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    const int pid = victim.backendPid(); // asking is a statement of its own
    victim.exec("BEGIN; SELECT 'mine'"_ba);
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    QVERIFY(desk.choose(pid));
    QTest::mouseClick(desk.find<ui::Button>(u"activity.end"_s), Qt::LeftButton);
    auto *sheet = desk.find<ui::Sheet>(u"signalSheet"_s);
    QVERIFY(sheet && sheet->isOpen());
    QVERIFY(sheet->title().contains(QString::number(pid)));
    QCOMPARE(desk.find<QPlainTextEdit>(u"signalSheet.statement"_s)->toPlainText(),
             u"BEGIN; SELECT 'mine'"_s);
    auto *accept = desk.find<ui::Button>(u"signalSheet.accept"_s);
    QVERIFY(accept->isEnabled()); // not production
    QSignalSpy signalled(desk.tab, &ui::DoctorTab::signalled);
    QTest::mouseClick(accept, Qt::LeftButton);
    QVERIFY(signalled.wait(30'000));
    const auto outcome = signalled.first().at(1).value<core::Result<>>();
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().text()));
    QTRY_VERIFY(!desk.row(pid).isValid());
    QVERIFY(!victim.tryExec("SELECT 1"_ba));
}

void TestDoctorTab::refusesWhatHasChanged()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    const int pid = victim.backendPid(); // asking is a statement of its own
    victim.exec("BEGIN; SELECT 'first'"_ba);
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    QVERIFY(desk.choose(pid));
    QTest::mouseClick(desk.find<ui::Button>(u"activity.end"_s), Qt::LeftButton);
    victim.exec("SELECT 'second'"_ba); // while the question stands
    QSignalSpy signalled(desk.tab, &ui::DoctorTab::signalled);
    QTest::mouseClick(desk.find<ui::Button>(u"signalSheet.accept"_s), Qt::LeftButton);
    QVERIFY(signalled.wait(30'000));
    const auto outcome = signalled.first().at(1).value<core::Result<>>();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "activity.changed"_ba);
    QCOMPARE(victim.value("SELECT 5"_ba), "5"_ba);
    QVERIFY(desk.studio.window().panels().messages().problemCount() > 0);
}

void TestDoctorTab::roleThatSeesLittle()
{
    test::TestDatabase database;
    test::Connection other = database.connect(Role::Super);
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    QTRY_VERIFY(desk.find<ui::Note>(u"activity.note"_s)->isVisible());
    QVERIFY(desk.choose(other.backendPid()));
    QVERIFY(!desk.find<ui::Button>(u"activity.end"_s)->isEnabled());
    QCOMPARE(
        desk.tab->tree().currentIndex().siblingAtColumn(ActivityModel::State).data().toString(),
        u"not visible to this role"_s);
}

void TestDoctorTab::throughAPooler()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Desk desk({u"DATABASE_URL="_s + pooler.url()});
    QVERIFY(desk.ready());
    auto *note = desk.find<ui::Note>(u"activity.note"_s);
    QTRY_VERIFY(note->isVisible());
    QVERIFY(note->sentence().contains(u"pooler"_s));
}

void TestDoctorTab::serverDown()
{
    Desk desk({u"DATABASE_URL=postgres://app:x@127.0.0.1:%1/shop"_s.arg(test::freePort())});
    QVERIFY(desk.tab);
    auto *page = desk.find<ui::StatePage>(u"activity.page"_s);
    QTRY_COMPARE_WITH_TIMEOUT(page->state(), ui::StatePage::State::Failed, 30'000);
    QVERIFY(page->isVisible());
    // The doctor's side explains the same.
    QTRY_VERIFY_WITH_TIMEOUT(!desk.tab->doctor().findings().empty(), 30'000);
    const auto &findings = desk.tab->doctor().findings();
    QVERIFY(std::ranges::any_of(
        findings, [](const core::Finding &one) { return one.explanation == "reach.refused"; }));
}

void TestDoctorTab::closing()
{
    test::TestDatabase database;
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    desk.studio.closeFolder();
    QTRY_VERIFY(!desk.tab);
    QTRY_COMPARE(database.sessions("sluice"_ba), 0);
}

void TestDoctorTab::doctorChecks()
{
    test::TestDatabase database;
    database.execSuper("ALTER DATABASE " + database.name().toUtf8() + " CONNECTION LIMIT 3");
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.tab);
    QTRY_VERIFY_WITH_TIMEOUT(!desk.tab->doctor().findings().empty(), 30'000);
    QVERIFY(desk.find<QWidget>(u"doctor.card1"_s));
    auto *again = desk.find<ui::Button>(u"doctor.again"_s);
    QSignalSpy checked(&desk.tab->doctor(), &ui::DoctorPane::checked);
    QTest::mouseClick(again, Qt::LeftButton);
    QVERIFY(desk.tab->doctor().isChecking());
    QVERIFY(checked.wait(30'000));
    // Those that are fine are folded away, and can be seen.
    auto *fine = desk.tab->doctor().findChildren<ui::Button *>(u"doctor.fine"_s).last();
    const auto cards = desk.tab->doctor().findChildren<ui::DoctorCard *>().size();
    QTest::mouseClick(fine, Qt::LeftButton);
    QTRY_VERIFY(desk.tab->doctor().findChildren<ui::DoctorCard *>().size() > cards);
}

void TestDoctorTab::errorsAreExplained()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE organisations (id int)");
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    QVERIFY(desk.studio.home().write(u"db/one.sql"_s, "create table shipments (id int);\n"));
    ui::EditorTab *editor = desk.studio.window().newEditor("select * from organistaions");
    QTRY_VERIFY(editor->database()->catalog() && editor->database()->catalog()->hasDetails());
    editor->runAll();
    QTRY_VERIFY_WITH_TIMEOUT(!editor->isRunning(), 30'000);
    auto &messages = desk.studio.window().panels().messages();
    QTRY_VERIFY_WITH_TIMEOUT(messages.findChild<ui::Button *>(u"messages.explain"_s), 30'000);
    QTest::mouseClick(messages.findChild<ui::Button *>(u"messages.explain"_s), Qt::LeftButton);
    QCOMPARE(desk.studio.window().documents().current(), static_cast<ui::Document *>(desk.tab));
    const auto cards = desk.tab->doctor().findChildren<ui::DoctorCard *>();
    QVERIFY(std::ranges::any_of(
        cards, [](const ui::DoctorCard *card) { return card->id() == "schema.alike"; }));
}

void TestDoctorTab::byKeyboard()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    const int pid = victim.backendPid(); // asking is a statement of its own
    victim.exec("BEGIN; SELECT 'mine'"_ba);
    Desk desk({u"DATABASE_URL="_s + database.url()});
    QVERIFY(desk.ready());
    QVERIFY(desk.choose(pid));
    desk.tab->setFocus();
    QCOMPARE(QApplication::focusWidget(), &desk.tab->tree());
    for (int i = 0; i < 10 && QApplication::focusWidget()->objectName() != u"activity.end"_s; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"activity.end"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    auto *sheet = desk.find<ui::Sheet>(u"signalSheet"_s);
    QVERIFY(sheet && sheet->isOpen());
    // Enter confirms nothing that destroys.
    desk.find<ui::Button>(u"signalSheet.accept"_s)->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(sheet->isOpen());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!desk.find<ui::Sheet>(u"signalSheet"_s));
    QCOMPARE(victim.value("SELECT 5"_ba), "5"_ba);
}

QTEST_MAIN(TestDoctorTab)
#include "tst_doctortab.moc"
