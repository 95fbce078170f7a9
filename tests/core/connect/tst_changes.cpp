// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/changes.h"

#include "envsample.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestChanges : public QObject
{
    Q_OBJECT

private slots:
    void changes_data();
    void changes();
    void movedToAnotherFile();
    void anotherPlace_data();
    void anotherPlace();
    void holdNoSecret();
};

namespace {

DatabaseSet setOf(const QStringList &lines)
{
    return pairDatabases(test::projectOfLines(lines));
}

/// "target DIRECT_URL .env:1 main: a → b", one a line.
QString flat(const std::vector<AddressChange> &changes)
{
    QStringList lines;
    for (const AddressChange &change : changes)
        lines << u"%1 %2 %3 %4: %5"_s.arg(changeId(change.kind), change.source.key,
                                          change.source.text(), change.database, change.text);
    return lines.join(u'\n');
}

} // namespace

void TestChanges::changes_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<QString>("changes");
    const auto row = [](const char *name, const QStringList &before, const QStringList &after,
                        const QString &changes) {
        QTest::newRow(name) << before << after << changes;
    };
    const QStringList one = {u"DATABASE_URL=postgres://u:p@a/d"_s};
    row("nothing", one, one, {});
    row("host", one, {u"DATABASE_URL=postgres://u:p@b/d"_s},
        u"target DATABASE_URL .env:1 main: a → b"_s);
    row("everything", one, {u"DATABASE_URL=postgres://v:q@b:6000/e"_s},
        u"target DATABASE_URL .env:1 main: a → b, port 5432 → 6000, database d → e, user u → v"_s);
    row("database taken away", one, {u"DATABASE_URL=postgres://u:p@a"_s},
        u"target DATABASE_URL .env:1 main: database d → none"_s);
    row("password", one, {u"DATABASE_URL=postgres://u:q@a/d"_s},
        u"password DATABASE_URL .env:1 main: another password"_s);
    row("parameters", one, {u"DATABASE_URL=postgres://u:p@a/d?sslmode=require"_s},
        u"parameters DATABASE_URL .env:1 main: other parameters: sslmode was not set, is require"_s);
    row("weaker TLS", {u"DATABASE_URL=postgres://u:p@a/d?sslmode=require"_s},
        {u"DATABASE_URL=postgres://u:p@a/d?sslmode=prefer"_s},
        u"parameters DATABASE_URL .env:1 main: other parameters: sslmode was require, is prefer"_s);
    row("several parameters", {u"DATABASE_URL=postgres://u:p@a/d?connection_limit=1&schema=app"_s},
        {u"DATABASE_URL=postgres://u:p@a/d?connection_limit=5&pgbouncer=true"_s},
        u"parameters DATABASE_URL .env:1 main: other parameters: connection_limit was 1, is 5; "
        "pgbouncer was not set, is true; schema was app, is not set"_s);
    row("password and parameters", one, {u"DATABASE_URL=postgres://u:q@a/d?sslmode=require"_s},
        u"parameters DATABASE_URL .env:1 main: another password and other parameters: sslmode was "
        "not set, is require"_s);
    row("another word for the same", {u"DATABASE_URL=postgres://u:p@a/d?sslmode=require"_s},
        {u"DATABASE_URL=postgres://u:p@a/d?ssl=true"_s},
        u"parameters DATABASE_URL .env:1 main: other parameters"_s);
    row("added", one, {one.front(), u"AUTH_DATABASE_URL=postgres://u@x/d"_s},
        u"added AUTH_DATABASE_URL .env:2 auth: new: x"_s);
    row("removed", one, {}, u"removed DATABASE_URL .env:1 main: removed: a"_s);
    row("renamed", one, {u"POSTGRES_URL=postgres://u:p@a/d"_s},
        u"added POSTGRES_URL .env:1 main: new: a\nremoved DATABASE_URL .env:1 main: removed: a"_s);
    row("a direct one beside it", one, {one.front(), u"DIRECT_URL=postgres://u:p@b/d"_s},
        u"added DIRECT_URL .env:2 main: new: b"_s);
    row("another line", one, {u"X=1"_s, one.front()}, {});
    row("one of two", {one.front(), u"DIRECT_URL=postgres://u:p@b/d"_s},
        {one.front(), u"DIRECT_URL=postgres://u:p@c/d"_s},
        u"target DIRECT_URL .env:2 main: b → c"_s);
    row("broken now", one, {u"DATABASE_URL=postgres://u:p%@a/d"_s},
        u"removed DATABASE_URL .env:1 main: removed: a"_s);
}

void TestChanges::changes()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    QTEST(flat(changesBetween(setOf(before), setOf(after))), "changes");
}

void TestChanges::movedToAnotherFile()
{
    const QStringList lines = {u"DATABASE_URL=postgres://u:p@a/d"_s};
    const DatabaseSet before = pairDatabases(test::projectOfLines(lines, u".env"_s));
    const DatabaseSet after = pairDatabases(test::projectOfLines(lines, u".env.local"_s));
    QVERIFY(changesBetween(before, after).empty());
}

void TestChanges::anotherPlace_data()
{
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("another");
    QTest::newRow("host") << u"postgres://u:p@b/d"_s << true;
    QTest::newRow("port") << u"postgres://u:p@a:1/d"_s << true;
    QTest::newRow("user") << u"postgres://v:p@a/d"_s << true;
    QTest::newRow("database") << u"postgres://u:p@a/e"_s << false;
    QTest::newRow("password") << u"postgres://u:q@a/d"_s << false;
}

void TestChanges::anotherPlace()
{
    QFETCH(QString, after);
    const std::vector<AddressChange> changes = changesBetween(
        setOf({u"DATABASE_URL=postgres://u:p@a/d"_s}), setOf({u"DATABASE_URL="_s + after}));
    QCOMPARE(changes.size(), size_t(1));
    QTEST(changes.front().isAnotherPlace(), "another");
}

void TestChanges::holdNoSecret()
{
    const std::vector<AddressChange> changes = changesBetween(
        setOf({u"DATABASE_URL=postgres://u:canary@a/d"_s, u"A_URL=postgres://u:canary@a/d"_s}),
        setOf({u"DATABASE_URL=postgres://u:canary2@a/d"_s}));
    QCOMPARE(changes.size(), size_t(2));
    QVERIFY(!flat(changes).contains("canary"_L1));
    for (const QString &parameter :
         {u"sslpassword"_s, u"options"_s, u"oauth_client_secret"_s, u"scram_client_key"_s,
          u"x-api-key"_s, u"passfile"_s, u"password"_s}) {
        const QString url = u"DATABASE_URL=postgres://u@a/d?sslmode=require"_s;
        const std::vector<AddressChange> one =
            changesBetween(setOf({url + u"&sslmode=prefer&"_s + parameter + u"=canary"_s}),
                           setOf({url + u'&' + parameter + u"=canary2"_s}));
        QVERIFY2(!flat(one).contains("canary"_L1), qPrintable(flat(one)));
    }
    // Of an address that a person has typed more is kept.
    DatabaseSet old = setOf({u"DATABASE_URL=postgres://u@a/d"_s});
    DatabaseSet now = old;
    old.databases.front().direct->info.keywords["sslpassword"] = "canary";
    now.databases.front().direct->info.keywords["sslkey"] = "canary2";
    QCOMPARE(flat(changesBetween(old, now)),
             u"parameters DATABASE_URL .env:1 main: other parameters: sslkey was not set, is set; "
             "sslpassword was set, is not set"_s);
}

QTEST_APPLESS_MAIN(TestChanges)
#include "tst_changes.moc"
