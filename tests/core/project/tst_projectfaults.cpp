// SPDX-License-Identifier: GPL-3.0-or-later
#include "projectfolder.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestProjectFaults : public QObject
{
    Q_OBJECT

private slots:
    void badFiles_data();
    void badFiles();
    void linkedFolderIsNotFollowed();
    void cyclesAreSaid();
    void hostileNames();
    void goneWhileOpen();
    void noSecretInTexts();
    void refusedFolders();
    void unparsableNamesCharacter();
};

void TestProjectFaults::badFiles_data()
{
    QTest::addColumn<QByteArray>("id");
    for (const char *id : {"file.symlink", "file.notRegular", "file.tooBig", "envfile.binary",
                           "envfile.utf16", "envfile.encoding", "file.permission"})
        QTest::newRow(id) << QByteArray(id);
}

void TestProjectFaults::badFiles()
{
    QFETCH(QByteArray, id);
    Folder folder;
    const QByteArray path = QFile::encodeName(folder.path(u".env"_s));
    const QByteArray text = "DATABASE_URL=" + url("h");
    if (id == "file.symlink") {
        QVERIFY(folder.write(u"elsewhere"_s, text));
        QVERIFY(QFile::link(folder.path(u"elsewhere"_s), folder.path(u".env"_s)));
    } else if (id == "file.notRegular") {
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    } else if (id == "file.tooBig") {
        QVERIFY(folder.write(u".env"_s, text));
        QCOMPARE(::truncate(path.constData(), off_t(10) << 30), 0);
    } else if (id == "envfile.binary") {
        QVERIFY(folder.write(u".env"_s, text + QByteArray("\n\0\1", 3)));
    } else if (id == "envfile.utf16") {
        QVERIFY(folder.write(u".env"_s, QByteArray("\xff\xfe"
                                                   "A\0=\0",
                                                   6)));
    } else if (id == "envfile.encoding") {
        QVERIFY(folder.write(u".env"_s, text + "\nA=\xe9"));
    } else {
        QVERIFY(folder.write(u".env"_s, text));
        QCOMPARE(::chmod(path.constData(), 0), 0);
        if (::geteuid() == 0)
            return; // root reads everything, so there is nothing to refuse
    }
    const Project project = folder.read();
    QVERIFY(project.values.empty());
    const std::vector<ProjectWarning> warnings =
        warningsOf(project, ProjectWarning::Kind::FileRefused);
    QCOMPARE(warnings.size(), size_t(1));
    QVERIFY(warnings.front().text.contains(".env"_L1));
    const auto seen = std::ranges::find(project.files, u".env"_s, &FileSeen::name);
    QVERIFY(seen != project.files.end());
    QCOMPARE(seen->state, FileSeen::State::Refused);
    QCOMPARE(seen->error->id, id);
    QVERIFY(project.searchedText().contains("not read"_L1));
}

void TestProjectFaults::linkedFolderIsNotFollowed()
{
    Folder outside;
    QVERIFY(outside.write(u".env"_s, "DATABASE_URL=" + url("outside")));
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, R"({"devDependencies":{"prisma":"6.0.0"}})"));
    QVERIFY(QFile::link(outside.path(), folder.path(u"prisma"_s)));
    const Project project = folder.read();
    QVERIFY(project.values.empty());
    QCOMPARE(warningsOf(project, ProjectWarning::Kind::FileRefused).size(), size_t(1));
}

void TestProjectFaults::cyclesAreSaid()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, nextPackage));
    QVERIFY(
        folder.write(u".env"_s, "DATABASE_URL=postgres://${HOST}/d\nHOST=${PORT}\nPORT=${HOST}\n"));
    const Project project = folder.read();
    const std::vector<ProjectWarning> cycles = warningsOf(project, ProjectWarning::Kind::Cycle);
    QCOMPARE(cycles.size(), size_t(3));
    QVERIFY(cycles.back().text.contains(".env:3"_L1));
}

void TestProjectFaults::hostileNames()
{
    Folder folder;
    const QString name = u".env.<b>\n\u202e%1 $(id) ; rm"_s;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=" + url("h")));
    QVERIFY(folder.write(name, "DATABASE_URL=" + url("x")));
    const Project project = folder.read();
    QCOMPARE(project.ignored.size(), size_t(1));
    QCOMPARE(project.ignored.front().value.source.file, name);
    QVERIFY(project.searchedText().contains(name));
}

void TestProjectFaults::goneWhileOpen()
{
    QTemporaryDir dir;
    const Result<Project> before = readProject(dir.path(), {});
    QVERIFY(before);
    QVERIFY(dir.remove());
    QCOMPARE(readProject(before->folder, {}).error().id, "project.gone"_ba);
}

/// Everything that is shown of a folder goes without its passwords.
void TestProjectFaults::noSecretInTexts()
{
    Folder folder;
    QVERIFY(QDir().mkpath(folder.path(u".git"_s)));
    QVERIFY(folder.write(u"package.json"_s, nextPackage));
    QVERIFY(folder.write(
        u".env"_s, "DATABASE_URL=postgres://u:canary$x@h/d\nVITE_DB_URL=postgres://u:canary@h/d\n"
                   "BAD_DATABASE_URL=postgres://u:canary%zz@h/d\nWORSE_DATABASE_URL=postgres://"
                   "u:canary@@h:x/d\n"));
    QVERIFY(folder.write(u".env.local"_s, "DATABASE_URL=postgres://u:canary@other/d\n"));
    const Project project = folder.read();
    QString all = project.searchedText() + ignoredText(project) + usedText(project);
    for (const ProjectWarning &warning : project.warnings)
        all += warning.text + warning.advice;
    for (const UrlValue &value : project.values) {
        all += value.error ? value.error->text() : value.info->url();
        for (const OtherReading &reading : value.otherReadings)
            all += reading.difference + (reading.error ? reading.error->text() : QString());
    }
    QVERIFY(all.size() > 200);
    QVERIFY2(!all.contains("canary"_L1), qPrintable(all));
}

void TestProjectFaults::refusedFolders()
{
    Folder folder;
    QCOMPARE(readProject(folder.path(u"nowhere"_s), {}).error().id, "project.gone"_ba);
    QVERIFY(folder.write(u"file"_s, "x"));
    QCOMPARE(readProject(folder.path(u"file"_s), {}).error().id, "project.notFolder"_ba);
    QVERIFY(QDir().mkdir(folder.path(u"closed"_s)));
    QCOMPARE(::chmod(QFile::encodeName(folder.path(u"closed"_s)).constData(), 0), 0);
    if (::geteuid() != 0) {
        const Result<Project> closed = readProject(folder.path(u"closed"_s), {});
        QCOMPARE(closed.error().id, "project.permission"_ba);
        QVERIFY(!closed.error().advice.isEmpty());
    }
    EnvMode outside;
    outside.name = u"../../etc"_s;
    QCOMPARE(readProject(folder.path(), outside).error().id, "project.mode"_ba);
}

void TestProjectFaults::unparsableNamesCharacter()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=postgresql://u:50%@host/d\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(1));
    QVERIFY(!project.values.front().info);
    QCOMPARE(project.values.front().error->id, "conninfo.badPercent"_ba);
    QCOMPARE(project.values.front().error->position, 18);
}

QTEST_GUILESS_MAIN(TestProjectFaults)
#include "tst_projectfaults.moc"
