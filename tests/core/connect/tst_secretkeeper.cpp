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

QTEST_GUILESS_MAIN(TestSecretKeeper)
#include "tst_secretkeeper.moc"
