// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/addresstable.h"
#include "core/connect/changes.h"
#include "tests/core/project/projectfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

/// From files of a folder to databases: packages, twins, tools' files, fallbacks.
class TestFolderDatabases : public QObject
{
    Q_OBJECT

private slots:
    void packagesThatShareADatabase();
    void packagesThatClash();
    void passwordsThatDiffer();
    void twinIsUsed();
    void twinOfThePooledOne();
    void unreachable();
    void settingsThatRepeat();
    void directBySchema();
    void fallbacks();
    void everyValueIsInOneRow();
    void tableSaysWhatIsDone();
    void notesOfParameters();
    void manyDatabases();
};

namespace {

DatabaseSet setOf(const Folder &folder)
{
    return pairDatabases(folder.read());
}

/// "name pooled=host:port direct=host:port; …"
QString flat(const DatabaseSet &set)
{
    QStringList lines;
    for (const Database &database : set.databases) {
        QString line = database.name;
        const auto add = [&](const char *role, const std::optional<Endpoint> &endpoint) {
            if (endpoint)
                line += u" %1=%2:%3"_s.arg(QString::fromLatin1(role), endpoint->info.host())
                            .arg(endpoint->info.port());
        };
        add("pooled", database.pooled);
        add("direct", database.direct);
        lines << line;
    }
    return lines.join(u"; "_s);
}

QString rowsText(const AddressGroup &group)
{
    QStringList lines;
    for (const AddressRow &row : group.rows)
        lines << u"%1|%2|%3|%4"_s.arg(row.source.key, row.address(), row.source.text(), row.action);
    return lines.join(u'\n');
}

const QByteArray compose = "services:\n  db:\n    image: postgres\n    ports: ['54322:5432']\n"
                           "  pool:\n    image: edoburu/pgbouncer\n    ports: ['54323:6432']\n"_ba;

} // namespace

void TestFolderDatabases::packagesThatShareADatabase()
{
    Folder folder;
    QVERIFY(folder.write(u"apps/api/.env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(u"apps/web/.env"_s,
                         "DATABASE_URL=" + url("h") + "\nAUTH_DATABASE_URL=" + url("auth") + '\n'));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(flat(set), u"main direct=h:5432; auth direct=auth:5432"_s);
    QCOMPARE(set.databases.front().package, u"apps/api"_s);
    QCOMPARE(set.ignored.size(), size_t(1));
    QCOMPARE(set.ignored.front().explanation,
             u"The same address as DATABASE_URL in apps/api/.env:1."_s);
    QVERIFY(set.warnings.empty());
}

void TestFolderDatabases::packagesThatClash()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("root")));
    QVERIFY(folder.write(u"apps/api/.env"_s, "DATABASE_URL=" + url("api")));
    QVERIFY(folder.write(u"apps/web/.env"_s, "DATABASE_URL=" + url("web")
                                                 + "\nAUTH_DATABASE_URL=" + url("auth") + '\n'));
    QVERIFY(folder.write(u"sites/web/.env"_s, "DATABASE_URL=" + url("site")));
    QCOMPARE(flat(setOf(folder)), u"main direct=root:5432; api/main direct=api:5432; "
                                  "auth direct=auth:5432; web/main direct=web:5432; "
                                  "web/main_2 direct=site:5432"_s);
    QCOMPARE(findDatabase(setOf(folder), u"api/main"_s)->any().info.host(), u"api"_s);
    QCOMPARE(findDatabase(setOf(folder), {})->any().info.host(), u"root"_s);
}

void TestFolderDatabases::passwordsThatDiffer()
{
    Folder folder;
    QVERIFY(folder.write(u"apps/api/.env"_s, "DATABASE_URL=postgres://u:one@h/d"));
    QVERIFY(folder.write(u"apps/web/.env"_s, "DATABASE_URL=postgres://u:two@h/d"));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(set.databases.size(), size_t(1));
    QCOMPARE(set.warnings.size(), size_t(1));
    QVERIFY(set.warnings.front().text.contains("different passwords"_L1));
}

void TestFolderDatabases::twinIsUsed()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "JOBS_DATABASE_URL=" + url("db", "5432/jobs")));
    QVERIFY(folder.write(u"compose.yaml"_s, compose));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(flat(set), u"jobs direct=127.0.0.1:54322"_s);
    const Endpoint &endpoint = *set.databases.front().direct;
    QCOMPARE(endpoint.asWritten().host(), u"db"_s);
    QCOMPARE(endpoint.source.text(), u".env:1"_s);
    QCOMPARE(endpoint.twin->source.text(), u"compose.yaml:4"_s);
    QVERIFY(!endpoint.isUnreachable());
    QCOMPARE(set.databases.front().serverName(), u"jobs"_s);
}

void TestFolderDatabases::twinOfThePooledOne()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("pool", "6432/d")
                                        + "\nDIRECT_URL=" + url("db", "5432/d") + '\n'));
    QVERIFY(folder.write(u"compose.yaml"_s, compose));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(flat(set), u"main pooled=127.0.0.1:54323 direct=127.0.0.1:54322"_s);
    QCOMPARE(set.databases.front().pooled->reason, u"port 6432"_s);
}

void TestFolderDatabases::unreachable()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("pg.ns.svc")));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(flat(set), u"main direct=pg.ns.svc:5432"_s);
    QVERIFY(set.databases.front().direct->isUnreachable());
    const std::vector<AddressGroup> table = addressTable(set);
    QVERIFY(table.front().unreachable);
    QCOMPARE(table.front().summary, u"reachable inside of Kubernetes only"_s);
    QCOMPARE(table.front().rows.front().kind, AddressRow::Kind::Elsewhere);
}

void TestFolderDatabases::settingsThatRepeat()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s,
                         "DATABASE_URL=postgres://postgres:postgres@localhost:54322/postgres\n"));
    QVERIFY(folder.write(u"supabase/config.toml"_s, "[db]\nport = 54322\n"));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(flat(set), u"main direct=localhost:54322"_s);
    QCOMPARE(set.ignored.front().explanation, u"The same address as DATABASE_URL in .env:1."_s);
}

void TestFolderDatabases::directBySchema()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("a") + "\nRAW=" + url("b") + '\n'));
    QVERIFY(folder.write(
        u"prisma/schema.prisma"_s,
        "datasource db {\n url = env(\"DATABASE_URL\")\n directUrl = env(\"RAW\")\n}"));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(flat(set), u"main pooled=a:5432 direct=b:5432"_s);
    QCOMPARE(set.databases.front().direct->reason,
             u"named by directUrl in prisma/schema.prisma:3"_s);
}

void TestFolderDatabases::fallbacks()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h", "6432/d")
                                        + "\nDIRECT_URL=" + url("h") + "\nAUTH_DATABASE_URL=\n"));
    QVERIFY(folder.write(u".env.example"_s, "DATABASE_URL=\nAUTH_DATABASE_URL=\nJOBS_DATABASE_URL="
                                                + url("example") + "\nSHADOW_DATABASE_URL=\n"));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(set.fallbacks.size(), size_t(2));
    QCOMPARE(set.fallbacks.front().explanation,
             u"AUTH_DATABASE_URL is set to nothing, so applications use DATABASE_URL."_s);
    QCOMPARE(
        set.fallbacks.back().explanation,
        u"JOBS_DATABASE_URL is named by an example and set nowhere, so applications use DATABASE_URL."_s);
    QCOMPARE(findDatabase(set, u"auth"_s)->name, u"main"_s);
    // A value that is there makes it a database of its own.
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h") + "\nAUTH_DATABASE_URL=" + url("a")
                                        + "\nJOBS_DATABASE_URL=" + url("j") + '\n'));
    QVERIFY(setOf(folder).fallbacks.empty());
    // Without a main one there is nothing to fall back to.
    QVERIFY(folder.write(u".env"_s, "AUTH_DATABASE_URL=\n"));
    QVERIFY(setOf(folder).fallbacks.empty());
}

void TestFolderDatabases::everyValueIsInOneRow()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, vitePackage));
    QVERIFY(
        folder.write(u".env"_s, "DATABASE_URL=" + url("h", "6432/d") + "\nDIRECT_URL=" + url("h")
                                    + "\nAUTH_DATABASE_URL=\nSHADOW_DATABASE_URL=" + url("s")
                                    + "\nVITE_DATABASE_URL=" + url("h")
                                    + "\nBAD_DATABASE_URL=postgres://u:1%@h/d\nJOBS_DATABASE_URL="
                                    + url("db") + '\n'));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=" + url("l", "6432/d")));
    QVERIFY(folder.write(u".env.test"_s, "DATABASE_URL=" + url("t")));
    QVERIFY(folder.write(u"compose.yaml"_s, compose));
    const Project project = folder.read();
    const DatabaseSet set = pairDatabases(project);
    QStringList places;
    for (const AddressGroup &group : addressTable(set)) {
        for (const AddressRow &row : group.rows)
            places << row.source.key + row.source.text();
    }
    QCOMPARE(places.size(), QSet<QString>(places.begin(), places.end()).size());
    for (const UrlValue &value : project.values)
        QVERIFY(places.contains(value.source.key + value.source.text()));
    for (const IgnoredValue &ignored : set.ignored)
        QVERIFY(places.contains(ignored.value.source.key + ignored.value.source.text()));
}

void TestFolderDatabases::tableSaysWhatIsDone()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, vitePackage));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h", "5432/d") + "\nJOBS_DATABASE_URL="
                                        + url("db", "5432/jobs") + "\nSHADOW_DATABASE_URL="
                                        + url("s") + "\nVITE_DATABASE_URL=" + url("h") + '\n'));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=" + url("l", "6432/d")));
    QVERIFY(folder.write(u".env.test"_s, "DATABASE_URL=" + url("t")));
    QVERIFY(folder.write(u"compose.yaml"_s, compose));
    const std::vector<AddressGroup> table = addressTable(setOf(folder));
    QCOMPARE(table.size(), size_t(3));
    QCOMPARE(table[0].summary, u"pooled only, no direct address named"_s);
    QCOMPARE(rowsText(table[0]),
             u"DATABASE_URL|u:••••@l:6432/d|.env.local:1|Pooled: port 6432\n"
             "DATABASE_URL|u:••••@h:5432/d|.env:1|Loses to .env.local:1 in the order of Vite.\n"
             "DATABASE_URL|u:••••@t:5432/d|.env.test:1|Not used: the mode is development."_s);
    QCOMPARE(
        rowsText(table[1]),
        u"JOBS_DATABASE_URL|u:••••@db:5432/jobs|.env:2|“db” is a service of compose.yaml:3\n"
        "JOBS_DATABASE_URL|u:••••@127.0.0.1:54322/jobs|compose.yaml:4|The way there from here; "
        "used instead. Direct: nothing suggests a pooler\n"
        "services.db|postgres@127.0.0.1:54322/postgres|compose.yaml:4|The server that JOBS_DATABASE_URL in .env:2 leads to."_s);
    QVERIFY(table[2].database.isEmpty());
    QCOMPARE(
        rowsText(table[2]),
        u"SHADOW_DATABASE_URL|u:••••@s:5432/d|.env:3|A migration tool's shadow database; never "
        u"listed, never connected.\n"
        "VITE_DATABASE_URL|u:••••@h:5432/d|.env:4|Visible in the browser. Rename it, then change the password."_s);
    QCOMPARE(table[0].rows.front().address(true), u"u:secret@l:6432/d"_s);
}

void TestFolderDatabases::notesOfParameters()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=postgres://u@h:6432/d?pgbouncer=true&connection_"
                                    "limit=1&schema=app&sslaccept=accept_invalid_certs\n"));
    QStringList notes;
    for (const AddressChangeNote &note : changeNotes(setOf(folder)))
        notes << note.text + ": "_L1 + note.what;
    QCOMPARE(notes.join(u'\n'),
             u"pgbouncer=true: kept as evidence, not sent to the server\n"
             "connection_limit=1: a setting of the application's connection pool\n"
             "schema=app: the schema to begin with\n"
             "sslaccept=accept_invalid_certs: certificates stay checked as this program does it"_s);
}

void TestFolderDatabases::manyDatabases()
{
    Folder folder;
    QByteArray text;
    for (int i = 0; i < 200; ++i)
        text += "S" + QByteArray::number(i) + "_DATABASE_URL=" + url("h") + QByteArray::number(i)
                + '\n';
    for (int i = 0; i < 40; ++i)
        QVERIFY(folder.write(u"apps/a%1/.env"_s.arg(i), text));
    const DatabaseSet set = setOf(folder);
    QCOMPARE(set.databases.size(), size_t(200));
    QCOMPARE(set.ignored.size(), size_t(39 * 200));
    QCOMPARE(addressTable(set).size(), size_t(200));
}

QTEST_GUILESS_MAIN(TestFolderDatabases)
#include "tst_folderdatabases.moc"
