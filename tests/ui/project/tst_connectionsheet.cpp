// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/connectiontest.h"
#include "tests/ui/support/sheetwindow.h"
#include "tests/ui/support/stillthemes.h"
#include "ui/common/button.h"
#include "ui/common/note.h"
#include "ui/project/connectionsheet.h"
#include "ui/project/passwordsheet.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using ui::ConnectionDraft;
using ui::ConnectionSheet;

namespace {

core::SavedConnection full()
{
    core::SavedConnection connection;
    connection.id = u"7"_s;
    connection.name = u"staging, through bastion"_s;
    connection.host = u"db.internal.example"_s;
    connection.port = 5433;
    connection.database = u"app"_s;
    connection.user = u"mira"_s;
    connection.pooled = core::SavedConnection::Twin{.host = u"db.internal.example"_s, .port = 6432};
    connection.sslMode = "verify-full";
    connection.rootCert = u"/certs/internal-ca.pem"_s;
    connection.clientCert = u"/certs/me.pem"_s;
    connection.clientKey = u"/certs/me.key"_s;
    connection.ssh = core::SshHop{.host = u"bastion"_s, .user = u"jump"_s, .port = 2222};
    connection.production = true;
    connection.folder = u"/work/shop"_s;
    return connection;
}

struct Opened {
    test::SheetWindow window{{1200, 860}};
    ConnectionSheet *sheet;

    explicit Opened(const core::SavedConnection &connection = {}, const QString &folder = {})
        : sheet(new ConnectionSheet(&window, connection, {u"bastion"_s, u"jump"_s}, folder))
    {
        (void)window.open(sheet);
    }
    template<class Widget = QLineEdit> Widget *find(const QString &name) const
    {
        return sheet->findChild<Widget *>(u"connectionSheet."_s + name);
    }
};

} // namespace

class TestConnectionSheet : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip();
    void typedByKeyboard();
    void tabComesRound();
    void testBesideOrBelow();
    void pastedUrlFillsTheForm();
    void pastedIntoTheHost();
    void badUrlSaysWhy();
    void ruleIsNamed();
    void passwordIsHidden();
    void savesAndConnects();
    void problemIsShown();
    void stepsAreShown();
    void decodedPassword();
    void hostileNames();
    void passwordQuestion();
    void questionsOfSsh_data();
    void questionsOfSsh();
    void keepingAPassphrase();

private:
    test::StillThemes m_themes;
};

void TestConnectionSheet::roundTrip()
{
    const Opened opened(full(), u"/work/shop"_s);
    QVERIFY(opened.sheet->isVisible());
    QCOMPARE(opened.sheet->draft().connection, full());
    QVERIFY(!opened.sheet->draft().password);
    QVERIFY(opened.find<QWidget>(u"through"_s)->isVisible());
    opened.find<QCheckBox>(u"beside"_s)->setChecked(false);
    QCOMPARE(opened.sheet->draft().connection.folder, QString());
}

void TestConnectionSheet::typedByKeyboard()
{
    const Opened opened;
    QCOMPARE(QApplication::focusWidget(), opened.find(u"name"_s));
    QTest::keyClicks(QApplication::focusWidget(), u"mine"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), u"db.example"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), u"5"_s); // the port is selected as a whole
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), u"app"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QTest::keyClicks(QApplication::focusWidget(), u"mira"_s);
    const core::SavedConnection typed = opened.sheet->draft().connection;
    QCOMPARE(typed.name, u"mine"_s);
    QCOMPARE(typed.host, u"db.example"_s);
    QCOMPARE(typed.port, 5);
    QCOMPARE(typed.database, u"app"_s);
    QCOMPARE(typed.user, u"mira"_s);
    QSignalSpy finished(opened.sheet, &ui::Sheet::finished);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(finished.count(), 1);
}

// Also past the fields that hand their focus on.
void TestConnectionSheet::tabComesRound()
{
    const Opened opened(full(), u"/work/shop"_s);
    QStringList met;
    for (int i = 0; i < 40; ++i) {
        met << QApplication::focusWidget()->objectName().section(u'.', 1);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    for (const QString &name : {u"reveal"_s, u"ssh"_s, u"beside"_s, u"test"_s, u"production"_s,
                                u"cancel"_s, u"connect"_s, u"paste"_s})
        QVERIFY2(met.contains(name), qPrintable(name + u" in "_s + met.join(u'|')));
}

void TestConnectionSheet::testBesideOrBelow()
{
    Opened opened(full());
    const auto *name = opened.find(u"name"_s);
    const auto *test = opened.find<ui::Button>(u"test"_s);
    const auto at = [&opened](const QWidget *widget) {
        return QRect(widget->mapTo(opened.sheet, QPoint()), widget->size());
    };
    QTRY_VERIFY(at(test).left() > at(name).right());
    opened.window.resize(720, 450);
    QTRY_VERIFY(at(test).top() > at(name).bottom() && at(test).right() < 720);
    QTRY_VERIFY(at(name).width() > 300);
}

void TestConnectionSheet::pastedUrlFillsTheForm()
{
    const Opened opened;
    QApplication::clipboard()->setText(
        u"postgres://mira:p%40ss@db.example:6000/app?sslmode=require&connection_limit=2"_s);
    opened.find<ui::Button>(u"paste"_s)->click();
    const ConnectionDraft draft = opened.sheet->draft();
    QCOMPARE(draft.connection.host, u"db.example"_s);
    QCOMPARE(draft.connection.port, 6000);
    QCOMPARE(draft.connection.name, u"app"_s);
    QCOMPARE(draft.connection.sslMode, "require"_ba);
    QCOMPARE(draft.password, std::optional(u"p@ss"_s));
    auto *note = opened.find<ui::Note>(u"note"_s);
    QVERIFY(note->isVisible());
    QVERIFY2(note->second().contains(u"connection_limit"_s), qPrintable(note->second()));
    QCOMPARE(opened.find(u"password"_s)->echoMode(), QLineEdit::Password);
}

void TestConnectionSheet::pastedIntoTheHost()
{
    const Opened opened;
    QApplication::clipboard()->setText(u"postgresql://mira:secret@db.example/app"_s);
    QLineEdit *host = opened.find(u"host"_s);
    host->setFocus();
    host->paste();
    QCOMPARE(host->text(), u"db.example"_s);
    QCOMPARE(opened.find(u"user"_s)->text(), u"mira"_s);
}

void TestConnectionSheet::badUrlSaysWhy()
{
    const Opened opened(full());
    opened.sheet->fillFromUrl(u"mysql://a@b/c"_s);
    QVERIFY(opened.find<ui::Note>(u"note"_s)->isVisible());
    QCOMPARE(opened.sheet->draft().connection.host, full().host);
    opened.sheet->fillFromUrl(QString());
    QVERIFY(!opened.find<ui::Note>(u"note"_s)->sentence().isEmpty());
}

void TestConnectionSheet::ruleIsNamed()
{
    const Opened opened;
    auto *tls = opened.find<QComboBox>(u"tls"_s);
    opened.find(u"host"_s)->setText(u"10.0.0.1"_s);
    QVERIFY(tls->itemText(0).contains(u"prefer"_s));
    opened.find(u"host"_s)->setText(u"db.example.com"_s);
    QVERIFY(tls->itemText(0).contains(u"require"_s));
    opened.find<QCheckBox>(u"production"_s)->setChecked(true);
    QVERIFY(tls->itemText(0).contains(u"verify-full"_s));
    QCOMPARE(opened.sheet->draft().connection.sslMode, ""_ba);
}

void TestConnectionSheet::passwordIsHidden()
{
    const Opened opened;
    QLineEdit *password = opened.find(u"password"_s);
    password->setText(u"secret"_s);
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QVERIFY(!password->accessibleName().contains(u"secret"_s));
    auto *reveal = opened.find<ui::Button>(u"reveal"_s);
    reveal->click();
    QCOMPARE(password->echoMode(), QLineEdit::Normal);
    QVERIFY(opened.find<QWidget>(u"hiding"_s)->isVisible());
    reveal->click();
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QVERIFY(!opened.find<QWidget>(u"hiding"_s)->isVisible());
    reveal->click();
    opened.find<QComboBox>(u"place"_s)->setCurrentIndex(2);
    QVERIFY(!password->isEnabled() && !reveal->isEnabled());
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QCOMPARE(opened.sheet->draft().connection.secret, core::SecretPlace::None);
}

void TestConnectionSheet::savesAndConnects()
{
    const Opened opened(full());
    QSignalSpy save(opened.sheet, &ConnectionSheet::saveWanted);
    opened.find<ui::Button>(u"save"_s)->click();
    opened.find<ui::Button>(u"connect"_s)->click();
    QCOMPARE(save.count(), 2);
    QCOMPARE(save[0][1].toBool(), false);
    QCOMPARE(save[1][1].toBool(), true);
    QVERIFY(opened.sheet->isVisible()); // whoever saves closes it
}

void TestConnectionSheet::problemIsShown()
{
    const Opened opened(full());
    core::Error error;
    error.message = u"There is a saved connection of this name."_s;
    opened.sheet->showProblem(error);
    QCOMPARE(opened.find<ui::Note>(u"note"_s)->sentence(), error.message);
}

void TestConnectionSheet::stepsAreShown()
{
    const Opened opened(full());
    const core::ConnectionTest plan(full(), nullptr, {});
    std::vector<core::StepReport> steps = plan.steps();
    opened.sheet->setSteps(steps, false);
    auto *button = opened.find<ui::Button>(u"test"_s);
    QCOMPARE(button->text(), u"Test"_s);
    QVERIFY(opened.find<QWidget>(u"step1"_s)->accessibleName().contains(u"not begun"_s));
    QSignalSpy wanted(opened.sheet, &ConnectionSheet::testWanted);
    QSignalSpy stopped(opened.sheet, &ConnectionSheet::testStopWanted);
    button->click();
    QCOMPARE(wanted.count(), 1);
    steps[0].state = core::StepReport::State::Running;
    opened.sheet->setSteps(steps, true);
    button->click();
    QCOMPARE(stopped.count(), 1);
    steps[0].state = core::StepReport::State::Failed;
    steps[0].error = core::Error{.message = u"no way"_s, .advice = u"ask"_s};
    steps[0].fact = u"no way"_s;
    opened.sheet->setSteps(steps, false);
    const auto *row = opened.find<QWidget>(u"step0"_s);
    QVERIFY(row->accessibleName().contains(u"failed"_s));
    QVERIFY(row->accessibleName().contains(u"ask"_s));
    QVERIFY(opened.find<QWidget>(u"step1"_s)->accessibleName().contains(u"not reached"_s));
    QCOMPARE(button->text(), u"Test again"_s);
}

void TestConnectionSheet::decodedPassword()
{
    const Opened opened(full());
    const core::ConnectionTest plan(full(), nullptr, {});
    std::vector<core::StepReport> steps = plan.steps();
    steps[4].state = core::StepReport::State::Failed;
    opened.sheet->setSteps(steps, false, u"p@ss"_s);
    auto *button = opened.find<ui::Button>(u"decoded4"_s);
    QVERIFY(button->isVisible());
    QVERIFY(!opened.find<ui::Button>(u"decoded3"_s)->isVisible());
    QSignalSpy wanted(opened.sheet, &ConnectionSheet::testWanted);
    button->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].value<ConnectionDraft>().password, std::optional(u"p@ss"_s));
}

void TestConnectionSheet::hostileNames()
{
    core::SavedConnection connection = full();
    connection.name = u"<b>x</b>\n\u202ey"_s;
    const Opened opened(connection);
    for (const QLabel *label : opened.sheet->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QVERIFY(!opened.sheet->title().contains(u'\u202e'));
}

void TestConnectionSheet::passwordQuestion()
{
    test::SheetWindow window;
    core::SecretQuestion question;
    question.wanted = {.key = u"7"_s,
                       .name = u"staging"_s,
                       .user = u"mira"_s,
                       .place = u"db.example:5432"_s,
                       .inKeychain = true};
    QString given;
    bool kept = false;
    ui::Sheet *sheet =
        ui::makePasswordSheet(&window, question, [&](const QString &password, bool keep) {
            given = password;
            kept = keep;
        });
    QVERIFY(window.open(sheet));
    auto *field = sheet->findChild<QLineEdit *>(u"passwordSheet.password"_s);
    QCOMPARE(QApplication::focusWidget(), field);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QTest::keyClicks(field, u"sesame"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(given, u"sesame"_s);
    QVERIFY(kept);
    question.reason = core::SecretQuestion::Reason::NoKeychain;
    sheet = ui::makePasswordSheet(&window, question, [](const QString &, bool) {});
    QVERIFY(window.open(sheet));
    QVERIFY(!sheet->findChild<QCheckBox *>(u"passwordSheet.keep"_s)->isVisible());
    QVERIFY(sheet->findChild<ui::Note *>());
    sheet->reject();
}

void TestConnectionSheet::questionsOfSsh_data()
{
    using core::SecretKind;
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("focus");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("given");
    const auto row = [](const char *name, SecretKind kind, const QString &focus,
                        const QString &button, const QString &typed, const QString &given) {
        QTest::newRow(name) << int(kind) << focus << button << typed << given;
    };
    row("passphrase", SecretKind::Passphrase, u"password"_s, u"connect"_s, u"sesame"_s,
        u"sesame"_s);
    row("password", SecretKind::SshPassword, u"password"_s, u"connect"_s, u"sesame"_s, u"sesame"_s);
    row("code", SecretKind::Code, u"password"_s, u"connect"_s, u"3141"_s, u"3141"_s);
    row("host key", SecretKind::HostKey, u"cancel"_s, u"connect"_s, {}, u"yes"_s);
    row("permission", SecretKind::Permission, u"cancel"_s, u"allow"_s, {}, u"yes"_s);
    row("notice", SecretKind::Notice, u"cancel"_s, {}, {}, {});
}

void TestConnectionSheet::questionsOfSsh()
{
    QFETCH(int, kind);
    QFETCH(QString, focus);
    QFETCH(QString, button);
    QFETCH(QString, typed);
    QFETCH(QString, given);
    test::SheetWindow window;
    core::SecretQuestion question;
    question.wanted.kind = core::SecretKind(kind);
    question.wanted.name = u"<i>bastion</i>"_s;
    question.wanted.words = u"one <b>line</b>\nand another"_s;
    question.wanted.fingerprint = u"ED25519 SHA256:abc"_s;
    QString answered;
    bool kept = false;
    ui::Sheet *sheet =
        ui::makePasswordSheet(&window, question, [&](const QString &answer, bool keep) {
            answered = answer;
            kept = keep;
        });
    QVERIFY(window.open(sheet));
    QVERIFY(!sheet->accessibleName().isEmpty());
    for (const QLabel *label : sheet->findChildren<QLabel *>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"passwordSheet."_s + focus);
    QTest::keyClicks(QApplication::focusWidget(), typed);
    if (button.isEmpty()) {
        QSignalSpy rejected(sheet, &ui::Sheet::rejected);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(rejected.count(), 1);
    } else {
        while (QApplication::focusWidget()->objectName() != u"passwordSheet."_s + button)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    }
    QCOMPARE(answered, given);
    QVERIFY(!kept);
}

/// Offered where there is a keychain, and a person's choice.
void TestConnectionSheet::keepingAPassphrase()
{
    test::SheetWindow window;
    core::SecretQuestion question;
    question.wanted.kind = core::SecretKind::Passphrase;
    question.wanted.name = u"/home/mira/.ssh/id_ed25519"_s;
    question.wanted.inKeychain = true;
    bool kept = false;
    ui::Sheet *sheet =
        ui::makePasswordSheet(&window, question, [&](const QString &, bool keep) { kept = keep; });
    QVERIFY(window.open(sheet));
    QVERIFY(sheet->title().contains(u"id_ed25519"_s));
    auto *keep = sheet->findChild<QCheckBox *>(u"passwordSheet.keep"_s);
    QVERIFY(keep->isVisible());
    QVERIFY(!keep->isChecked());
    QTest::keyClick(keep, Qt::Key_Space);
    QTest::keyClick(sheet->findChild<QLineEdit *>(u"passwordSheet.password"_s), Qt::Key_Return);
    QVERIFY(kept);
}

QTEST_MAIN(TestConnectionSheet)
#include "tst_connectionsheet.moc"
