// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/writeswitch.h"
#include "envsample.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

Database databaseOf(const QStringList &lines)
{
    return pairDatabases(test::projectOfLines(lines)).databases.front();
}

const QStringList localLines = {u"DATABASE_URL=postgres://u:canary@localhost/shop"_s};
const QStringList remoteLines = {u"DATABASE_URL=postgres://u:canary@db.example.com/shop"_s};
const QStringList productionLines = {
    u"DATABASE_URL=postgres://u:canary@pool.example.com:6432/shop%201"_s,
    u"DIRECT_URL=postgres://u:canary@prod.example.com/shop%201"_s};

} // namespace

// What cannot be written down as a test: a permit has no public constructor.
static_assert(!std::is_default_constructible_v<WritePermit>);

class TestWriteSwitch : public QObject
{
    Q_OBJECT

private slots:
    void offAtTheStart();
    void answers_data();
    void answers();
    void localIsOnAtOnce();
    void productionEndsByItself();
    void noEndlessProduction();
    void endIsTold();
    void turningOffEndsEveryCopy();
    void turnedOnAgain();
    void goneWithItsSwitch();
    void anotherAddressIsAnotherPlace();
    void eachDatabaseHasItsOwn();
    void markedByUser();
};

void TestWriteSwitch::offAtTheStart()
{
    const WriteSwitch writing;
    QVERIFY(!writing.permit(databaseOf(localLines)));
}

void TestWriteSwitch::answers_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<bool>("agreed");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("outcome"); // "on" or an error's id
    const auto row = [](const char *name, const QStringList &lines, bool agreed,
                        const QString &typed, const QString &outcome) {
        QTest::newRow(name) << lines << agreed << typed << outcome;
    };
    row("local", localLines, false, {}, u"on"_s);
    row("remote, not agreed", remoteLines, false, {}, u"write.needsConsent"_s);
    row("remote, a name is no consent", remoteLines, false, u"shop"_s, u"write.needsConsent"_s);
    row("remote, agreed", remoteLines, true, {}, u"on"_s);
    row("production, nothing typed", productionLines, false, {}, u"write.needsName"_s);
    row("production, a yes is no name", productionLines, true, {}, u"write.needsName"_s);
    row("production, another name", productionLines, true, u"shop"_s, u"write.wrongName"_s);
    row("production, other letters", productionLines, true, u"SHOP 1"_s, u"write.wrongName"_s);
    row("production, the project's name", productionLines, true, u"main"_s, u"write.wrongName"_s);
    row("production, its name", productionLines, false, u"shop 1"_s, u"on"_s);
    row("production, blanks around", productionLines, false, u" shop 1\t"_s, u"on"_s);
}

void TestWriteSwitch::answers()
{
    QFETCH(QStringList, lines);
    QFETCH(bool, agreed);
    QFETCH(QString, typed);
    QFETCH(QString, outcome);
    const Database database = databaseOf(lines);
    WriteSwitch writing;
    QSignalSpy changed(&writing, &WriteSwitch::changed);
    const Result<WritePermit> permit =
        writing.turnOn(database, {.agreed = agreed, .typedName = typed});
    QCOMPARE(permit ? u"on"_s : QString::fromUtf8(permit.error().id), outcome);
    QCOMPARE(changed.count(), permit ? 1 : 0);
    QCOMPARE(writing.permit(database).has_value(), permit.has_value());
    if (!permit) {
        QCOMPARE(permit.error().kind, ErrorKind::Consent);
        QVERIFY(!permit.error().text().contains("canary"_L1));
        QVERIFY(!permit.error().place.isEmpty());
    }
}

void TestWriteSwitch::localIsOnAtOnce()
{
    const Database database = databaseOf(localLines);
    QCOMPARE(WriteSwitch::question(database).kind, WriteQuestion::Kind::Nothing);
    WriteSwitch writing;
    const WritePermit permit = writing.turnOn(database, {}).value();
    QCOMPARE(permit.database(), u"main"_s);
    QCOMPARE(permit.exposure(), Exposure::Local);
    QVERIFY(!permit.until());
    QVERIFY(permit.holds());
    QVERIFY(permit.covers(database.direct->info));
}

void TestWriteSwitch::productionEndsByItself()
{
    const Database database = databaseOf(productionLines);
    const WriteQuestion question = WriteSwitch::question(database);
    QCOMPARE(question.name, u"shop 1"_s);
    QVERIFY2(question.text.contains("15 minutes"_L1), qPrintable(question.text));
    QVERIFY(question.reason.contains("prod"_L1));
    QCOMPARE(question.lasts, WriteSwitch::usualOnProduction);
    WriteSwitch writing;
    const auto before = BootClock::now();
    const WritePermit permit = writing.turnOn(database, {.typedName = u"shop 1"_s}).value();
    const auto after = BootClock::now();
    QVERIFY(permit.until());
    QVERIFY(*permit.until() >= before + WriteSwitch::usualOnProduction);
    QVERIFY(*permit.until() <= after + WriteSwitch::usualOnProduction);
    QVERIFY(permit.holds());
    // Both ways to the database.
    QVERIFY(permit.covers(database.pooled->info) && permit.covers(database.direct->info));
}

void TestWriteSwitch::noEndlessProduction()
{
    WriteSwitch writing;
    const WriteConsent consent{.typedName = u"shop 1"_s, .lasts = std::chrono::hours(10'000)};
    const WritePermit permit = writing.turnOn(databaseOf(productionLines), consent).value();
    QVERIFY(*permit.until() <= BootClock::now() + WriteSwitch::longestOnProduction);
}

void TestWriteSwitch::endIsTold()
{
    const Database production = databaseOf(productionLines);
    WriteSwitch writing;
    QSignalSpy changed(&writing, &WriteSwitch::changed);
    const WritePermit permit =
        writing
            .turnOn(production, {.typedName = u"shop 1"_s, .lasts = std::chrono::milliseconds(1)})
            .value();
    QTRY_COMPARE(changed.count(), 2);
    QVERIFY(!permit.holds());
    QVERIFY(!writing.permit(production));
}

void TestWriteSwitch::turningOffEndsEveryCopy()
{
    const Database database = databaseOf(localLines);
    WriteSwitch writing;
    QSignalSpy changed(&writing, &WriteSwitch::changed);
    const WritePermit permit = writing.turnOn(database, {}).value();
    const WritePermit copy = permit;
    writing.turnOff(u"another"_s);
    QVERIFY(permit.holds());
    writing.turnOff(u"main"_s);
    QVERIFY(!permit.holds() && !copy.holds());
    QVERIFY(!writing.permit(database));
    QCOMPARE(changed.count(), 2);
    writing.turnOff(u"main"_s);
    QCOMPARE(changed.count(), 2);
}

void TestWriteSwitch::turnedOnAgain()
{
    const Database database = databaseOf(localLines);
    WriteSwitch writing;
    const WritePermit first = writing.turnOn(database, {}).value();
    const WritePermit second = writing.turnOn(database, {}).value();
    QVERIFY(!first.holds());
    QVERIFY(second.holds());
    QVERIFY(first != second);
    QCOMPARE(writing.permit(database), second);
    writing.turnOffAll();
    QVERIFY(!second.holds());
}

void TestWriteSwitch::goneWithItsSwitch()
{
    std::optional<WritePermit> permit;
    {
        WriteSwitch writing;
        permit = writing.turnOn(databaseOf(localLines), {}).value();
        QVERIFY(permit->holds());
    }
    QVERIFY(!permit->holds());
}

void TestWriteSwitch::anotherAddressIsAnotherPlace()
{
    WriteSwitch writing;
    const WritePermit permit = writing.turnOn(databaseOf(localLines), {}).value();
    for (const QString &url :
         {u"postgres://u@localhost:5433/shop"_s, u"postgres://u@localhost/other"_s,
          u"postgres://v@localhost/shop"_s, u"postgres://u@db.example.com/shop"_s}) {
        const Database other = databaseOf({u"DATABASE_URL="_s + url});
        QVERIFY2(!permit.covers(other.direct->info), qPrintable(url));
        QVERIFY2(!writing.permit(other), qPrintable(url));
    }
    // A new password is the same place.
    QVERIFY(writing.permit(databaseOf({u"DATABASE_URL=postgres://u:new@LOCALHOST:5432/shop"_s})));
}

void TestWriteSwitch::eachDatabaseHasItsOwn()
{
    const Database main = databaseOf(localLines);
    Database auth = databaseOf({u"DATABASE_URL=postgres://u@localhost/auth"_s});
    auth.name = u"auth"_s;
    WriteSwitch writing;
    const WritePermit permit = writing.turnOn(main, {}).value();
    QVERIFY(!writing.permit(auth));
    QVERIFY(writing.turnOn(auth, {}));
    writing.turnOff(u"auth"_s);
    QVERIFY(permit.holds());
}

void TestWriteSwitch::markedByUser()
{
    Database marked = databaseOf(localLines);
    marked.mark = ExposureMark::Production;
    WriteSwitch writing;
    QCOMPARE(writing.turnOn(marked, {.agreed = true}).error().id, "write.needsName"_ba);
    QVERIFY(writing.turnOn(marked, {.typedName = u"shop"_s}));
    Database harmless = databaseOf(productionLines);
    harmless.mark = ExposureMark::NotProduction;
    QCOMPARE(WriteSwitch::question(harmless).kind, WriteQuestion::Kind::Consent);
}

QTEST_GUILESS_MAIN(TestWriteSwitch)
#include "tst_writeswitch.moc"
