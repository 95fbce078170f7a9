// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redact.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestRedact : public QObject
{
    Q_OBJECT

private slots:
    void secretsGo_data();
    void secretsGo();
    void textStays_data();
    void textStays();
    void exactText();
    void knownSecretsGoFromLogs();
    void longTextsTakeOnePass();
};

void TestRedact::secretsGo_data()
{
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const QString &text) { QTest::newRow(name) << text; };
    row("URL", u"postgres://ada:canary@h/db"_s);
    row("URL with @ in the password", u"x postgresql://ada:can@canary@h:5432/db y"_s);
    row("URL with / in the password", u"postgres://ada:a/canary@h/db"_s);
    row("URL without user", u"postgres://:canary@h/db"_s);
    row("URL with driver", u"postgresql+asyncpg://ada:canary@h/db"_s);
    row("URL, password in the query", u"postgres://h/db?user=a&password=canary&x=1"_s);
    row("URL, sslpassword", u"postgres://h/db?sslpassword=canary"_s);
    row("JDBC", u"jdbc:postgresql://h/db?password=canary"_s);
    row("two URLs", u"postgres://a:canary@h/x postgres://b:canary@h/y"_s);
    row("keywords", u"host=h password=canary dbname=d"_s);
    row("keywords, quoted", uR"(password = 'it\'s canary' host=h)"_s);
    row("keywords, not ended", u"password='canary"_s);
    row("environment", u"PGPASSWORD=canary"_s);
    row("environment, quoted", u"export DB_PASSWORD=\"canary here\""_s);
    row("JSON", uR"({"password": "canary", "x": 1})"_s);
    row("YAML", u"password: canary"_s);
    row("token", u"API_TOKEN=canary"_s);
    row("secret", u"jwt_secret: 'canary'"_s);
    row("SQL", u"ALTER ROLE x PASSWORD 'canary'"_s);
    row("SQL, lower case", u"create user x with password 'canary' login"_s);
    row("SQL, doubled apostrophe", u"ALTER ROLE x PASSWORD 'a''canary'"_s);
    row("SQL, E string", uR"(ALTER ROLE x PASSWORD E'a\'canary')"_s);
    row("SQL, U& string", u"ALTER ROLE x PASSWORD U&'canary'"_s);
    row("SQL, dollar quoted", u"ALTER ROLE x PASSWORD $$canary$$"_s);
    row("SQL, tag quoted", u"ALTER ROLE x PASSWORD $a$canary$b$canary$a$"_s);
    row("SQL, line break", u"ALTER ROLE x PASSWORD\n  'canary'"_s);
    row("SQL, cut off", u"ALTER ROLE x PASSWORD 'canary"_s);
    row("SQL, inside a string", u"EXECUTE 'ALTER ROLE x PASSWORD ''canary'''"_s);
    row("user mapping", u"OPTIONS (user 'u', password 'canary')"_s);
    row("MySQL", u"IDENTIFIED BY 'canary'"_s);
    row("SCRAM", u"SCRAM-SHA-256$4096:canary$canary:canary"_s);
    row("md5", u"md5cacacacacacacacacacacacacacacanary0"_s.replace(u"canary0"_s, u"cacaca"_s)
                   + u" password=canary"_s);
}

void TestRedact::secretsGo()
{
    QFETCH(QString, text);
    const QString clean = core::redacted(text);
    QVERIFY2(!clean.contains(u"canary"_s), qPrintable(clean));
    QVERIFY(clean.contains(core::mask));
    QCOMPARE(core::redacted(clean), clean);
}

void TestRedact::textStays_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("sentence") << u"The server did not accept the password."_s;
    QTest::newRow("URL without password") << u"postgres://ada@h:5432/db?sslmode=require"_s;
    QTest::newRow("web address") << u"see https://example.com/a?b=c#d"_s;
    QTest::newRow("SQL") << u"SELECT 'x', \"y\" FROM t WHERE a = $1"_s;
    QTest::newRow("error") << u"relation \"users\" does not exist at character 15"_s;
    QTest::newRow("e-mail") << u"ada@example.com: hello"_s;
    QTest::newRow("hash of another length") << u"md5 d41d8cd98f00b204e9800998ecf8427e"_s;
}

void TestRedact::textStays()
{
    QFETCH(QString, text);
    QCOMPARE(core::redacted(text), text);
}

void TestRedact::exactText()
{
    QCOMPARE(core::redacted(u"at postgres://ada:secret@h:1/db?x=y now"_s),
             u"at postgres://ada:••••@h:1/db?x=y now"_s);
    QCOMPARE(core::redacted(u"host=h password=secret dbname=d"_s),
             u"host=h password=•••• dbname=d"_s);
    QCOMPARE(core::redacted(u"ALTER ROLE x PASSWORD 'secret' LOGIN"_s),
             u"ALTER ROLE x PASSWORD '••••' LOGIN"_s);
    QCOMPARE(core::redacted(u"md5d41d8cd98f00b204e9800998ecf8427e"_s), u"md5••••"_s);
}

void TestRedact::knownSecretsGoFromLogs()
{
    core::rememberSecret(u"p@ss w0rd"_s);
    core::rememberSecret(u"p@ss w0rd and more"_s);
    core::rememberSecret(u"abc"_s); // too short to be told from words
    QCOMPARE(core::redactedForLog(u"got p@ss w0rd and more, p@ss w0rd, p%40ss%20w0rd, abc"_s),
             u"got ••••, ••••, ••••, abc"_s);
    QCOMPARE(core::redactedForLog(u"password=x"_s), u"password=••••"_s);
    // A server's own words keep what only looks like the secret.
    QCOMPARE(core::redacted(u"database \"p@ss w0rd\" does not exist"_s),
             u"database \"p@ss w0rd\" does not exist"_s);
}

void TestRedact::longTextsTakeOnePass()
{
    // A backtracking expression would give up on these and leave what comes last.
    const QString many = u"x"_s.repeated(200'000);
    for (const QString &text :
         {many, u"PASSWORD '"_s + many + u"' "_s, u"PASSWORD $a$"_s + many + u"$a$ "_s,
          u"password='"_s + u"\\'"_s.repeated(100'000) + u"' "_s, u"a://b:"_s.repeated(40'000),
          u"PASSWORD "_s.repeated(20'000), u"password"_s.repeated(20'000), u"'"_s.repeated(200'000),
          u"$"_s.repeated(100'000), u"PASSWORD ''x"_s.repeated(20'000) + u"''"_s}) {
        for (const QString &secret :
             {u" password=canary"_s, u" PASSWORD 'canary'"_s, u" postgres://u:canary@h/db"_s})
            QVERIFY(!core::redacted(text + secret).contains(u"canary"_s));
    }
}

QTEST_GUILESS_MAIN(TestRedact)
#include "tst_redact.moc"
