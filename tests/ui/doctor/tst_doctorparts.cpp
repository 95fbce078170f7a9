// SPDX-License-Identifier: GPL-3.0-or-later
// Budget bar, cards and the question before a session is stopped, with given facts.
#include "tests/support/hostiletexts.h"
#include "tests/ui/support/projecthome.h"
#include "tests/ui/support/windowwalk.h"
#include "ui/common/button.h"
#include "ui/common/sheet.h"
#include "ui/common/themecontroller.h"
#include "ui/doctor/budgetbar.h"
#include "ui/doctor/doctorcard.h"
#include "ui/doctor/sessionpanel.h"
#include "ui/doctor/signalsheet.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace {

core::ActivitySession session(int pid, const QString &application)
{
    core::ActivitySession one;
    one.pid = pid;
    one.kind = u"client backend"_s;
    one.application = application;
    one.visible = true;
    one.state = core::ActivitySession::State::Idle;
    return one;
}

core::ActivityPtr activityOf(int web, int most)
{
    core::Activity activity;
    for (int i = 0; i < web; ++i)
        activity.sessions.push_back(session(i + 1, u"web"_s));
    activity.sessions.push_back(session(1000, QString()));
    activity.limits = {.used = web + 2, .most = most, .reserved = 3};
    return std::make_shared<const core::Activity>(activity);
}

} // namespace

class TestDoctorParts : public QObject
{
    Q_OBJECT

private slots:
    void budgetInWords();
    void budgetOfRole();
    void budgetWraps();
    void cardFolds();
    void cardCopies();
    void hostileTexts();
    void focusOutlivesALook();
    void productionWantsTheName();

private:
    ui::ThemeController m_themes{*qApp, ui::ThemeController::Choice::Light};
};

void TestDoctorParts::budgetInWords()
{
    ui::BudgetBar bar;
    bar.setActivity(activityOf(10, 100));
    QCOMPARE(bar.sentence(), u"12 of 100 in use"_s);
    QCOMPARE(bar.warning(), QString());
    QVERIFY(bar.accessibleName().contains(u"12 of 100"_s));
    for (const QString &part : {u"web"_s, u"others"_s, u"free"_s, u"superusers"_s, u"Sluice"_s})
        QVERIFY2(bar.accessibleDescription().contains(part), qPrintable(part));
    bar.setActivity(activityOf(85, 100));
    QCOMPARE(bar.warning(), u"Only 10 connections are left"_s);
    bar.setActivity(activityOf(95, 100));
    QCOMPARE(bar.warning(), u"No connection is left"_s);
    bar.setActivity(nullptr);
    QCOMPARE(bar.sentence(), QString());
}

void TestDoctorParts::budgetOfRole()
{
    core::Activity activity = *activityOf(10, 100);
    activity.role = u"app"_s;
    activity.limits.mostOfRole = 12;
    activity.limits.usedByRole = 11;
    ui::BudgetBar bar;
    bar.setActivity(std::make_shared<const core::Activity>(activity));
    QVERIFY(bar.sentence().contains(u"11 of 12"_s));
    QVERIFY(bar.warning().startsWith(u"Only 1 "_s));
}

void TestDoctorParts::budgetWraps()
{
    core::Activity activity = *activityOf(10, 100);
    activity.sessions[0].application = u"a long name of an application "_s.repeated(9);
    ui::BudgetBar bar;
    bar.setActivity(std::make_shared<const core::Activity>(activity));
    QVERIFY(bar.heightForWidth(220) > bar.heightForWidth(1600));
    bar.resize(220, bar.heightForWidth(220));
    QVERIFY(!bar.grab().isNull());
}

void TestDoctorParts::cardFolds()
{
    const core::Finding finding{.id = "a.b"_ba,
                                .level = core::Finding::Level::Warning,
                                .sentence = u"Something"_s,
                                .detail = u"The detail"_s,
                                .fixes = {{.sentence = u"Do it"_s}}};
    ui::DoctorCard card(finding);
    card.resize(400, 300);
    card.show();
    QVERIFY(!card.isUnfolded());
    auto *head = card.findChild<ui::CardHead *>();
    head->setFocus();
    QTest::keyClick(head, Qt::Key_Right);
    QVERIFY(card.isUnfolded());
    QTest::keyClick(head, Qt::Key_Right);
    QVERIFY(card.isUnfolded());
    QTest::keyClick(head, Qt::Key_Left);
    QVERIFY(!card.isUnfolded());
    QTest::keyClick(head, Qt::Key_Return);
    QVERIFY(card.isUnfolded());
    ui::DoctorCard bare(core::Finding{.id = "c.d"_ba, .sentence = u"Fine"_s});
    QVERIFY(!bare.isUnfolded());
    QCOMPARE(bare.findChild<ui::CardHead *>()->focusPolicy(), Qt::NoFocus);
}

void TestDoctorParts::cardCopies()
{
    const core::Explanation told{
        .id = "pooler.preparedMissing"_ba,
        .title = u"T"_s,
        .why = u"W"_s,
        .fixes = {{.sentence = u"First"_s, .text = u"b=2"_s, .before = u"a=1"_s},
                  {.sentence = u"Second"_s, .text = u"x"_s, .action = "database.activity"_ba}}};
    ui::DoctorCard card(told);
    QSignalSpy wanted(&card, &ui::DoctorCard::actionWanted);
    QSignalSpy dismissed(&card, &ui::DoctorCard::dismissed);
    card.show();
    card.findChild<ui::Button *>(u"fixes.copy0"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"b=2"_s);
    card.findChild<ui::Button *>(u"fixes.act1"_s)->click();
    QCOMPARE(wanted.first().first().toByteArray(), "database.activity"_ba);
    card.findChild<ui::Button *>(u"doctor.dismiss"_s)->click();
    QCOMPARE(dismissed.count(), 1);
}

void TestDoctorParts::hostileTexts()
{
    for (const auto &[name, text] : test::hostileTexts()) {
        const core::Explanation told{.id = "x"_ba,
                                     .title = text,
                                     .why = text,
                                     .where = text,
                                     .fixes = {{.sentence = text, .text = text, .before = text}}};
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *card = new ui::DoctorCard(told, &window);
        card->setObjectName(u"doctor.card1"_s);
        column->addWidget(card);
        window.resize(500, 700);
        window.show();
        for (const QLabel *label : card->findChildren<QLabel *>())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
}

/// Every two seconds the same session is shown anew.
void TestDoctorParts::focusOutlivesALook()
{
    ui::SessionPanel panel;
    panel.resize(700, 220);
    panel.show();
    panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&panel));
    const core::ActivityPtr activity = activityOf(2, 100);
    panel.setSession(activity.get(), &activity->sessions[0], 0);
    auto *end = panel.findChild<ui::Button *>(u"activity.end"_s);
    QVERIFY(end->isEnabled());
    end->setFocus();
    panel.setSession(activity.get(), &activity->sessions[0], 0);
    QCOMPARE(QApplication::focusWidget(), end);
    panel.setSession(nullptr, nullptr, 0);
    QVERIFY(!end->isEnabled());
}

void TestDoctorParts::productionWantsTheName()
{
    test::ProjectHome home;
    QVERIFY(home.write(u".env"_s, "DATABASE_URL=postgres://app@db.prod.example/shop\n"));
    QVERIFY(home.read());
    QVERIFY(home.trust());
    QCOMPARE(home.database()->exposure().exposure, core::Exposure::Production);
    QWidget window;
    window.resize(900, 600);
    window.show();
    core::Activity activity = *activityOf(2, 100);
    ui::Sheet *sheet = ui::makeSignalSheet(&window, *home.database(), activity,
                                           activity.sessions[0], core::SessionSignal::Terminate);
    QSignalSpy accepted(sheet, &ui::Sheet::accepted);
    sheet->open();
    QVERIFY(sheet->isProduction());
    auto *accept = sheet->findChild<ui::Button *>(u"signalSheet.accept"_s);
    auto *name = sheet->findChild<QLineEdit *>(u"signalSheet.name"_s);
    QVERIFY(!accept->isEnabled());
    QTest::keyClicks(name, u"sho"_s);
    QVERIFY(!accept->isEnabled());
    QTest::keyClicks(name, u"p"_s);
    QVERIFY(accept->isEnabled());
    accept->click();
    QCOMPARE(accepted.count(), 1);
}

QTEST_MAIN(TestDoctorParts)
#include "tst_doctorparts.moc"
