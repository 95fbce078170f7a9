// SPDX-License-Identifier: GPL-3.0-or-later
#include "projectfolder.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

/// What a folder's tools say, beside its env files.
class TestSources : public QObject
{
    Q_OBJECT

private slots:
    void references();
    void referencesToNothing();
    void directAndShadowByTheSchema();
    void literalsAreDatabasesOfTheirOwn();
    void settingsLoseToTheEnvironment();
    void unsetPartsOfAnAddress();
    void composeTwins();
    void composeOfItsOwn();
    void composePublishes_data();
    void composePublishes();
    void composePassesOn();
    void composeOverride();
    void platformHosts();
    void prismaProxy();
    void prismaSeven();
    void hashCutsTheAddress();
    void leaks();
    void trackedByGit();
    void nothingOfTheProcess();
    void badSettingsFiles_data();
    void badSettingsFiles();
    void noSecretInTexts();
};

namespace {

const UrlValue *valueOf(const Project &project, const QString &key)
{
    const auto found = std::ranges::find_if(project.values, [&](const UrlValue &value) {
        return value.source.key == key && !value.twinOf;
    });
    return found == project.values.end() ? nullptr : &*found;
}

QString placesText(const std::vector<SourceLocation> &places)
{
    QStringList texts;
    for (const SourceLocation &place : places)
        texts << place.key + u'@' + place.text();
    return texts.join(u' ');
}

/// "KEY place host:port for KEY" of every twin.
QString twinsText(const Project &project)
{
    QStringList lines;
    for (const UrlValue &value : project.values) {
        if (value.twinOf)
            lines << u"%1 %2 %3:%4"_s
                         .arg(value.twinOf->key, value.source.text(), value.info->host())
                         .arg(value.info->port());
    }
    return lines.join(u'\n');
}

const QByteArray schema = "datasource db {\n  provider = \"postgresql\"\n"
                          "  url = env(\"DATABASE_URL\")\n  directUrl = env(\"RAW_URL\")\n"
                          "  shadowDatabaseUrl = env(\"SCRATCH\")\n}\n"_ba;

} // namespace

void TestSources::references()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(u"prisma/schema.prisma"_s, schema));
    QVERIFY(folder.write(u"drizzle.config.ts"_s,
                         "export default { dialect: 'postgresql',\n"
                         "  dbCredentials: { url: process.env.DATABASE_URL! } }\n"));
    QVERIFY(folder.write(u"shop.toml"_s, "[database]\nurl = \"env:DATABASE_URL\"\n"));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 h"_s);
    QCOMPARE(placesText(project.values.front().namedBy),
             u"datasource db.url@prisma/schema.prisma:3 "
             "dbCredentials.url@drizzle.config.ts:2 database.url@shop.toml:2"_s);
    QVERIFY(project.folders.contains(u"prisma"_s));
}

void TestSources::referencesToNothing()
{
    Folder folder;
    QVERIFY(folder.write(u"prisma/schema.prisma"_s, schema));
    QVERIFY(folder.write(u"drizzle.config.ts"_s, "({ dbCredentials: { url: makeUrl() } })"));
    const Project project = folder.read();
    QVERIFY(project.values.empty());
    QCOMPARE(
        ignoredText(project),
        u"datasource db.url prisma/schema.prisma:3: It names DATABASE_URL, which nothing sets "
        u"here.\n"
        "datasource db.directUrl prisma/schema.prisma:4: It names RAW_URL, which nothing sets "
        "here.\n"
        "datasource db.shadowDatabaseUrl prisma/schema.prisma:5: It names SCRATCH, which nothing "
        "sets here.\n"
        "dbCredentials.url drizzle.config.ts:1: It is computed, and code is never run to find out."_s);
    QVERIFY(project.searchedText().contains("prisma/schema.prisma"_L1));
}

void TestSources::directAndShadowByTheSchema()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("a") + "\nRAW_URL=" + url("b")
                                        + "\nSCRATCH=" + url("c") + '\n'));
    QVERIFY(folder.write(u"prisma/schema.prisma"_s, schema));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 a\nRAW_URL .env:2 b"_s);
    QCOMPARE(valueOf(project, u"RAW_URL"_s)->key().role, UrlKey::Role::Direct);
    QCOMPARE(valueOf(project, u"RAW_URL"_s)->key().database, u"main"_s);
    QCOMPARE(project.ignored.size(), size_t(1));
    QCOMPARE(project.ignored.front().reason, IgnoredReason::Shadow);
    QVERIFY(project.ignored.front().explanation.contains("prisma/schema.prisma:5"_L1));
}

void TestSources::literalsAreDatabasesOfTheirOwn()
{
    Folder folder;
    QVERIFY(
        folder.write(u"drizzle.config.ts"_s, "({ dbCredentials: { url: '" + url("h") + "' } })"));
    QVERIFY(folder.write(u"supabase/config.toml"_s, "[db]\nport = 54322\n"));
    QVERIFY(folder.write(u"appsettings.json"_s,
                         R"({"ConnectionStrings": {"Jobs": "Host=j;Database=d;Username=u"}})"));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"dbCredentials.url drizzle.config.ts:1 h\n"
                                "ConnectionStrings.Jobs appsettings.json:1 j\n"
                                "db.port supabase/config.toml:2 127.0.0.1"_s);
    QCOMPARE(project.values[0].key().database, u"main"_s);
    QCOMPARE(project.values[1].key().database, u"jobs"_s);
    QCOMPARE(project.values[2].key().database, u"supabase"_s);
}

void TestSources::settingsLoseToTheEnvironment()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(u"shop.toml"_s, "[database]\nurl = \"" + url("other") + "\"\n"));
    QVERIFY(folder.write(u"config/database.yml"_s,
                         "development:\n  adapter: postgresql\n  host: third\n  database: d\n"));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 h"_s);
    QCOMPARE(
        ignoredText(project),
        u"database.url shop.toml:2: Loses to DATABASE_URL in .env:1: the environment goes before "
        u"this file.\n"
        "development config/database.yml:4: Loses to DATABASE_URL in .env:1: the environment goes before this file."_s);
    QCOMPARE(project.ignored.front().winner->key, u"DATABASE_URL"_s);
}

/// What a file says in place of an unset variable counts, and only there.
void TestSources::unsetPartsOfAnAddress()
{
    Folder folder;
    QVERIFY(folder.write(u"drizzle.config.ts"_s,
                         "({ dbCredentials: { host: process.env.DB_HOST ?? 'there', user: 'u',\n"
                         "  password: process.env.DB_PASSWORD || '', database: 'd' } })"));
    QVERIFY(folder.write(u"config/database.yml"_s,
                         "development:\n  adapter: postgresql\n  username: u\n"
                         "  host: <%= ENV.fetch(\"DB_HOST\", \"here\") %>\n  database: d\n"));
    QVERIFY(folder.write(u".env"_s, "DB_PASSWORD=p\n"));
    QCOMPARE(usedText(folder.read()), u"dbCredentials drizzle.config.ts:1 there\n"
                                      "development config/database.yml:5 here"_s);
    QVERIFY(folder.write(u".env"_s, "DB_PASSWORD=p\nDB_HOST=db.example.com\n"));
    QCOMPARE(usedText(folder.read()), u"dbCredentials drizzle.config.ts:1 db.example.com\n"
                                      "development config/database.yml:5 db.example.com"_s);
    // Nothing in its place, and nothing set.
    QVERIFY(folder.write(u".env"_s, "\n"));
    QVERIFY2(ignoredText(folder.read()).contains("It names DB_PASSWORD, which nothing sets"_L1),
             qPrintable(ignoredText(folder.read())));
}

void TestSources::composeTwins()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "JOBS_DATABASE_URL=" + url("postgres", "5432/jobs")
                                        + "\nPOOL_DATABASE_URL=" + url("bouncer", "6432/d")
                                        + "\nLOST_DATABASE_URL=" + url("postgres", "5999/d")
                                        + "\nHERE_DATABASE_URL="
                                        + url("host.docker.internal", "5433/d") + '\n'));
    QVERIFY(folder.write(u"compose.yaml"_s,
                         "services:\n  postgres:\n    image: postgres:17\n    ports:\n"
                         "      - \"54322:5432\"\n  pool:\n    image: edoburu/pgbouncer\n"
                         "    container_name: bouncer\n    ports: [\"127.0.0.1:6544:6432\"]\n"));
    const Project project = folder.read();
    QCOMPARE(valueOf(project, u"JOBS_DATABASE_URL"_s)->elsewhere->reason,
             u"“postgres” is a service of compose.yaml:3"_s);
    QCOMPARE(twinsText(project), u"JOBS_DATABASE_URL compose.yaml:5 127.0.0.1:54322\n"
                                 "POOL_DATABASE_URL compose.yaml:9 127.0.0.1:6544\n"
                                 "HERE_DATABASE_URL .env:4 127.0.0.1:5433"_s);
    QVERIFY(valueOf(project, u"LOST_DATABASE_URL"_s)->elsewhere);
    // The twin is the same database for the same user.
    const auto twin = std::ranges::find_if(project.values, [](const UrlValue &value) {
        return value.twinOf && value.twinOf->key == "JOBS_DATABASE_URL"_L1;
    });
    QCOMPARE(twin->info->url(true), u"postgresql://u:secret@127.0.0.1:54322/jobs"_s);
    QCOMPARE(
        ignoredText(project),
        u"services.postgres compose.yaml:5: The server that JOBS_DATABASE_URL in .env:1 leads to."_s);
}

void TestSources::composeOfItsOwn()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "PG_PORT=5544\n"));
    QVERIFY(folder.write(u"docker-compose.yml"_s,
                         "services:\n  db:\n    image: postgres\n    environment:\n"
                         "      POSTGRES_USER: app\n      POSTGRES_PASSWORD: ${PW:-p@ss}\n"
                         "    ports:\n      - \"${PG_PORT:-5432}:5432\"\n"
                         "  hidden:\n    image: postgres\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(1));
    QCOMPARE(project.values.front().info->url(true),
             u"postgresql://app:p%40ss@127.0.0.1:5544/app"_s);
    QCOMPARE(project.values.front().source.text(), u"docker-compose.yml:8"_s);
    QCOMPARE(project.values.front().key().database, u"db"_s);
    QCOMPARE(project.ignored.size(), size_t(1));
    QCOMPARE(project.ignored.front().reason, IgnoredReason::Inside);
}

void TestSources::composePublishes_data()
{
    QTest::addColumn<QByteArray>("ports");
    QTest::addColumn<QString>("host");
    QTest::newRow("one address") << "'127.0.0.2:5433:5432'"_ba << u"127.0.0.2"_s;
    QTest::newRow("all of IPv4") << "'0.0.0.0:5433:5432'"_ba << u"127.0.0.1"_s;
    QTest::newRow("all of IPv6") << "'[::]:5433:5432'"_ba << u"127.0.0.1"_s;
    QTest::newRow("another one of no fixed number") << "'5432', '5433:5432'"_ba << u"127.0.0.1"_s;
}

void TestSources::composePublishes()
{
    QFETCH(QByteArray, ports);
    QFETCH(QString, host);
    Folder folder;
    QVERIFY(folder.write(u"compose.yaml"_s,
                         "services:\n  db:\n    image: postgres\n    ports: [" + ports + "]\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(1));
    QCOMPARE(project.values.front().info->host(), host);
    QCOMPARE(project.values.front().info->port(), 5433);
}

void TestSources::composePassesOn()
{
    const QByteArray compose =
        "services:\n  web:\n    environment:\n      - DATABASE_URL=" + url("db")
        + "\n  worker:\n    environment:\n      DATABASE_URL: " + url("db")
        + "\n  db:\n    image: postgres\n    ports: ['5432:5432']\n";
    Folder alone;
    QVERIFY(alone.write(u"compose.yml"_s, compose));
    Project project = alone.read();
    QCOMPARE(usedText(project),
             u"DATABASE_URL compose.yml:4 db\nDATABASE_URL compose.yml:10 127.0.0.1"_s);
    QVERIFY2(
        ignoredText(project).contains(
            u"DATABASE_URL compose.yml:7: Passes the address of compose.yml:4 on to the service “worker”."_s),
        qPrintable(ignoredText(project)));
    Folder both;
    QVERIFY(both.write(u".env"_s, "DATABASE_URL=" + url("localhost")));
    QVERIFY(both.write(u"compose.yml"_s, compose));
    project = both.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 localhost"_s);
    QVERIFY2(ignoredText(project).contains(
                 u"Set inside of the service “web” only; from here .env:1 counts."_s),
             qPrintable(ignoredText(project)));
}

void TestSources::composeOverride()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("db")));
    QVERIFY(folder.write(u"compose.yaml"_s, "services:\n  db:\n    image: postgres\n"));
    QVERIFY(
        folder.write(u"compose.override.yaml"_s, "services:\n  db:\n    ports: ['5999:5432']\n"));
    const Project project = folder.read();
    QCOMPARE(twinsText(project), u"DATABASE_URL compose.override.yaml:3 127.0.0.1:5999"_s);
    QCOMPARE(
        ignoredText(project),
        u"services.db compose.override.yaml:3: The server that DATABASE_URL in .env:1 leads to."_s);
}

void TestSources::platformHosts()
{
    Folder folder;
    QVERIFY(folder.write(
        u".env"_s, "A_DATABASE_URL=" + url("pg.railway.internal") + "\nB_DATABASE_URL="
                       + url("pg.ns.svc") + "\nC_DATABASE_URL=" + url("dpg-x-a")
                       + "\nEXTERNAL_DATABASE_URL=" + url("dpg-x-a.oregon-postgres.render.com")
                       + "\nD_DATABASE_URL=" + url("db.example.com") + "\nE_DATABASE_URL="
                       + url("dpg-y-a") + "\nF_DATABASE_URL=" + url("nas") + '\n'));
    const Project project = folder.read();
    QStringList where;
    for (const UrlValue &value : project.values)
        where << (value.elsewhere ? value.elsewhere->where : value.twinOf ? u"twin"_s : u"-"_s);
    QCOMPARE(where.join(u' '), u"Railway Kubernetes Render twin - Render -"_s);
    QCOMPARE(twinsText(project),
             u"C_DATABASE_URL .env:4 dpg-x-a.oregon-postgres.render.com:5432"_s);
}

void TestSources::prismaProxy()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=prisma://accelerate.prisma-data.net/?api_key=x\n"
                                    "DIRECT_URL="
                                        + url("h")));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DIRECT_URL .env:2 h"_s);
    QVERIFY(project.ignored.front().explanation.contains("Prisma proxy"_L1));
}

void TestSources::prismaSeven()
{
    Folder folder;
    const QByteArray config =
        "export default defineConfig({ datasource: { url: env('DATABASE_URL') } })"_ba;
    QVERIFY(folder.write(u"package.json"_s, R"({"devDependencies":{"prisma":"^7.0.0"}})"));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(u"prisma.config.ts"_s, config));
    Project project = folder.read();
    QCOMPARE(warningsOf(project, ProjectWarning::Kind::NotLoaded).size(), size_t(1));
    QVERIFY(folder.write(u"prisma.config.ts"_s, "import 'dotenv/config'\n" + config));
    project = folder.read();
    QVERIFY(warningsOf(project, ProjectWarning::Kind::NotLoaded).empty());
    QCOMPARE(project.loader.evidence, u"prisma.config.ts imports dotenv"_s);
    QCOMPARE(placesText(project.values.front().namedBy), u"datasource.url@prisma.config.ts:2"_s);
}

void TestSources::hashCutsTheAddress()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=postgres://u:canary#x@h:5432/d\n"
                                    "A_DATABASE_URL='postgres://u:a%23b@h/d' # mail@example.com\n"
                                    "B_DATABASE_URL=postgres://u:p@h/d # mail@example.com\n"));
    const Project project = folder.read();
    const std::vector<ProjectWarning> cuts = warningsOf(project, ProjectWarning::Kind::CutAtHash);
    QCOMPARE(cuts.size(), size_t(1));
    QVERIFY2(cuts.front().advice.contains("%23"_L1), qPrintable(cuts.front().advice));
    QVERIFY(!cuts.front().advice.contains("canary"_L1));
    QCOMPARE(valueOf(project, u"DATABASE_URL"_s)->error->id, "conninfo.unescaped"_ba);
}

void TestSources::leaks()
{
    Folder folder;
    QByteArray text;
    for (const char *prefix :
         {"VITE_", "NEXT_PUBLIC_", "REACT_APP_", "PUBLIC_", "EXPO_PUBLIC_", "NUXT_PUBLIC_"})
        text += prefix + ("DATABASE_URL=" + url("h")) + '\n';
    QVERIFY(folder.write(u".env"_s, text + "VITE_API_URL=https://example.com\n"));
    const Project project = folder.read();
    QVERIFY(project.values.empty());
    QCOMPARE(warningsOf(project, ProjectWarning::Kind::BrowserLeak).size(), size_t(6));
}

void TestSources::trackedByGit()
{
    Folder folder;
    // Version 2, one entry: the fixed part, the length of the name, the name, filled up to eight.
    QByteArray entry(40, '\0');
    entry[24] = char(0);
    entry[25] = char(0);
    entry[26] = char(0x81);
    entry[27] = char(0xa4);
    entry += QByteArray(20, 'x') + QByteArray("\0\4.env", 6) + QByteArray(6, '\0');
    QVERIFY(folder.write(u".git/index"_s,
                         QByteArray("DIRC\0\0\0\2\0\0\0\1", 12) + entry + QByteArray(20, 'x')));
    QVERIFY(folder.write(u".gitignore"_s, ".env*\n"));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(u"compose.yaml"_s,
                         "services:\n  db:\n    image: postgres\n    environment:\n"
                         "      POSTGRES_PASSWORD: x\n    ports: ['1:5432']\n"));
    QVERIFY(folder.write(u"shop.toml"_s, "[database]\nurl = \"" + url("db.example.com") + "\"\n"));
    const Project project = folder.read();
    const auto tracked = warningsOf(project, ProjectWarning::Kind::GitTracked);
    QCOMPARE(tracked.size(), size_t(1));
    QCOMPARE(tracked.front().places.front().file, u".env"_s);
    const auto would = warningsOf(project, ProjectWarning::Kind::GitWouldCommit);
    QCOMPARE(would.size(), size_t(1));
    QCOMPARE(would.front().places.front().file, u"shop.toml"_s);
}

/// Nothing of the environment gets into an address unless a person chose so.
void TestSources::nothingOfTheProcess()
{
    Folder folder;
    QVERIFY(folder.write(u"shop.toml"_s, "[database]\nurl = \"env:SECRET_URL\"\n"));
    QVERIFY(folder.write(
        u"drizzle.config.ts"_s,
        "({ dbCredentials: { url: `postgres://${process.env.HOME}.evil.example/d` } })"));
    QVERIFY(folder.write(
        u"compose.yaml"_s,
        "services:\n  web:\n    environment:\n      DATABASE_URL: postgres://u@${HOME}/d\n"));
    EnvMode mode;
    mode.process.insert(u"SECRET_URL"_s, QString::fromUtf8(url("process")));
    mode.process.insert(u"HOME"_s, u"somebody"_s);
    const Project project = folder.read(mode);
    for (const UrlValue &value : project.values)
        QVERIFY(!value.info || !value.info->host().contains("somebody"_L1));
    QVERIFY(!ignoredText(project).contains("somebody"_L1));
    mode.useProcess = true;
    QVERIFY(usedText(folder.read(mode)).contains("SECRET_URL the environment process"_L1));
}

void TestSources::badSettingsFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("what");
    for (const QString &name :
         {u"prisma/schema.prisma"_s, u"drizzle.config.ts"_s, u"shop.toml"_s, u"compose.yaml"_s,
          u"supabase/config.toml"_s, u"appsettings.json"_s, u"config/database.yml"_s}) {
        for (const char *what : {"fifo", "link", "big", "binary", "utf16"})
            QTest::addRow("%s, %s", qPrintable(name), what) << name << QByteArray(what);
    }
}

void TestSources::badSettingsFiles()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, what);
    Folder folder;
    QVERIFY(folder.write(name, {}));
    const QByteArray path = QFile::encodeName(folder.path(name));
    if (what == "fifo") {
        QVERIFY(QFile::remove(folder.path(name)));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    } else if (what == "link") {
        QVERIFY(QFile::remove(folder.path(name)));
        QVERIFY(QFile::link(u"/etc/passwd"_s, folder.path(name)));
    } else if (what == "big") {
        QCOMPARE(::truncate(path.constData(), off_t(10) << 30), 0);
    } else if (what == "binary") {
        QVERIFY(folder.write(name, QByteArray("\x7f\xff\xfe\0\1", 5)));
    } else {
        QVERIFY(folder.write(name, QByteArray("\xff\xfe"
                                              "a\0=\0",
                                              6)));
    }
    const Project project = folder.read();
    QVERIFY(project.values.empty());
    const std::vector<ProjectWarning> refused =
        warningsOf(project, ProjectWarning::Kind::FileRefused);
    QCOMPARE(refused.size(), size_t(1));
    QCOMPARE(refused.front().places.front().file, name);
}

void TestSources::noSecretInTexts()
{
    Folder folder;
    QVERIFY(folder.write(u"shop.toml"_s, "[database]\nurl = 'postgres://u:canary@h/d'\n"
                                         "bad = 'postgres://u:canary%@h/d'\n"));
    QVERIFY(folder.write(u"drizzle.config.ts"_s,
                         "({ dbCredentials: { url: 'postgres://u:canary@@h/d' } })"));
    QVERIFY(folder.write(u"broken.toml"_s, "url = 'postgres://u:canary@h/d' canary\n"));
    QVERIFY(folder.write(u"compose.yaml"_s,
                         "services:\n  db:\n    image: postgres\n    environment:\n"
                         "      POSTGRES_PASSWORD: canary\n    ports: ['5432:5432']\n"));
    const Project project = folder.read();
    QString all = project.searchedText() + ignoredText(project) + usedText(project);
    for (const ProjectWarning &warning : project.warnings)
        all += warning.text + warning.advice;
    for (const UrlValue &value : project.values)
        all += value.error ? value.error->text() : value.info->url();
    QVERIFY(all.size() > 200);
    QVERIFY2(!all.contains("canary"_L1), qPrintable(all));
}

QTEST_GUILESS_MAIN(TestSources)
#include "tst_sources.moc"
