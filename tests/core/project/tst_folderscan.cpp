// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folderscan.h"

#include "projectfolder.h"

#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestFolderScan : public QObject
{
    Q_OBJECT

private slots:
    void packages_data();
    void packages();
    void partsBelongToTheFolderAbove();
    void links();
    void patterns_data();
    void patterns();
    void bounded();
    void packagesReadByTheirOwnLoader();
    void variablesOfTheProjectReachPackages();
};

namespace {

QString packagesText(const FolderScan &scan)
{
    QStringList folders;
    for (const PackageFolder &package : scan.packages)
        folders << (package.folder.isEmpty() ? u"."_s : package.folder);
    return folders.join(u' ');
}

} // namespace

void TestFolderScan::packages_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QStringList>("workspaces");
    QTest::addColumn<QString>("packages");
    const auto row = [](const char *name, const QStringList &files, const QString &packages,
                        const QStringList &workspaces = {}) {
        QTest::newRow(name) << files << workspaces << packages;
    };
    row("nothing", {}, u"."_s);
    row("apps", {u"apps/web/.env"_s, u"apps/api/.env.local"_s, u"packages/db/prisma.config.ts"_s},
        u". apps/api apps/web packages/db"_s);
    row("only an example", {u"apps/web/.env.example"_s}, u"."_s);
    row("a tool's folders",
        {u"node_modules/a/.env"_s, u".git/.env"_s, u"apps/web/dist/.env"_s, u"venv/.env"_s},
        u"."_s);
    row("fixtures", {u"test/fixtures/a/.env"_s, u"examples/b/.env"_s}, u"."_s);
    row("examples of a workspace", {u"examples/b/.env"_s, u"examples/b/test/.env"_s},
        u". examples/b"_s, {u"examples/*"_s});
    row("too deep", {u"a/b/c/d/.env"_s, u"a/b/c/d/e/.env"_s}, u". a/b/c/d"_s);
    row("compose", {u"docker/compose.yaml"_s}, u". docker"_s);
}

void TestFolderScan::packages()
{
    QFETCH(QStringList, files);
    QFETCH(QStringList, workspaces);
    Folder folder;
    for (const QString &file : files)
        QVERIFY(folder.write(file, "x"));
    QTEST(packagesText(scanFolder(folder.path(), workspaces)), "packages");
}

void TestFolderScan::partsBelongToTheFolderAbove()
{
    Folder folder;
    QVERIFY(folder.write(u"packages/db/prisma/schema.prisma"_s, "x"));
    QVERIFY(folder.write(u"apps/web/supabase/config.toml"_s, "x"));
    QVERIFY(folder.write(u"apps/old/config/database.yml"_s, "x"));
    QCOMPARE(packagesText(scanFolder(folder.path(), {})), u". apps/old apps/web packages/db"_s);
}

void TestFolderScan::links()
{
    Folder outside;
    QVERIFY(outside.write(u".env"_s, "DATABASE_URL=" + url("outside")));
    Folder folder;
    QVERIFY(QDir().mkpath(folder.path(u"apps"_s)));
    QVERIFY(QFile::link(outside.path(), folder.path(u"apps/web"_s)));
    QVERIFY(QFile::link(folder.path(), folder.path(u"apps/loop"_s)));
    QCOMPARE(::mkfifo(QFile::encodeName(folder.path(u"apps/fifo"_s)).constData(), 0600), 0);
    QCOMPARE(packagesText(scanFolder(folder.path(), {})), u"."_s);
    QVERIFY(folder.read().values.empty());
}

void TestFolderScan::patterns_data()
{
    QTest::addColumn<QByteArray>("packageJson");
    QTest::addColumn<QString>("pnpm");
    QTest::addColumn<QString>("patterns");
    QTest::newRow("list") << R"({"workspaces": ["apps/*", "./tools/x", "!apps/no"]})"_ba << u""_s
                          << u"apps/* tools/x"_s;
    QTest::newRow("object") << R"({"workspaces": {"packages": ["a"], "nohoist": ["b"]}})"_ba
                            << u""_s << u"a"_s;
    QTest::newRow("pnpm") << "{}"_ba << u"packages:\n  - 'packages/**'\ncatalog:\n  x: 1\n"_s
                          << u"packages/**"_s;
    QTest::newRow("broken") << "{"_ba << u"packages: ["_s << u""_s;
    QTest::newRow("another shape") << R"({"workspaces": 7})"_ba << u"packages: x\n"_s << u""_s;
}

void TestFolderScan::patterns()
{
    QFETCH(QByteArray, packageJson);
    QFETCH(QString, pnpm);
    QTEST(workspacePatterns(packageJson, pnpm).join(u' '), "patterns");
}

void TestFolderScan::bounded()
{
    Folder folder;
    for (int i = 0; i < 100; ++i)
        QVERIFY(folder.write(u"apps/a%1/.env"_s.arg(i), "x"));
    const FolderScan scan = scanFolder(folder.path(), {});
    QVERIFY(scan.isCut);
    QVERIFY(int(scan.packages.size()) <= maxPackages + 1);
}

void TestFolderScan::packagesReadByTheirOwnLoader()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, R"({"workspaces": ["apps/*"]})"));
    QVERIFY(folder.write(u"apps/web/package.json"_s, nextPackage));
    QVERIFY(folder.write(u"apps/web/.env"_s, "DATABASE_URL=" + url("weak")));
    QVERIFY(folder.write(u"apps/web/.env.local"_s, "DATABASE_URL=" + url("web")));
    QVERIFY(folder.write(u"apps/site/vite.config.ts"_s, "x"));
    QVERIFY(folder.write(u"apps/site/.env.local"_s, "DATABASE_URL=" + url("local")));
    QVERIFY(folder.write(u"apps/site/.env.development"_s, "DATABASE_URL=" + url("site")));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL apps/site/.env.development:1 site\n"
                                "DATABASE_URL apps/web/.env.local:1 web"_s);
    QCOMPARE(
        ignoredText(project),
        u"DATABASE_URL apps/site/.env.local:1: Loses to apps/site/.env.development:1 in the order "
        u"of Vite.\n"
        "DATABASE_URL apps/web/.env:1: Loses to apps/web/.env.local:1 in the order of Next.js."_s);
    QCOMPARE(project.values.front().package, u"apps/site"_s);
    QStringList packages;
    for (const ProjectPackage &package : project.packages)
        packages << package.folder + u' ' + package.name + u' ' + package.loader.name;
    QCOMPARE(packages.join(u", "_s), u"apps/site site Vite, apps/web web Next.js"_s);
    QVERIFY(project.folders.contains(u"apps/web"_s) && project.folders.contains(u"apps"_s));
}

void TestFolderScan::variablesOfTheProjectReachPackages()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(
        u"packages/db/prisma/schema.prisma"_s,
        "datasource db {\n provider = \"postgresql\"\n url = env(\"DATABASE_URL\")\n}"));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 h"_s);
    QCOMPARE(project.values.front().namedBy.front().file, u"packages/db/prisma/schema.prisma"_s);
}

QTEST_GUILESS_MAIN(TestFolderScan)
#include "tst_folderscan.moc"
