// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/composefile.h"
#include "core/project/sourcetexts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestSourceTexts : public QObject
{
    Q_OBJECT

private slots:
    void settings_data();
    void settings();
    void npgsql_data();
    void npgsql();
    void interpolation_data();
    void interpolation();
    void composePorts_data();
    void composePorts();
    void composePortsOfTheNextService();
    void composeImages_data();
    void composeImages();
};

namespace {

/// "5433>5432 host", and a comma before the next.
QString portsText(const ComposeEntry &entry)
{
    QStringList ports;
    for (const ComposeService::Port &one : entry.service.ports)
        ports << u"%1>%2 %3"_s.arg(one.here).arg(one.inside).arg(one.host);
    return ports.join(u',');
}

std::vector<ComposeEntry> entriesOf(const QString &yaml)
{
    return composeEntries(readYamlTexts(yaml).value(), {},
                          [](const QString &) { return std::optional<QString>(); });
}

QString roleText(UrlKey::Role role)
{
    switch (role) {
    case UrlKey::Role::Direct:
        return u"direct"_s;
    case UrlKey::Role::Pooled:
        return u"pooled"_s;
    case UrlKey::Role::Shadow:
        return u"shadow"_s;
    default:
        return u"-"_s;
    }
}

/// "line name role database value", one a line.
QString flat(const std::vector<Setting> &settings)
{
    QStringList lines;
    for (const Setting &setting : settings) {
        QStringList parts;
        for (const CodeValue::Part &part : setting.value.parts)
            parts << (part.isVariable ? u'$' + part.text : part.text);
        lines << u"%1 %2 %3 %4 %5"_s.arg(setting.line)
                     .arg(setting.name, roleText(setting.purpose.role), setting.purpose.database,
                          parts.isEmpty() ? u"?"_s : parts.join(QString()));
    }
    return lines.join(u'\n');
}

std::vector<Setting> settingsOf(const QByteArray &kind, const QString &text)
{
    if (kind == "schema.prisma")
        return prismaSchemaSettings(text);
    if (kind == "prisma.config")
        return prismaConfigSettings(text);
    if (kind == "drizzle")
        return drizzleSettings(text);
    if (kind == "toml")
        return tomlSettings(readTomlTexts(text).value(), u"shop.toml"_s);
    if (kind == "supabase")
        return supabaseSettings(readTomlTexts(text).value());
    if (kind == "json")
        return jsonSettings(readJsonTexts(text).value(), u"config/x.json"_s, u"development"_s);
    return databaseYmlSettings(readYamlTexts(text).value(), u"development"_s);
}

void addPrismaRows()
{
    const auto row = [](const char *name, const char *kind, const QString &text,
                        const QString &settings) {
        QTest::newRow(name) << QByteArray(kind) << text << settings;
    };
    row("schema", "schema.prisma",
        u"generator client { provider = \"prisma-client-js\" }\n"
        "datasource db {\n  provider  = \"postgresql\"\n  url       = env(\"DATABASE_URL\")\n"
        "  directUrl = env(\"DIRECT_URL\") // url = env(\"NO\")\n"
        "  shadowDatabaseUrl = env(\"SHADOW\")\n}\nmodel A { url String }\n"_s,
        u"4 datasource db.url - main $DATABASE_URL\n5 datasource db.directUrl direct main "
        u"$DIRECT_URL\n"
        "6 datasource db.shadowDatabaseUrl shadow main $SHADOW"_s);
    row("schema, written out", "schema.prisma",
        u"datasource db { provider = \"postgresql\"\n url = \"postgres://h/d\"\n}"_s,
        u"2 datasource db.url - main postgres://h/d"_s);
    row("schema, prefixed variable names the database of both", "schema.prisma",
        u"datasource db {\n provider = \"postgresql\"\n url = env(\"AUTH_DATABASE_URL\")\n directUrl = env(\"AUTH_RAW\")\n}"_s,
        u"3 datasource db.url - auth $AUTH_DATABASE_URL\n4 datasource db.directUrl direct auth $AUTH_RAW"_s);
    row("schema of another server", "schema.prisma",
        u"datasource db {\n provider = \"sqlite\"\n url = \"file:./dev.db\"\n}"_s, {});
    row("schema, commented out", "schema.prisma",
        u"// datasource db {\n// url = env(\"A\")\n// }\n"_s, {});
    row("schema, not ended", "schema.prisma", u"datasource db {\n url = env(\"A\""_s,
        u"2 datasource db.url - a $A"_s);
    row("config", "prisma.config",
        u"import 'dotenv/config'\nexport default defineConfig({\n schema: 'p.prisma',\n "
        u"datasource: {\n"
        "  url: env('DATABASE_URL'),\n  shadowDatabaseUrl: process.env.SHADOW ?? '',\n },\n})"_s,
        u"5 datasource.url - main $DATABASE_URL\n6 datasource.shadowDatabaseUrl shadow main $SHADOW"_s);
    row("config, computed", "prisma.config", u"({ datasource: { url: makeUrl() } })"_s,
        u"1 datasource.url - main ?"_s);
    row("config without one", "prisma.config", u"export default {}"_s, {});
}

void addDrizzleRows()
{
    const auto row = [](const char *name, const QString &text, const QString &settings) {
        QTest::newRow(name) << "drizzle"_ba << text << settings;
    };
    row("drizzle url",
        u"export default { dialect: 'postgresql',\n dbCredentials: { url: process.env.DATABASE_URL! } }"_s,
        u"2 dbCredentials.url - main $DATABASE_URL"_s);
    row("drizzle url of a constant",
        u"const url = process.env.A || '';\nexport default { dbCredentials: { url } }"_s,
        u"2 dbCredentials.url - main $A"_s);
    row("drizzle, old form",
        u"({ driver: 'pg', dbCredentials: { connectionString: 'postgres://h/d' } })"_s,
        u"1 dbCredentials.connectionString - main postgres://h/d"_s);
    row("drizzle fields",
        u"({ dialect: \"postgresql\", dbCredentials: {\n host: 'h', port: 5433, user: 'u@x',\n"
        " password: process.env.PW!, database: 'd', ssl: false } })"_s,
        u"2 dbCredentials - main postgresql://u%40x:$PW@h:5433/d"_s);
    row("drizzle of another server",
        u"({ dialect: 'sqlite', dbCredentials: { url: 'file.db' } })"_s, {});
    row("drizzle, commented out", u"// dbCredentials: { url: 'postgres://h/d' }\n({})"_s, {});
    row("drizzle in a text", u"const s = \"dbCredentials: { url: 'postgres://h/d' }\""_s, {});
}

void addOtherRows()
{
    const auto row = [](const char *name, const char *kind, const QString &text,
                        const QString &settings) {
        QTest::newRow(name) << QByteArray(kind) << text << settings;
    };
    row("manifest", "toml",
        u"[database]\nurl = 'env:SHOP_URL'\ndirect_url = '${SHOP_DIRECT}'\n[other]\nurl = 'env:X'\n"_s,
        u"2 database.url - main $SHOP_URL\n3 database.direct_url direct main $SHOP_DIRECT"_s);
    row("manifest of several", "toml",
        u"[databases.auth]\nurl = 'postgres://h/a'\n[databases.jobs]\nurl = 'env:JOBS'\n"_s,
        u"2 databases.auth.url - auth postgres://h/a\n4 databases.jobs.url - jobs $JOBS"_s);
    row("supabase", "supabase", u"project_id = 'x'\n[db]\nport = 54422\nmajor_version = 17\n"_s,
        u"3 db.port - supabase postgresql://postgres:postgres@127.0.0.1:54422/postgres"_s);
    row("supabase with its pooler", "supabase",
        u"[db]\nport = 54322\n[db.pooler]\nenabled = true\nport = 54329\n"_s,
        u"2 db.port - supabase postgresql://postgres:postgres@127.0.0.1:54322/postgres\n"
        "5 db.pooler.port pooled supabase postgresql://postgres.pooler-dev:postgres@127.0.0.1:54329/postgres"_s);
    row("supabase, nothing", "supabase", u"[functions.x]\nverify_jwt = true\n"_s, {});
    row("appsettings", "json",
        u"{ \"ConnectionStrings\": {\n \"DefaultConnection\": "
        u"\"Host=h;Port=5433;Database=d;Username=u;Password=p;SSL Mode=Require\",\n"
        " \"Jobs\": \"Host=h;Database=j;Username=u\" } }"_s,
        u"2 ConnectionStrings.DefaultConnection - main postgresql://u:p@h:5433/d?sslmode=require\n"
        "3 ConnectionStrings.Jobs - jobs postgresql://u@h/j"_s);
    row("by modes", "json",
        u"{\"development\": {\"use_env_variable\": \"DB_URL\"}, \"production\": {\"url\": \"postgres://p/d\"}}"_s,
        u"1 development.use_env_variable - main $DB_URL"_s);
    row("in parts", "json",
        u"{\"development\": {\"username\": \"u\", \"password\": \"p\", \"database\": \"d\", \"host\": \"h\", \"dialect\": \"postgres\"}}"_s,
        u"1 development.host - main postgresql://u:p@h/d"_s);
    row("in parts, another server", "json",
        u"{\"host\": \"h\", \"database\": \"d\", \"type\": \"mysql\"}"_s, {});
    row("Rails", "database.yml",
        u"default: &default\n  adapter: postgresql\n  host: h\ndevelopment:\n  <<: *default\n  database: shop\n  username: u\n"_s,
        u"6 development - main postgresql://u@h/shop"_s);
    row("Rails with Ruby", "database.yml",
        u"development:\n  adapter: postgresql\n  url: <%= ENV['DATABASE_URL'] %>\n"_s,
        u"3 development.url - main $DATABASE_URL"_s);
    row("Rails, computed", "database.yml",
        u"development:\n  adapter: postgresql\n  url: <%= `id` %>\n"_s,
        u"3 development.url - main ?"_s);
    row("Rails with several", "database.yml",
        u"development:\n  primary:\n    adapter: postgresql\n    host: h\n    database: shop\n  jobs:\n    adapter: postgresql\n    host: h\n    database: jobs\n"_s,
        u"5 development.primary - main postgresql://@h/shop\n9 development.jobs - jobs postgresql://@h/jobs"_s);
    row("Rails on another server", "database.yml",
        u"development:\n  adapter: sqlite3\n  database: db/dev.sqlite3\n"_s, {});
}

} // namespace

void TestSourceTexts::settings_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("settings");
    addPrismaRows();
    addDrizzleRows();
    addOtherRows();
}

void TestSourceTexts::settings()
{
    QFETCH(QByteArray, kind);
    QFETCH(QString, text);
    QTEST(flat(settingsOf(kind, text)), "settings");
}

void TestSourceTexts::npgsql_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    QTest::newRow("usual") << u"Host=h;Database=d;User Id=u;Password=p;Pooling=true"_s
                           << u"postgresql://u:p@h/d"_s;
    QTest::newRow("special characters")
        << u"Host=h;Username=u;Password=a@b#c"_s << u"postgresql://u:a%40b%23c@h/"_s;
    QTest::newRow("Microsoft's") << u"Server=h;Database=d;User Id=sa;Password=p"_s << u""_s;
    QTest::newRow("a sentence") << u"Host=h; and so on"_s << u""_s;
    QTest::newRow("a word") << u"Host"_s << u""_s;
}

void TestSourceTexts::npgsql()
{
    QFETCH(QString, text);
    QTEST(urlOfNpgsql(text).value_or(QString()), "url");
}

void TestSourceTexts::interpolation_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *text, const char *result) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(result);
    };
    row("${A}", "a");
    row("$A/$B", "a/");
    row("${NO}", "");
    row("${NO:-x}", "x");
    row("${NO-x}", "x");
    row("${B:-x}", "x");
    row("${B-x}", "");
    row("${A:+x}", "x");
    row("${NO:+x}", "");
    row("${A:?must be set}", "a");
    row("${NO:-${A}}", "a");
    row("$$A", "$A");
    row("$(id)", "$(id)");
    row("${", "${");
    row("${NO:-${NO:-${NO:-${NO:-${NO:-${NO:-x}}}}}}", "${NO:-x}");
}

void TestSourceTexts::interpolation()
{
    QFETCH(QString, text);
    const EnvLookup lookup = [](const QString &name) -> std::optional<QString> {
        if (name == u'A')
            return u"a"_s;
        return name == u'B' ? std::optional(QString()) : std::nullopt;
    };
    QTEST(interpolated(text, lookup), "result");
}

void TestSourceTexts::composePorts_data()
{
    QTest::addColumn<QString>("port");
    QTest::addColumn<QString>("result");
    const auto row = [](const char *port, const char *result) {
        QTest::newRow(port) << QString::fromLatin1(port) << QString::fromLatin1(result);
    };
    row("'5433:5432'", "5433>5432 ");
    row("5432", "0>5432 ");
    row("127.0.0.1:5433:5432", "5433>5432 127.0.0.1");
    row("'[::1]:5433:5432/tcp'", "5433>5432 ::1");
    row("'127.0.0.1::5432'", "0>5432 127.0.0.1");
    row("{target: 5432, published: '5433', host_ip: 127.0.0.2}", "5433>5432 127.0.0.2");
    row("'70000:5432'", "0>5432 ");
    row("'3000-3005:3000-3005'", "");
    row("'53:53/udp'", "");
    row("nonsense", "");
}

void TestSourceTexts::composePorts()
{
    QFETCH(QString, port);
    const std::vector<ComposeEntry> entries =
        entriesOf(u"services:\n  db:\n    ports:\n      - "_s + port + u'\n');
    QCOMPARE(entries.size(), size_t(1));
    QTEST(portsText(entries.front()), "result");
}

void TestSourceTexts::composePortsOfTheNextService()
{
    const std::vector<ComposeEntry> entries =
        entriesOf(u"services:\n  db:\n    ports:\n      - '1:1'\n"
                  "      - {target: 5432, published: '5433'}\n"
                  "  pool:\n    ports:\n      - '80:80'\n"
                  "      - {target: 6432, published: '6433'}\n"_s);
    QCOMPARE(entries.size(), size_t(2));
    QCOMPARE(portsText(entries[0]), u"1>1 ,5433>5432 "_s);
    QCOMPARE(portsText(entries[1]), u"80>80 ,6433>6432 "_s);
}

void TestSourceTexts::composeImages_data()
{
    QTest::addColumn<bool>("isPostgres");
    const auto row = [](const char *image, bool isPostgres) { QTest::newRow(image) << isPostgres; };
    row("postgres", true);
    row("postgres:17-alpine", true);
    row("postgis/postgis:17-3.5", true);
    row("pgvector/pgvector:pg17", true);
    row("timescale/timescaledb:latest-pg17", true);
    row("bitnami/postgresql:17", true);
    row("ghcr.io/x/postgres@sha256:abc", true);
    row("edoburu/pgbouncer", false);
    row("postgrest/postgrest", false);
    row("prometheuscommunity/postgres-exporter", false);
    row("prodrigestivill/postgres-backup-local", false);
    row("dpage/pgadmin4", false);
    row("redis:7", false);
}

void TestSourceTexts::composeImages()
{
    ComposeEntry entry;
    entry.image = QString::fromLatin1(QTest::currentDataTag());
    QTEST(entry.isPostgres(), "isPostgres");
}

QTEST_APPLESS_MAIN(TestSourceTexts)
#include "tst_sourcetexts.moc"
