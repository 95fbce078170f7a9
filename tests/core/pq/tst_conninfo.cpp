// SPDX-License-Identifier: GPL-3.0-or-later
#include "conninfo_rows.h"

#include "core/pq/connsecurity.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ConnOrigin;
using core::HostClass;

namespace {

QByteArray flat(const core::ConnKeywords &keywords)
{
    QByteArrayList parts;
    for (const auto &[key, value] : keywords)
        parts << key + '=' + value;
    return parts.join(' ');
}

QByteArray flat(const std::vector<core::ConnChange> &changes)
{
    QByteArrayList parts;
    for (const core::ConnChange &change : changes) {
        if (change.kind == core::ConnChange::Kind::Hint)
            continue; // GoodRow::hints says it
        const char mark = change.kind == core::ConnChange::Kind::Dropped      ? '-'
                          : change.kind == core::ConnChange::Kind::Translated ? '~'
                                                                              : '!';
        parts << mark + change.key;
    }
    return parts.join(' ');
}

core::ConnInfo parsed(const QString &text, ConnOrigin origin = ConnOrigin::File)
{
    const auto info = core::parseConnInfo(text, origin);
    if (!info)
        qWarning("%s", qPrintable(info.error().text()));
    return info.value_or(core::ConnInfo{});
}

/// The text with a few characters taken out, put in, doubled or exchanged.
QString mutilated(QString text, QRandomGenerator &random)
{
    static const QString pieces = u"@:/#%?&=[]'\\ ,+\n\u0000é😀%2F%00postgres://host=a0"_s;
    for (int i = random.bounded(1, 5); i > 0; --i) {
        const qsizetype at = random.bounded(text.size() + 1);
        switch (random.bounded(3)) {
        case 0:
            text.remove(at, random.bounded(1, 4));
            break;
        case 1:
            text.insert(at, pieces.mid(random.bounded(pieces.size()), random.bounded(1, 4)));
            break;
        default:
            text.insert(at, text.mid(random.bounded(text.size() + 1), random.bounded(1, 9)));
            break;
        }
    }
    return text;
}

} // namespace

class TestConnInfo : public QObject
{
    Q_OBJECT

private slots:
    void good_data();
    void good();
    void changesShowTheirValues();
    void bad_data();
    void bad();
    void correctedForm_data();
    void correctedForm();
    void errorsHoldNoSecret();
    void urlComesBack_data();
    void urlComesBack();
    void urlIsMasked();
    void looksLike_data();
    void looksLike();
    void hostClass_data();
    void hostClass();
    void sslModeIsRaised_data();
    void sslModeIsRaised();
    void nothingIsLeftToTheEnvironment();
    void clearTextNeedsVerifiedTls();
    void verifyNeedsNameAndAuthorities();
    void longKeysAreShortened();
    void mutilatedAddressesAreUnderstoodOrRefused();
};

void TestConnInfo::good_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const GoodRow &row : goodRows())
        QTest::newRow(row.name) << index++;
}

void TestConnInfo::good()
{
    QFETCH(int, index);
    const GoodRow row = goodRows()[size_t(index)];
    const auto info = core::parseConnInfo(row.text, row.origin);
    QVERIFY2(info, info ? "" : qPrintable(info.error().text()));
    QCOMPARE(flat(info->keywords), row.keywords);
    QCOMPARE(flat(info->changes), row.changes);
    QByteArrayList hints;
    if (info->pgbouncerHint)
        hints << "pgbouncer"_ba;
    if (!info->schemaHint.isEmpty())
        hints << "schema:" + info->schemaHint;
    QCOMPARE(hints.join(' '), row.hints);
    for (const core::ConnChange &change : info->changes)
        QVERIFY(!change.reason.isEmpty());
}

/// Parameters are shown as they stand, except where a secret could be in them.
void TestConnInfo::changesShowTheirValues()
{
    const core::ConnInfo info = parsed(
        u"postgres://h/db?connection_limit=1&pgbouncer=true&schema=app&api_key=canary&sslpassword=canary"_s);
    QStringList shown;
    for (const core::ConnChange &change : info.changes)
        shown << QString::fromUtf8(change.key + '=' + change.value);
    QCOMPARE(shown.join(u' '),
             u"connection_limit=1 pgbouncer=true schema=app api_key= sslpassword="_s);
}

void TestConnInfo::bad_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const BadRow &row : badRows())
        QTest::newRow(row.name) << index++;
}

void TestConnInfo::bad()
{
    QFETCH(int, index);
    const BadRow row = badRows()[size_t(index)];
    const auto info = core::parseConnInfo(row.text, row.origin);
    QVERIFY2(!info, info ? flat(info->keywords).constData() : "");
    QCOMPARE(info.error().id, row.id);
    QCOMPARE(info.error().position, row.position);
    QCOMPARE(info.error().kind, core::ErrorKind::Usage);
    QVERIFY(!info.error().message.isEmpty());
    QVERIFY(info.error().place.contains(QString::number(row.position)));
}

void TestConnInfo::correctedForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("corrected");
    QTest::newRow("@") << u"postgres://ada:hun@ter@db.example.com:5432/shop"_s
                       << u"postgres://ada:••••%40••••@db.example.com:5432/shop"_s;
    QTest::newRow("#") << u"postgresql://ada:hun#ter@h/shop?sslmode=require"_s
                       << u"postgresql://ada:••••%23••••@h/shop"_s;
    QTest::newRow("/") << u"postgres://ada:hun/ter@h/shop"_s
                       << u"postgres://ada:••••%2F••••@h/shop"_s;
    QTest::newRow("?") << u"postgres://ada:hun?ter@h/shop"_s
                       << u"postgres://ada:••••%3F••••@h/shop"_s;
    QTest::newRow("%") << u"postgres://ada:hun%ter@h/shop"_s << u"ada:••••%25••••@h"_s;
}

void TestConnInfo::correctedForm()
{
    QFETCH(QString, text);
    QFETCH(QString, corrected);
    const auto info = core::parseConnInfo(text, ConnOrigin::File);
    QVERIFY(!info);
    QVERIFY2(info.error().advice.endsWith(corrected), qPrintable(info.error().advice));
}

void TestConnInfo::errorsHoldNoSecret()
{
    for (const QString &shape :
         {u"postgres://u:%1@x@h/db"_s, u"postgres://u:%1#x@h/db"_s, u"postgres://u:%1/x@h/db"_s,
          u"postgres://u:%1?x@h/db"_s, u"postgres://u:x%%1@h/db"_s, u"postgres://u:%1@h:99999/db"_s,
          u"postgres://u:%1@a b/db"_s, u"postgres://u:%1@[x/db"_s, u"host=h password='%1"_s,
          u"postgres://u:x@y/%1@h:1/db"_s, u"mysql://u:%1@h/db"_s}) {
        QString text = shape;
        text.replace(u"%1"_s, u"canary-7731"_s);
        const auto info = core::parseConnInfo(text, ConnOrigin::File);
        QVERIFY2(!info, qPrintable(text));
        QVERIFY2(!info.error().text().contains(u"canary"_s), qPrintable(info.error().text()));
    }
}

void TestConnInfo::urlComesBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"postgresql://ada:secret@h:6432/shop"_s;
    QTest::newRow("specials")
        << u"postgresql://a%40b:%40%3A%2F%23%25%3F%20@h/a%2Fb?sslmode=require"_s;
    QTest::newRow("IPv6") << u"postgresql://u:p@[fe80::1%25eth0]:1/db"_s;
    QTest::newRow("socket") << u"postgresql://u@/db?host=/run/pg"_s;
    QTest::newRow("no user") << u"postgresql://h/db"_s;
    QTest::newRow("only a password") << u"postgresql://:p@h/db"_s;
}

void TestConnInfo::urlComesBack()
{
    QFETCH(QString, text);
    const core::ConnInfo first = parsed(text, ConnOrigin::User);
    const core::ConnInfo second = parsed(first.url(true), ConnOrigin::User);
    QVERIFY(!first.keywords.empty());
    QCOMPARE(flat(second.keywords), flat(first.keywords));
}

void TestConnInfo::urlIsMasked()
{
    const core::ConnInfo info =
        parsed(u"postgres://ada:hunter2@h/db?sslpassword=hunter3"_s, ConnOrigin::User);
    QCOMPARE(info.url(), u"postgresql://ada:••••@h:5432/db?sslpassword=••••"_s);
    QCOMPARE(info.url(true), u"postgresql://ada:hunter2@h:5432/db?sslpassword=hunter3"_s);
    QVERIFY(info.hasPassword());
    QCOMPARE(info.user(), u"ada"_s);
    QCOMPARE(info.database(), u"db"_s);
    QCOMPARE(info.host(), u"h"_s);
    QCOMPARE(info.port(), quint16(5432));
}

void TestConnInfo::looksLike_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("postgres") << u"postgres://x"_s << true;
    QTest::newRow("driver") << u"postgresql+asyncpg://x"_s << true;
    QTest::newRow("jdbc") << u"jdbc:postgresql:x"_s << true;
    QTest::newRow("broken but meant") << u"postgres://u:%@h"_s << true;
    QTest::newRow("keywords") << u"host=x dbname=y"_s << true;
    QTest::newRow("prisma proxy") << u"prisma+postgres://x"_s << true;
    QTest::newRow("https") << u"https://x.firebaseio.com"_s << false;
    QTest::newRow("mysql") << u"mysql://x"_s << false;
    QTest::newRow("jdbc mysql") << u"jdbc:mysql://x"_s << false;
    QTest::newRow("other keywords") << u"color=red size=3"_s << false;
    QTest::newRow("file") << u"file:./dev.db"_s << false;
    QTest::newRow("empty") << u""_s << false;
}

void TestConnInfo::looksLike()
{
    QFETCH(QString, text);
    QFETCH(bool, expected);
    QCOMPARE(core::looksLikePostgres(text), expected);
}

void TestConnInfo::hostClass_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<HostClass>("expected");
    for (const auto *host :
         {u"localhost", u"LOCALHOST.", u"app.localhost", u"127.0.0.1", u"127.1", u"127.255.0.1",
          u"0x7f000001", u"2130706433", u"0.0.0.0", u"::1", u"[::1]", u"::", u"::ffff:127.0.0.1"})
        QTest::addRow("loopback %s", qPrintable(QString(host)))
            << QString(host) << HostClass::Loopback;
    for (const auto *host :
         {u"10.0.0.1", u"172.16.0.1", u"172.31.255.255", u"192.168.1.9", u"169.254.7.7", u"fd00::1",
          u"fc12::", u"fe80::1%eth0", u"::ffff:10.1.2.3", u"db.local", u"db", u"postgres",
          u"host.docker.internal", u"nas.home.arpa", u"10.1"})
        QTest::addRow("private %s", qPrintable(QString(host)))
            << QString(host) << HostClass::Private;
    for (const auto *host :
         {u"8.8.8.8", u"172.15.0.1", u"172.32.0.1", u"192.169.0.1", u"100.64.0.1", u"2001:db8::1",
          u"::ffff:8.8.8.8", u"db.example.com", u"localhost.example.com", u"127.0.0.1.example.com",
          u"10.example.com", u"134744072", u"aws-0.pooler.supabase.com"})
        QTest::addRow("public %s", qPrintable(QString(host))) << QString(host) << HostClass::Public;
    for (const auto *host : {u"", u"/run/postgresql", u"@x"})
        QTest::addRow("socket %s", qPrintable(QString(host))) << QString(host) << HostClass::Socket;
}

void TestConnInfo::hostClass()
{
    QFETCH(QString, host);
    QFETCH(HostClass, expected);
    QCOMPARE(core::classifyHost(host), expected);
}

void TestConnInfo::sslModeIsRaised_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("choice");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("public, nothing said") << u"postgres://a.example.com"_s << ""_ba << "require"_ba;
    QTest::newRow("public, disable")
        << u"postgres://a.example.com?sslmode=disable"_s << ""_ba << "require"_ba;
    QTest::newRow("public, prefer")
        << u"postgres://a.example.com?sslmode=prefer"_s << ""_ba << "require"_ba;
    QTest::newRow("public, verify-full")
        << u"postgres://a.example.com?sslmode=verify-full"_s << ""_ba << "verify-full"_ba;
    QTest::newRow("public, lowered by a person")
        << u"postgres://a.example.com?sslmode=disable"_s << "disable"_ba << "disable"_ba;
    QTest::newRow("loopback, nothing said") << u"postgres://127.0.0.1"_s << ""_ba << "prefer"_ba;
    QTest::newRow("loopback, disable")
        << u"postgres://127.0.0.1?sslmode=disable"_s << ""_ba << "prefer"_ba;
    QTest::newRow("private, require")
        << u"postgres://10.0.0.1?sslmode=require"_s << ""_ba << "require"_ba;
    QTest::newRow("direct negotiation")
        << u"postgres://10.0.0.1?sslnegotiation=direct"_s << ""_ba << "require"_ba;
    QTest::newRow("channel binding")
        << u"postgres://10.0.0.1?channel_binding=require"_s << ""_ba << "require"_ba;
    QTest::newRow("raised by a person")
        << u"postgres://10.0.0.1"_s << "verify-full"_ba << "verify-full"_ba;
}

void TestConnInfo::sslModeIsRaised()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, choice);
    QFETCH(QByteArray, expected);
    const core::ConnKeywords keywords =
        core::secured(parsed(text), core::ConnSecurity{.lowestSslMode = choice});
    QCOMPARE(keywords.at("sslmode"_ba), expected);
    QCOMPARE(core::needsTls(keywords), core::sslModeRank(expected) >= 4);
}

void TestConnInfo::nothingIsLeftToTheEnvironment()
{
    QCOMPARE(flat(core::secured(parsed(u"postgres://ada:pw@10.0.0.1/db?application_name=x"_s))),
             "application_name=sluice client_encoding=UTF8 dbname=db gssencmode=disable "
             "host=10.0.0.1 passfile=/dev/null/none password=pw port=5432 "
             "require_auth=!password,!gss,!sspi sslcertmode=disable sslmode=prefer user=ada"_ba);
    const core::ConnKeywords own = core::secured(parsed(
        u"postgres://h/db?sslcert=/c&sslkey=/k&gssencmode=prefer&passfile=/p"_s, ConnOrigin::User));
    QCOMPARE(own.at("sslcertmode"_ba), "allow"_ba);
    QCOMPARE(own.at("gssencmode"_ba), "prefer"_ba);
    QCOMPARE(own.at("passfile"_ba), "/p"_ba);
}

void TestConnInfo::clearTextNeedsVerifiedTls()
{
    const auto auth = [](const QString &text, bool allowed = false) {
        return core::secured(parsed(text), core::ConnSecurity{.clearTextPassword = allowed})
            .at("require_auth"_ba);
    };
    QCOMPARE(auth(u"postgres://a.example.com?sslmode=require"_s), "!password,!gss,!sspi"_ba);
    QCOMPARE(auth(u"postgres://a.example.com?sslmode=verify-full"_s), "!gss,!sspi"_ba);
    QCOMPARE(auth(u"postgres://10.0.0.1"_s, true), "!gss,!sspi"_ba);
    QCOMPARE(auth(u"postgres://10.0.0.1?require_auth=scram-sha-256"_s, true), "scram-sha-256"_ba);
}

void TestConnInfo::verifyNeedsNameAndAuthorities()
{
    const core::ConnKeywords ca =
        core::secured(parsed(u"postgres://a.example.com?sslmode=verify-ca"_s));
    QCOMPARE(ca.at("sslmode"_ba), "verify-full"_ba);
    QCOMPARE(ca.at("sslrootcert"_ba), "system"_ba);
    const core::ConnKeywords own = core::secured(parsed(
        u"postgres://a.example.com?sslmode=verify-ca&sslrootcert=/ca.pem"_s, ConnOrigin::User));
    QCOMPARE(own.at("sslmode"_ba), "verify-ca"_ba);
    QCOMPARE(own.at("sslrootcert"_ba), "/ca.pem"_ba);
}

void TestConnInfo::longKeysAreShortened()
{
    const core::ConnInfo info = parsed(u"postgres://h/db?"_s + u"k"_s.repeated(100'000) + u"=1"_s);
    QCOMPARE(info.changes.size(), size_t(1));
    QVERIFY(info.changes.front().key.size() <= 64);
}

void TestConnInfo::mutilatedAddressesAreUnderstoodOrRefused()
{
    QRandomGenerator random(2026); // the same texts each time
    int understood = 0;
    for (const GoodRow &row : goodRows()) {
        for (int i = 0; i < 200; ++i) {
            const QString text = mutilated(row.text, random);
            const auto info = core::parseConnInfo(text, row.origin);
            if (!info) {
                QVERIFY2(info.error().id.startsWith("conninfo."), info.error().id.constData());
                QVERIFY2(info.error().position >= 1 && info.error().position <= text.size() + 1,
                         qPrintable(text));
                continue;
            }
            ++understood;
            for (const auto &[key, value] : info->keywords) {
                QVERIFY(value.isValidUtf8());
                QVERIFY(!value.contains('\0') && !value.contains('\n'));
            }
            if (row.origin == ConnOrigin::File)
                QVERIFY(core::classifyHost(info->host()) != HostClass::Socket);
            const auto again = core::parseConnInfo(info->url(true), ConnOrigin::User);
            QVERIFY2(again, qPrintable(text + u" → "_s + info->url(true)));
            QVERIFY2(again->keywords == info->keywords, qPrintable(text));
        }
    }
    QVERIFY(understood > 1000);
}

QTEST_GUILESS_MAIN(TestConnInfo)
#include "tst_conninfo.moc"
