// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"
#include "core/base/process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class TestPaths : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void followTheEnvironment();
    void relativePathsDoNotCount();
    void runtimeIsOwnerOnly();
    void runtimeRefusesAnOpenFolder();
    void runtimeRefusesALink();
    void makesFolders();
    void cannotMakeFolders();
    void hardens();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    static mode_t mode(const QString &name)
    {
        struct stat facts{};
        ::lstat(QFile::encodeName(name).constData(), &facts);
        return facts.st_mode & 0777U;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_runtime;
};

void TestPaths::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_runtime = qgetenv("XDG_RUNTIME_DIR");
}

void TestPaths::cleanup()
{
    qputenv("XDG_RUNTIME_DIR", m_runtime);
    m_folder.reset();
}

void TestPaths::followTheEnvironment()
{
    qputenv("XDG_CONFIG_HOME", "/a/b/../c/");
    qputenv("XDG_DATA_HOME", "/data");
    qputenv("XDG_STATE_HOME", "/state");
    qputenv("XDG_CACHE_HOME", "/cache");
    QCOMPARE(core::configDirectory(), u"/a/c/sluice"_s);
    QCOMPARE(core::dataDirectory(), u"/data/sluice"_s);
    QCOMPARE(core::stateDirectory(), u"/state/sluice"_s);
    QCOMPARE(core::cacheDirectory(), u"/cache/sluice"_s);
}

void TestPaths::relativePathsDoNotCount()
{
    qputenv("XDG_CONFIG_HOME", "here");
    qputenv("XDG_STATE_HOME", "");
    QCOMPARE(core::configDirectory(), QDir::homePath() + u"/.config/sluice"_s);
    QCOMPARE(core::stateDirectory(), QDir::homePath() + u"/.local/state/sluice"_s);
}

void TestPaths::runtimeIsOwnerOnly()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder->path()));
    const auto runtime = core::runtimeDirectory();
    QVERIFY(runtime);
    QCOMPARE(*runtime, path(u"sluice"_s));
    QCOMPARE(mode(*runtime), mode_t(0700));
    QCOMPARE(core::runtimeDirectory().value(), *runtime);
}

void TestPaths::runtimeRefusesAnOpenFolder()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder->path()));
    QVERIFY(QDir().mkdir(path(u"sluice"_s)));
    QCOMPARE(::chmod(QFile::encodeName(path(u"sluice"_s)).constData(), 0755), 0);
    QCOMPARE(core::runtimeDirectory().error().id, "path.runtime"_ba);
}

void TestPaths::runtimeRefusesALink()
{
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_folder->path()));
    QVERIFY(QDir().mkdir(path(u"other"_s)));
    QVERIFY(QFile::link(path(u"other"_s), path(u"sluice"_s)));
    QCOMPARE(core::runtimeDirectory().error().id, "path.runtime"_ba);
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(path(u"nowhere"_s)));
    QCOMPARE(core::runtimeDirectory().error().id, "path.runtime"_ba);
}

void TestPaths::makesFolders()
{
    QVERIFY(core::makePrivateDirectory(path(u"a/b/c"_s)));
    for (const QString &name : {u"a"_s, u"a/b"_s, u"a/b/c"_s})
        QCOMPARE(mode(path(name)), mode_t(0700));
    QVERIFY(core::makePrivateDirectory(path(u"a/b/c/"_s)));
}

void TestPaths::cannotMakeFolders()
{
    QFile file(path(u"f"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(core::makePrivateDirectory(path(u"f"_s)).error().id, "path.cannotMake"_ba);
    QCOMPARE(core::makePrivateDirectory(path(u"f/g"_s)).error().id, "path.cannotMake"_ba);
    QCOMPARE(core::makePrivateDirectory(u"/proc/nowhere"_s).error().id, "path.cannotMake"_ba);
}

void TestPaths::hardens()
{
    qputenv("PGPASSWORD", "canary");
    qputenv("PGSERVICEFILE", "/etc/services");
    qputenv("PGHOST", "evil.example.com");
    qputenv("PG_URL", "postgres://h/db");
    rlimit found{};
    QCOMPARE(::getrlimit(RLIMIT_CORE, &found), 0);
    core::hardenProcess();
    QVERIFY(!qEnvironmentVariableIsSet("PGPASSWORD"));
    QVERIFY(!qEnvironmentVariableIsSet("PGSERVICEFILE"));
    QVERIFY(!qEnvironmentVariableIsSet("PGHOST"));
    QCOMPARE(qgetenv("PG_URL"), "postgres://h/db"_ba); // an application's, not libpq's
    rlimit cores{};
    QCOMPARE(::getrlimit(RLIMIT_CORE, &cores), 0);
    QCOMPARE(cores.rlim_cur, rlim_t(0));
    QCOMPARE(cores.rlim_max, found.rlim_max); // a program that is started may have its own back
    QFile file(path(u"made"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(mode(file.fileName()), mode_t(0600));
}

QTEST_GUILESS_MAIN(TestPaths)
#include "tst_paths.moc"
