// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/secretkeeper.h"

#include "core/base/redact.h"
#include "memorystore.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

SecretWanted wanted(bool inKeychain = false)
{
    return {.key = u"7"_s,
            .name = u"staging"_s,
            .user = u"mira"_s,
            .place = u"db.example:5432"_s,
            .inKeychain = inKeychain};
}

Error unavailable()
{
    Error error;
    error.id = "secret.unavailable";
    error.message = u"No keychain answers."_s;
    return error;
}

} // namespace

class TestSecretKeeper : public QObject
{
    Q_OBJECT

private slots:
    void askedOnceForAll();
    void heldForTheRun();
    void fromTheKeychain();
    void keptWhereWanted();
    void keychainMissing();
    void neverWeaker();
    void declined();
    void nobodyToAsk();
    void refusedIsAskedAgain();
    void lateRefusalOfAnOldOne();
    void forgotten();
    void onlyOnce();
    void askerEnds();
    void oneQuestionOfAHostKey();
    void nobodyToAskForSsh_data();
    void nobodyToAskForSsh();
};

void TestSecretKeeper::askedOnceForAll()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    QSignalSpy settled(&keeper, &SecretKeeper::settled);
    const auto one = keeper.get(wanted());
    const auto two = keeper.get(wanted());
    QCOMPARE(asked.count(), 1);
    QCOMPARE(keeper.questions().size(), 1U);
    const auto question = asked.front().front().value<SecretQuestion>();
    QCOMPARE(question.wanted.name, u"staging"_s);
    QCOMPARE(question.reason, SecretQuestion::Reason::NotKept);
    QVERIFY(!one.isFinished());
    keeper.answer(question.number, u"open sesame"_s, false);
    QCOMPARE(*one.result(), u"open sesame"_s);
    QCOMPARE(*two.result(), u"open sesame"_s);
    QCOMPARE(settled.count(), 1);
    QVERIFY(keeper.questions().empty());
    QVERIFY(!redactedForLog(u"it was open sesame"_s).contains(u"sesame"_s));
}

void TestSecretKeeper::heldForTheRun()
{
    test::MemoryStore store;
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    const auto first = keeper.get(wanted());
    keeper.answer(keeper.questions().front().number, u"secret"_s, false);
    QCOMPARE(*keeper.get(wanted()).result(), u"secret"_s);
    QCOMPARE(asked.count(), 1);
    QVERIFY(store.calls.isEmpty());
}

void TestSecretKeeper::fromTheKeychain()
{
    test::MemoryStore store;
    store.content[u"7"_s] = u"kept"_s;
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    QCOMPARE(*keeper.get(wanted(true)).result(), u"kept"_s);
    QCOMPARE(*keeper.get(wanted(true)).result(), u"kept"_s);
    QCOMPARE(store.calls, QStringList{u"read 7"_s});
    QCOMPARE(asked.count(), 0);
}

void TestSecretKeeper::keptWhereWanted()
{
    test::MemoryStore store;
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    const auto found = keeper.get(wanted(true));
    QCOMPARE(asked.count(), 1);
    keeper.answer(keeper.questions().front().number, u"new"_s, true);
    QCOMPARE(*found.result(), u"new"_s);
    QCOMPARE(store.content.value(u"7"_s), u"new"_s);
}

void TestSecretKeeper::keychainMissing()
{
    test::MemoryStore store;
    store.fault = unavailable();
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    QSignalSpy failed(&keeper, &SecretKeeper::keepFailed);
    const auto found = keeper.get(wanted(true));
    QCOMPARE(keeper.questions().front().reason, SecretQuestion::Reason::NoKeychain);
    keeper.answer(keeper.questions().front().number, u"typed"_s, true);
    QCOMPARE(*found.result(), u"typed"_s); // it is used for the run all the same
    QCOMPARE(failed.count(), 1);
    QCOMPARE(*keeper.get(wanted(true)).result(), u"typed"_s);
}

void TestSecretKeeper::neverWeaker()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    const auto found = keeper.get(wanted(true));
    QCOMPARE(keeper.questions().front().reason, SecretQuestion::Reason::NoKeychain);
    keeper.answer(keeper.questions().front().number, u"typed"_s, true);
    QCOMPARE(*found.result(), u"typed"_s);
    SecretKeeper next(nullptr);
    QSignalSpy askedAgain(&next, &SecretKeeper::asked);
    const auto again = next.get(wanted(true));
    QCOMPARE(askedAgain.count(), 1);
    QVERIFY(!again.isFinished());
}

void TestSecretKeeper::declined()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    const auto found = keeper.get(wanted());
    keeper.decline(keeper.questions().front().number);
    QCOMPARE(found.result().error().kind, ErrorKind::Cancelled);
    const auto again = keeper.get(wanted());
    QCOMPARE(asked.count(), 2); // a no is for once
}

void TestSecretKeeper::nobodyToAsk()
{
    SecretKeeper keeper(nullptr);
    const auto found = keeper.get(wanted());
    QCOMPARE(found.result().error().id, "secret.needed"_ba);
    QCOMPARE(found.result().error().kind, ErrorKind::Consent);
    QVERIFY(found.result().error().message.contains(u"staging"_s));
}

void TestSecretKeeper::refusedIsAskedAgain()
{
    test::MemoryStore store;
    store.content[u"7"_s] = u"old"_s;
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    QCOMPARE(*keeper.get(wanted(true)).result(), u"old"_s);
    keeper.refused(u"7"_s, u"old"_s);
    const auto found = keeper.get(wanted(true));
    QCOMPARE(asked.count(), 1);
    QCOMPARE(keeper.questions().front().reason, SecretQuestion::Reason::Refused);
    QCOMPARE(store.content.value(u"7"_s), u"old"_s); // it may be the server's fault
    keeper.answer(keeper.questions().front().number, u"new"_s, true);
    QCOMPARE(*found.result(), u"new"_s);
    QCOMPARE(store.content.value(u"7"_s), u"new"_s);
}

void TestSecretKeeper::lateRefusalOfAnOldOne()
{
    SecretKeeper keeper(nullptr);
    keeper.remember(u"7"_s, u"old"_s);
    keeper.remember(u"7"_s, u"new"_s);
    keeper.refused(u"7"_s, u"old"_s); // another session was slower
    QCOMPARE(*keeper.get(wanted()).result(), u"new"_s);
}

void TestSecretKeeper::forgotten()
{
    test::MemoryStore store;
    store.content[u"7"_s] = u"kept"_s;
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    QCOMPARE(*keeper.get(wanted(true)).result(), u"kept"_s);
    keeper.forget(u"7"_s);
    QVERIFY(store.content.isEmpty());
    const auto found = keeper.get(wanted(true));
    QCOMPARE(asked.count(), 1);
}

/// A code is good once: neither held nor kept, and each is asked for itself.
void TestSecretKeeper::onlyOnce()
{
    test::MemoryStore store;
    SecretKeeper keeper(&store);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    SecretWanted code = wanted(true);
    code.kind = SecretKind::Code;
    const auto one = keeper.get(code);
    const auto two = keeper.get(code);
    QCOMPARE(asked.count(), 2);
    keeper.answer(1, u"314159"_s, true);
    QCOMPARE(one.result().value(), u"314159"_s);
    QVERIFY(!two.isFinished());
    const auto three = keeper.get(code);
    QVERIFY(!three.isFinished());
    QVERIFY(store.calls.isEmpty());
}

void TestSecretKeeper::askerEnds()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    QSignalSpy settled(&keeper, &SecretKeeper::settled);
    auto first = std::make_unique<QObject>();
    auto second = std::make_unique<QObject>();
    const auto one = keeper.get(wanted(), first.get());
    const auto two = keeper.get(wanted(), second.get());
    first.reset();
    QCOMPARE(settled.count(), 0);
    QVERIFY(one.isCanceled());
    second.reset();
    QCOMPARE(settled.count(), 1);
    QVERIFY(keeper.questions().empty());
    keeper.answer(1, u"too late"_s, false);
    const auto three = keeper.get(wanted());
    QCOMPARE(asked.count(), 2);
}

void TestSecretKeeper::oneQuestionOfAHostKey()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    SecretWanted host = wanted();
    host.kind = SecretKind::HostKey;
    const auto one = keeper.get(host);
    const auto two = keeper.get(host);
    QCOMPARE(asked.count(), 1);
    keeper.answer(1, u"yes"_s, false);
    QCOMPARE(one.result().value(), u"yes"_s);
    QCOMPARE(two.result().value(), u"yes"_s);
    const auto three = keeper.get(host); // ssh remembers it, or asks again
    QCOMPARE(asked.count(), 2);
}

void TestSecretKeeper::nobodyToAskForSsh_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("word");
    QTest::newRow("passphrase") << int(SecretKind::Passphrase) << u"passphrase"_s;
    QTest::newRow("password") << int(SecretKind::SshPassword) << u"password"_s;
    QTest::newRow("host key") << int(SecretKind::HostKey) << u"host key"_s;
    QTest::newRow("code") << int(SecretKind::Code) << u"asks"_s;
}

void TestSecretKeeper::nobodyToAskForSsh()
{
    QFETCH(int, kind);
    QFETCH(QString, word);
    SecretKeeper keeper(nullptr);
    SecretWanted asked = wanted();
    asked.kind = SecretKind(kind);
    const auto error = keeper.get(asked).result().error();
    QCOMPARE(error.id, "secret.needed"_ba);
    QVERIFY2(error.message.contains(word), qPrintable(error.message));
    QVERIFY(error.message.contains(u"staging"_s));
    QVERIFY(error.advice.contains(u"terminal"_s));
}

QTEST_GUILESS_MAIN(TestSecretKeeper)
#include "tst_secretkeeper.moc"
