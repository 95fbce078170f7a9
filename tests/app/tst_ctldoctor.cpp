// SPDX-License-Identifier: GPL-3.0-or-later
// `sluicectl doctor` and `sluicectl activity`, run as a person runs them.
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using test::Role;

namespace {

/// Trusted, with these lines in its .env.
struct Folder : test::ProjectFolder {
    explicit Folder(const QStringList &lines, bool trusted = true)
    {
        write(u".env"_s, lines.join(u'\n').toUtf8() + '\n');
        if (trusted)
            QCOMPARE(run({u"trust"_s}).exitCode, 0);
    }
};

QJsonObject json(const test::Ran &ran)
{
    return QJsonDocument::fromJson(ran.out).object();
}

QJsonObject finding(const QJsonObject &report, const QString &id)
{
    for (const QJsonValue &one : report[u"findings"_s].toArray()) {
        if (one[u"id"_s].toString() == id)
            return one.toObject();
    }
    return {};
}

QJsonObject session(const QJsonObject &report, int pid)
{
    for (const QJsonValue &one : report[u"sessions"_s].toArray()) {
        if (one[u"pid"_s].toInt() == pid)
            return one.toObject();
    }
    return {};
}

} // namespace

class TestCtlDoctor : public QObject
{
    Q_OBJECT

private slots:
    void healthy();
    void problem();
    void nothingAnswers();
    void untrusted();
    void oneOfTwo();
    void activityAsText();
    void activityAsJson();
    void activityThroughAPooler();
    void stopping_data();
    void stopping();
    void consentIsNeeded();
    void productionWantsTheName();
    void wrongUse_data();
    void wrongUse();
    void cannotConnect();
};

void TestCtlDoctor::healthy()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Folder folder({u"DATABASE_URL="_s + pooler.url(), u"DIRECT_URL="_s + database.url()});
    const test::Ran text = folder.run({u"doctor"_s});
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.contains("PgBouncer answers, as declared."), text.out);
    QVERIFY(text.out.contains("main\n"));
    QVERIFY(!text.out.contains(database.facts().plainPassword));
    const test::Ran machine = folder.run({u"doctor"_s, u"--json"_s});
    QCOMPARE(machine.exitCode, 0);
    const QJsonObject report = json(machine);
    QCOMPARE(report[u"endpointsTried"_s].toInt(), 2);
    QCOMPARE(report[u"endpointsAnswered"_s].toInt(), 2);
    QCOMPARE(finding(report, u"server.version"_s)[u"level"_s].toString(), u"ok"_s);
    QCOMPARE(finding(report, u"connect.ok"_s)[u"database"_s].toString(), u"main"_s);
}

void TestCtlDoctor::problem()
{
    test::TestDatabase database;
    Folder folder(
        {u"DATABASE_URL="_s + database.url(),
         u"AUTH_DATABASE_URL="_s + test::tcpUrl(database.facts(), u"nowhere"_s, Role::Plain)});
    const test::Ran ran = folder.run({u"doctor"_s, u"--json"_s});
    QCOMPARE(ran.exitCode, 1);
    const QJsonObject failed = finding(json(ran), u"connect.failed"_s);
    QCOMPARE(failed[u"database"_s].toString(), u"auth"_s);
    QCOMPARE(failed[u"explanation"_s].toString(), u"auth.noDatabase"_s);
    QCOMPARE(failed[u"where"_s].toString(), u".env:2"_s);
    QVERIFY(folder.run({u"doctor"_s}).out.contains("CREATE DATABASE \"nowhere\";"));
}

void TestCtlDoctor::nothingAnswers()
{
    Folder folder(
        {u"DATABASE_URL=postgres://app:canary-91@127.0.0.1:%1/shop"_s.arg(test::freePort())});
    const test::Ran ran = folder.run({u"doctor"_s});
    QCOMPARE(ran.exitCode, 3);
    QVERIFY(ran.out.contains("Nothing answers at 127.0.0.1:"));
    QVERIFY(!(ran.out + ran.err).contains("canary"));
}

void TestCtlDoctor::untrusted()
{
    test::TestDatabase database;
    Folder folder({u"DATABASE_URL="_s + database.url()}, false);
    const test::Ran ran = folder.run({u"doctor"_s});
    QCOMPARE(ran.exitCode, 4);
    QVERIFY2(ran.err.contains("sluicectl --project . trust"), ran.err.constData());
    QCOMPARE(json(folder.run({u"doctor"_s, u"--json"_s}))[u"endpointsTried"_s].toInt(), 0);
}

void TestCtlDoctor::oneOfTwo()
{
    test::TestDatabase database;
    Folder folder({u"DATABASE_URL="_s + database.url(),
                   u"AUTH_DATABASE_URL=postgres://app@127.0.0.1:%1/auth"_s.arg(test::freePort())});
    QCOMPARE(folder.run({u"doctor"_s}).exitCode, 1);
    QCOMPARE(folder.run({u"doctor"_s, u"--database"_s, u"main"_s}).exitCode, 0);
    QCOMPARE(folder.run({u"doctor"_s, u"--database"_s, u"auth"_s}).exitCode, 3);
    QCOMPARE(folder.run({u"doctor"_s, u"--database"_s, u"nowhere"_s}).exitCode, 2);
}

void TestCtlDoctor::activityAsText()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int); INSERT INTO invoices VALUES (1)");
    test::Connection holder = database.connect();
    test::Connection waiter = database.connect();
    const QByteArray holderPid = QByteArray::number(holder.backendPid());
    const QByteArray waiterPid = QByteArray::number(waiter.backendPid());
    holder.exec("BEGIN; UPDATE invoices SET id = 2"_ba);
    PQsendQuery(waiter.handle(), "UPDATE invoices SET id = 3");
    QTRY_COMPARE(database.valueSuper("SELECT wait_event_type FROM pg_stat_activity WHERE pid = "
                                     + waiterPid),
                 "Lock"_ba);
    Folder folder({u"DATABASE_URL="_s + database.url()});
    const test::Ran ran = folder.run({u"activity"_s});
    QCOMPARE(ran.exitCode, 0);
    // Below the one that it waits for, indented.
    const qsizetype first = ran.out.indexOf('\n' + holderPid + " sluice-test");
    const qsizetype second = ran.out.indexOf("\n  " + waiterPid + " sluice-test");
    QVERIFY2(first >= 0 && second > first, ran.out);
    QVERIFY(ran.out.contains("row lock of " + holderPid));
    QVERIFY(ran.out.contains("of 200 in use"));
    QVERIFY(ran.out.contains("What other roles do is not visible"));
}

void TestCtlDoctor::activityAsJson()
{
    test::TestDatabase database;
    test::Connection other = database.connect();
    other.exec("SELECT 'a statement'"_ba);
    Folder folder({u"DATABASE_URL="_s + database.url()});
    const QJsonObject report = json(folder.run({u"activity"_s, u"--json"_s}));
    QCOMPARE(report[u"database"_s].toString(), database.name());
    QCOMPARE(report[u"seesAll"_s].toBool(), false);
    QCOMPARE(report[u"connections"_s][u"most"_s].toInt(), 200);
    const QJsonObject own = session(report, other.backendPid());
    QCOMPARE(own[u"query"_s].toString(), u"SELECT 'a statement'"_s);
    QCOMPARE(own[u"visible"_s].toBool(), true);
    QCOMPARE(own[u"backendStart"_s].toString().toLatin1(),
             database.valueSuper(R"(SELECT to_char(date_trunc('milliseconds', backend_start)
                 AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                 FROM pg_stat_activity WHERE pid = )"
                                 + QByteArray::number(other.backendPid())));
}

void TestCtlDoctor::activityThroughAPooler()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Folder folder({u"DATABASE_URL="_s + pooler.url()});
    const test::Ran ran = folder.run({u"activity"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.out.contains("server connection of the pooler"));
}

void TestCtlDoctor::stopping_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<bool>("ends");
    QTest::newRow("cancel") << u"--cancel"_s << false;
    QTest::newRow("terminate") << u"--terminate"_s << true;
}

void TestCtlDoctor::stopping()
{
    QFETCH(QString, option);
    QFETCH(bool, ends);
    test::TestDatabase database;
    test::Connection victim = database.connect();
    const int pid = victim.backendPid();
    PQsendQuery(victim.handle(), "SELECT pg_sleep(3600)");
    QTRY_COMPARE(database.valueSuper("SELECT wait_event FROM pg_stat_activity WHERE pid = "
                                     + QByteArray::number(pid)),
                 "PgSleep"_ba);
    Folder folder({u"DATABASE_URL="_s + database.url()});
    const test::Ran ran = folder.run({u"activity"_s, option, QString::number(pid), u"--yes"_s});
    QVERIFY2(ran.exitCode == 0, ran.err);
    // What was meant was shown.
    QVERIFY(ran.err.contains("SELECT pg_sleep(3600)"));
    static const QRegularExpression since(
        u"connected since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n"_s);
    QVERIFY2(QString::fromUtf8(ran.err).contains(since), ran.err);
    const core::PgResultHandle result(PQgetResult(victim.handle()));
    QCOMPARE(QByteArray(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE)),
             ends ? "57P01"_ba : "57014"_ba);
}

void TestCtlDoctor::consentIsNeeded()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    Folder folder({u"DATABASE_URL="_s + database.url()});
    const test::Ran ran =
        folder.run({u"activity"_s, u"--terminate"_s, QString::number(victim.backendPid())});
    QCOMPARE(ran.exitCode, 4);
    QVERIFY(ran.err.contains("activity.consent"));
    QCOMPARE(victim.value("SELECT 5"_ba), "5"_ba);
}

void TestCtlDoctor::productionWantsTheName()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    Folder folder({u"DATABASE_URL="_s + database.url()});
    QCOMPARE(folder.run({u"mark"_s, u"production"_s}).exitCode, 0);
    const QStringList asked = {u"activity"_s, u"--terminate"_s,
                               QString::number(victim.backendPid())};
    for (const QStringList &consent :
         {QStringList{}, QStringList{u"--yes"_s}, QStringList{u"--confirm"_s, u"main"_s}}) {
        const test::Ran ran = folder.run(asked + consent);
        QCOMPARE(ran.exitCode, 4);
        QVERIFY(ran.err.contains("--confirm"));
    }
    QCOMPARE(victim.value("SELECT 5"_ba), "5"_ba);
    QCOMPARE(folder.run(asked + QStringList{u"--confirm"_s, database.name()}).exitCode, 0);
    QVERIFY(!victim.tryExec("SELECT 1"_ba));
}

void TestCtlDoctor::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no number") << QStringList{u"--cancel"_s, u"all"_s} << 2;
    QTest::newRow("both") << QStringList{u"--cancel"_s, u"1"_s, u"--terminate"_s, u"1"_s} << 2;
    QTest::newRow("nobody") << QStringList{u"--terminate"_s, u"2147483647"_s, u"--yes"_s} << 1;
}

void TestCtlDoctor::wrongUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    test::TestDatabase database;
    Folder folder({u"DATABASE_URL="_s + database.url()});
    QCOMPARE(folder.run(QStringList{u"activity"_s} + arguments).exitCode, exitCode);
}

void TestCtlDoctor::cannotConnect()
{
    Folder folder({u"DATABASE_URL=postgres://app@127.0.0.1:%1/shop"_s.arg(test::freePort())});
    QCOMPARE(folder.run({u"activity"_s}).exitCode, 3);
}

QTEST_GUILESS_MAIN(TestCtlDoctor)
#include "tst_ctldoctor.moc"
