// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/savedconnections.h"
#include "core/connect/sshask.h"
#include "tests/support/testsshd.h"
#include "tests/ui/support/studio.h"
#include "ui/common/sheet.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr int longEnough = 60'000;

/// The window, and a tunnel that a saved connection would need.
struct Asking {
    test::TestSshd sshd;
    test::Studio studio;
    app::SavedConnections saved{studio.window()};
    SshTunnel tunnel;
    QSignalSpy opened{&tunnel, &SshTunnel::opened};
    QSignalSpy failed{&tunnel, &SshTunnel::failed};

    explicit Asking(const test::SshdOptions &options)
        : sshd(options)
        , tunnel({.hop = {.host = u"bastion"_s}, .host = u"127.0.0.1"_s, .port = 5432},
                 {.configFile = sshd.configFile()}, &saved.keeper())
    {
    }

    /// The question that stands in the window.
    [[nodiscard]] ui::Sheet *sheet() const
    {
        for (ui::Sheet *sheet : studio.window().findChildren<ui::Sheet *>(u"passwordSheet"_s)) {
            if (sheet->isOpen())
                return sheet;
        }
        return nullptr;
    }
    [[nodiscard]] ui::Sheet *openUntilAsked()
    {
        if (!studio.present())
            return nullptr;
        tunnel.open();
        return QTest::qWaitFor([this] { return sheet() || !failed.isEmpty(); }, longEnough)
                   ? sheet()
                   : nullptr;
    }
    [[nodiscard]] bool isOpened() const
    {
        return QTest::qWaitFor([this] { return !opened.isEmpty() || !failed.isEmpty(); },
                               longEnough)
               && !opened.isEmpty();
    }
};

} // namespace

/// What ssh asks, in the window, by the keyboard alone.
class TestSshSheets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void passphrase();
    void wrongPassphrase();
    void cancelled();
    void hostKey();
    void goesWithTheTunnel();
    void program();

private:
    QTemporaryDir m_home;
};

void TestSshSheets::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_home.path()));
    qunsetenv("DBUS_SESSION_BUS_ADDRESS"); // no keychain
}

void TestSshSheets::passphrase()
{
    Asking asking({.passphrase = u"sesame open"_s});
    ui::Sheet *sheet = asking.openUntilAsked();
    QVERIFY(sheet);
    QVERIFY2(sheet->accessibleName().contains(u"Passphrase"_s), qPrintable(sheet->title()));
    auto *field = sheet->findChild<QLineEdit *>(u"passwordSheet.password"_s);
    QVERIFY(field);
    QCOMPARE(QApplication::focusWidget(), field);
    QCOMPARE(field->accessibleName(), u"Passphrase"_s);
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QVERIFY(!sheet->findChild<QCheckBox *>(u"passwordSheet.keep"_s)->isVisible());
    QTest::keyClicks(QApplication::focusWidget(), u"sesame open"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(asking.isOpened());
    QVERIFY(!asking.sheet());
}

void TestSshSheets::wrongPassphrase()
{
    Asking asking({.passphrase = u"sesame open"_s});
    for (int time = 1; time <= 3; ++time) {
        if (time == 1)
            QVERIFY(asking.openUntilAsked());
        else
            QTRY_VERIFY_WITH_TIMEOUT(asking.sheet(), longEnough);
        QPointer<ui::Sheet> sheet = asking.sheet();
        QTest::keyClicks(QApplication::focusWidget(), u"another"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(!sheet);
    }
    QVERIFY(!asking.isOpened());
    QCOMPARE(asking.failed.front().front().value<Error>().id, "ssh.passphrase"_ba);
}

void TestSshSheets::cancelled()
{
    Asking asking({.passphrase = u"sesame open"_s});
    QVERIFY(asking.openUntilAsked());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!asking.isOpened());
    QCOMPARE(asking.failed.front().front().value<Error>().kind, ErrorKind::Cancelled);
}

/// The first focus is the harmless choice; the key is accepted by going on from there.
void TestSshSheets::hostKey()
{
    Asking asking({.knownHost = false});
    ui::Sheet *sheet = asking.openUntilAsked();
    QVERIFY(sheet);
    auto *fingerprint = sheet->findChild<QLabel *>(u"passwordSheet.fingerprint"_s);
    QVERIFY(fingerprint);
    QVERIFY(fingerprint->text().startsWith(u"ED25519 SHA256:"_s));
    QVERIFY(fingerprint->accessibleName().contains(fingerprint->text()));
    QCOMPARE(QApplication::focusWidget()->objectName(), u"passwordSheet.cancel"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"passwordSheet.connect"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(asking.isOpened());
}

void TestSshSheets::goesWithTheTunnel()
{
    Asking asking({.passphrase = u"sesame open"_s});
    QVERIFY(asking.openUntilAsked());
    asking.tunnel.close();
    QTRY_VERIFY(!asking.sheet());
}

/// The window's program is what ssh starts to ask, too.
void TestSshSheets::program()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    SshQuestions questions(keeper, u"bastion"_s, u"a place"_s);
    QVERIFY(questions.listen());
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    questions.addTo(environment);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SLUICE), {u"(mira@h) Code: "_s});
    QTRY_COMPARE_WITH_TIMEOUT(asked.count(), 1, longEnough);
    keeper.answer(1, u"31 41"_s, false);
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, longEnough);
    QCOMPARE(process.readAllStandardOutput(), "31 41\n"_ba);
}

int main(int argc, char *argv[])
{
    if (isSshAskCall()) // ssh starts the program that uses it
        return answerSshAskCall(argc, argv);
    QApplication application(argc, argv);
    TestSshSheets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sshsheets.moc"
