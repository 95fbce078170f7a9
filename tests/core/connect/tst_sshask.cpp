// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/sshask.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

/// What ssh's prompts are taken for, by its own words.
class TestSshAsk : public QObject
{
    Q_OBJECT

private slots:
    void prompts_data();
    void prompts();
    void wordsAreClean();
};

void TestSshAsk::prompts_data()
{
    QTest::addColumn<QByteArray>("hint");
    QTest::addColumn<QByteArray>("prompt");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *title, const QByteArray &hint, const QByteArray &prompt,
                        SecretKind kind, const QString &name = {}) {
        QTest::newRow(title) << hint << prompt << int(kind) << name;
    };
    row("passphrase", {},
        "Enter passphrase for key '/home/o'neil/.ssh/id': ", SecretKind::Passphrase,
        u"/home/o'neil/.ssh/id"_s);
    row("password", {}, "mira@db.example's password: ", SecretKind::SshPassword,
        u"mira@db.example"_s);
    row("of a server", {}, "(mira@db.example) mira@db.example's password: ", SecretKind::Code);
    row("of a server, like a key's", {},
        "(mira@h) Enter passphrase for key '/home/a/.ssh/id': ", SecretKind::Code);
    row("code", {}, "(mira@db.example) Verification code: ", SecretKind::Code);
    row("PIN", {}, "Enter PIN for ED25519-SK key /home/a/.ssh/id_sk: ", SecretKind::Code);
    row("host key", {},
        "The authenticity of host 'db.example (192.0.2.1)' can't be established.\nED25519 key "
        "fingerprint is SHA256:abc/+9.\nThis key is not known by any other names.\nAre you sure "
        "you want to continue connecting (yes/no/[fingerprint])? ",
        SecretKind::HostKey, u"db.example"_s);
    row("new keys", {}, "Accept updated hostkeys? (yes/no): ", SecretKind::Permission);
    row("confirm", "confirm", "Add key /home/a/.ssh/id (x) to agent?", SecretKind::Permission);
    row("touch", "none", "Confirm user presence for key ED25519-SK SHA256:x", SecretKind::Notice);
}

void TestSshAsk::prompts()
{
    QFETCH(QByteArray, hint);
    QFETCH(QByteArray, prompt);
    const SecretWanted wanted = readSshPrompt(hint, prompt);
    QTEST(int(wanted.kind), "kind");
    QTEST(wanted.name, "name");
    QCOMPARE(wanted.fingerprint.isEmpty(), wanted.kind != SecretKind::HostKey);
    QCOMPARE(wanted.inKeychain, wanted.lasts());
    if (wanted.kind == SecretKind::HostKey)
        QCOMPARE(wanted.fingerprint, u"ED25519 SHA256:abc/+9"_s);
}

void TestSshAsk::wordsAreClean()
{
    const SecretWanted wanted =
        readSshPrompt({}, "(a@h) \x1b[2Jone\r\ntwo \xe2\x80\xae three\x07: ");
    QCOMPARE(wanted.words, u"(a@h) \ufffd[2Jone\ntwo \ufffd three\ufffd:"_s);
}

QTEST_GUILESS_MAIN(TestSshAsk)
#include "tst_sshask.moc"
