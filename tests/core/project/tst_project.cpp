// SPDX-License-Identifier: GPL-3.0-or-later
#include "projectfolder.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestProject : public QObject
{
    Q_OBJECT

private slots:
    void nothingFound();
    void precedence();
    void viteOrder();
    void modes();
    void examplesAndAside();
    void processVariables();
    void ignoredKinds();
    void expansionScopes();
    void readDifferently_data();
    void readDifferently();
    void prismaBesideNext();
    void prismaConflict();
    void leaksAndGit();
    void manyDatabasesInABigFolder();
    void readsOnAWorker();
};

void TestProject::nothingFound()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, vitePackage));
    QVERIFY(folder.write(u".env.example"_s, "DATABASE_URL=" + url("example.com") + "\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(0));
    const QString text = project.searchedText();
    for (const QLatin1StringView part :
         {"Vite"_L1, "package.json names vite"_L1, ".env.local (not there)"_L1, ".env.example"_L1,
          "DATABASE_URL in .env.example:1"_L1, "example file"_L1})
        QVERIFY2(text.contains(part), qPrintable(text));
}

void TestProject::precedence()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, nextPackage));
    QVERIFY(folder.write(u".env"_s, "# base\nDATABASE_URL=" + url("base")
                                        + "\nAUTH_DATABASE_URL=" + url("auth") + '\n'));
    QVERIFY(folder.write(u".env.local"_s,
                         "DATABASE_URL=" + url("first") + "\nDATABASE_URL=" + url("local") + '\n'));
    QVERIFY(folder.write(u".env.development"_s, "DATABASE_URL=" + url("mode") + '\n'));
    const Project project = folder.read();
    QCOMPARE(project.loader.name, u"Next.js"_s);
    QCOMPARE(usedText(project),
             u"DATABASE_URL .env.local:2 local\nAUTH_DATABASE_URL .env:3 auth"_s);
    QCOMPARE(ignoredText(project),
             u"DATABASE_URL .env.local:1: Loses to line 2 of the same file.\n"
             "DATABASE_URL .env.development:1: Loses to .env.local:2 in the order of Next.js.\n"
             "DATABASE_URL .env:2: Loses to .env.local:2 in the order of Next.js."_s);
    QCOMPARE(project.ignored.front().winner->line, 2);
    QStringList files;
    for (const FileSeen &file : project.files)
        files.append(file.name + (file.state == FileSeen::State::Read ? u"+"_s : u"-"_s));
    QCOMPARE(files.join(u' '), u".env.development.local- .env.local+ .env.development+ .env+"_s);
}

void TestProject::viteOrder()
{
    Folder folder;
    QVERIFY(folder.write(u"vite.config.ts"_s, "export default {}"));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=" + url("local")));
    QVERIFY(folder.write(u".env.development"_s, "DATABASE_URL=" + url("mode")));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env.development:1 mode"_s);
    QCOMPARE(ignoredText(project),
             u"DATABASE_URL .env.local:1: Loses to .env.development:1 in the order of Vite."_s);
}

void TestProject::modes()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, nextPackage));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("base")));
    QVERIFY(folder.write(u".env.test"_s, "DATABASE_URL=" + url("test")));
    QCOMPARE(ignoredText(folder.read()),
             u"DATABASE_URL .env.test:1: Not used: the mode is development."_s);
    EnvMode test;
    test.name = u"test"_s;
    QCOMPARE(usedText(folder.read(test)), u"DATABASE_URL .env.test:1 test"_s);
}

void TestProject::examplesAndAside()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, R"({"dependencies":{"dotenv":"17"}})"));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("base")));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=" + url("local")));
    QVERIFY(folder.write(u".env.sample"_s, "DATABASE_URL=" + url("sample")));
    QVERIFY(folder.write(u".vercel/.env.preview.local"_s, "DATABASE_URL=" + url("vercel")));
    QVERIFY(folder.write(u".env.keys"_s, "DATABASE_URL=" + url("keys")));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 base"_s);
    QCOMPARE(
        ignoredText(project),
        u"DATABASE_URL .env.local:1: dotenv does not read this file.\n"
        "DATABASE_URL .env.sample:1: An example file; never a source.\n"
        "DATABASE_URL .vercel/.env.preview.local:1: A copy that Vercel's tool keeps; no program reads it here."_s);
}

void TestProject::processVariables()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("file")));
    EnvMode mode;
    mode.process.insert(u"DATABASE_URL"_s, QString::fromUtf8(url("process")));
    mode.process.insert(u"HOME"_s, u"/home/somebody"_s);
    Project project = folder.read(mode);
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 file"_s);
    QCOMPARE(
        ignoredText(project),
        u"DATABASE_URL the environment: A variable of this process; listed, not used unless you choose so."_s);
    mode.useProcess = true;
    project = folder.read(mode);
    QCOMPARE(usedText(project), u"DATABASE_URL the environment process"_s);
    QCOMPARE(ignoredText(project), u"DATABASE_URL .env:1: Loses to this process's own variable."_s);
}

void TestProject::ignoredKinds()
{
    Folder folder;
    QVERIFY(folder.write(
        u".env"_s, "DATABASE_URL=mysql://u@h/d\nSHADOW_DATABASE_URL=" + url("shadow")
                       + "\nAUTH_DATABASE_URL=\nJOBS_DATABASE_URL=encrypted:BDq\nVITE_DATABASE_URL="
                       + url("leak")
                       + "\nFIREBASE_URL=https://x.example\nAUTH_DB_URL=https://x.example\n"
                       + "LEGACY=" + url("legacy") + '\n'));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"LEGACY .env:8 legacy"_s);
    std::vector<IgnoredReason> reasons;
    std::ranges::transform(project.ignored, std::back_inserter(reasons), &IgnoredValue::reason);
    const std::vector<IgnoredReason> expected = {
        IgnoredReason::NotPostgres, IgnoredReason::Shadow,      IgnoredReason::Empty,
        IgnoredReason::Encrypted,   IgnoredReason::BrowserLeak, IgnoredReason::NotPostgres};
    QCOMPARE(reasons, expected);
    QVERIFY(project.ignored.front().explanation.contains("mysql:"_L1));
}

void TestProject::expansionScopes()
{
    const QByteArray base = "DB_HOST=base\nDATABASE_URL=postgresql://u:p@${DB_HOST}/d\n"_ba;
    Folder next;
    QVERIFY(next.write(u"package.json"_s, nextPackage));
    QVERIFY(next.write(u".env"_s, base));
    QCOMPARE(usedText(next.read()), u"DATABASE_URL .env:2 base"_s);
    // Next.js expands a weaker file with what stronger ones have set, never the other way round.
    QVERIFY(next.write(u".env.local"_s, "DB_HOST=local\n"));
    QCOMPARE(usedText(next.read()), u"DATABASE_URL .env:2 local"_s);
    Folder vite;
    QVERIFY(vite.write(u"package.json"_s, vitePackage));
    QVERIFY(vite.write(u".env"_s, base));
    QVERIFY(vite.write(u".env.local"_s, "DB_HOST=local\n"));
    QCOMPARE(usedText(vite.read()), u"DATABASE_URL .env:2 local"_s);
    // The environment of this process is not looked at unless it was chosen.
    EnvMode mode;
    mode.process.insert(u"DB_HOST"_s, u"process"_s);
    QCOMPARE(usedText(vite.read(mode)), u"DATABASE_URL .env:2 local"_s);
    mode.useProcess = true;
    QCOMPARE(usedText(vite.read(mode)), u"DATABASE_URL .env:2 process"_s);
}

void TestProject::readDifferently_data()
{
    QTest::addColumn<QByteArray>("packageJson");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("difference"); // empty: all read the same
    QTest::newRow("plain") << vitePackage << "DATABASE_URL=postgresql://u:p@h/d"_ba << u""_s;
    QTest::newRow("dollar, dotenv") << "{}"_ba << "DATABASE_URL=postgresql://u:p$w@h/d"_ba
                                    << u"Next.js and Vite: another password."_s;
    QTest::newRow("dollar, Next.js") << nextPackage << "DATABASE_URL=postgresql://u:p$w@h/d"_ba
                                     << u"dotenv: another password."_s;
    QTest::newRow("escaped dollar, Vite")
        << vitePackage << "DATABASE_URL=postgresql://u:p\\$w@h/d"_ba
        << u"dotenv: another password."_s;
    QTest::newRow("escaped quote")
        << "{}"_ba << "DATABASE_URL=\"postgresql://u:p\\\"w@h/d\""_ba << u"Vite: no address."_s;
    QTest::newRow("colon form") << "{}"_ba << "DATABASE_URL: postgresql://u:p@h/d"_ba
                                << u"Vite: not found."_s;
    QTest::newRow("a reference is meant")
        << nextPackage << "P=x\nDATABASE_URL=postgresql://u:${P}@h/d"_ba << u""_s;
    QTest::newRow("hash, all cut it")
        << vitePackage << "DATABASE_URL=postgresql://u:p@h/d#x"_ba << u""_s;
}

void TestProject::readDifferently()
{
    QFETCH(QByteArray, packageJson);
    QFETCH(QByteArray, line);
    QFETCH(QString, difference);
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, packageJson));
    QVERIFY(folder.write(u".env"_s, line + '\n'));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(1));
    const std::vector<ProjectWarning> warnings =
        warningsOf(project, ProjectWarning::Kind::ReadDifferently);
    QCOMPARE(warnings.empty(), difference.isEmpty());
    QCOMPARE(project.values.front().otherReadings.empty(), difference.isEmpty());
    if (!difference.isEmpty())
        QVERIFY2(warnings.front().text.contains(difference), qPrintable(warnings.front().text));
}

void TestProject::prismaBesideNext()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s,
                         R"({"dependencies":{"next":"15"},"devDependencies":{"prisma":"6.0.0"}})"));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("base")));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=" + url("local")));
    QVERIFY(folder.write(u"prisma/.env"_s, "DIRECT_URL=" + url("direct")));
    const Project project = folder.read();
    QCOMPARE(usedText(project),
             u"DATABASE_URL .env.local:1 local\nDIRECT_URL prisma/.env:1 direct"_s);
    const std::vector<ProjectWarning> warnings =
        warningsOf(project, ProjectWarning::Kind::LoadersDisagree);
    QCOMPARE(warnings.size(), size_t(1));
    QCOMPARE(warnings.front().text,
             u"Prisma takes DATABASE_URL from .env:1, but Next.js takes it from .env.local:1."_s);
}

void TestProject::prismaConflict()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, R"({"devDependencies":{"prisma":"6.0.0"}})"));
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("base")));
    QVERIFY(folder.write(u"prisma/.env"_s, "DATABASE_URL=" + url("other")));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 base"_s);
    QCOMPARE(warningsOf(project, ProjectWarning::Kind::LoadersDisagree).size(), size_t(1));
}

void TestProject::leaksAndGit()
{
    Folder folder;
    QVERIFY(QDir().mkpath(folder.path(u".git"_s)));
    QVERIFY(folder.write(u".env"_s,
                         "DATABASE_URL=" + url("h") + "\nVITE_DATABASE_URL=" + url("h") + '\n'));
    QVERIFY(folder.write(u".env.example"_s, "DATABASE_URL=" + url("h")));
    Project project = folder.read();
    QCOMPARE(warningsOf(project, ProjectWarning::Kind::BrowserLeak).size(), size_t(1));
    std::vector<ProjectWarning> git = warningsOf(project, ProjectWarning::Kind::GitWouldCommit);
    QCOMPARE(git.size(), size_t(1));
    QVERIFY2(git.front().text.contains(".env, which holds 2"_L1), qPrintable(git.front().text));
    QVERIFY(folder.write(u".gitignore"_s, ".env\n"));
    project = folder.read();
    QVERIFY(warningsOf(project, ProjectWarning::Kind::GitWouldCommit).empty());
}

void TestProject::manyDatabasesInABigFolder()
{
    Folder folder;
    QByteArray text;
    for (int i = 0; i < 200; ++i)
        text += "S" + QByteArray::number(i) + "_DATABASE_URL=" + url("h") + QByteArray::number(i)
                + '\n';
    QVERIFY(folder.write(u".env"_s, text));
    for (int i = 0; i < 39; ++i)
        QVERIFY(folder.write(u".env.m%1"_s.arg(i), text));
    for (int i = 0; i < 5000; ++i)
        QVERIFY(folder.write(u"file%1.ts"_s.arg(i), {}));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(200));
    QCOMPARE(project.ignored.size(), size_t(39 * 200));
}

void TestProject::readsOnAWorker()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QFutureWatcher<Result<Project>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished);
    watcher.setFuture(readProjectLater(folder.path(), {}));
    QVERIFY(finished.wait());
    QVERIFY(watcher.result());
    QCOMPARE(usedText(*watcher.result()), u"DATABASE_URL .env:1 h"_s);
}

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"
