// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

/// The worker is through with it, and all of it went well.
bool kept(QFuture<Result<>> written)
{
    return written.result().has_value();
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void defaults();
    void roundTrip();
    void ownerOnly();
    void wrongValuesAreDefaults();
    void damaged_data();
    void damaged();
    void randomBytesNeverStop();
    void recent();
    void layouts();
    void layoutAsItWasIsNotWritten();
    void unknownKeysStay();
    void cannotWrite();
    void nobodyWaitsForTheDisk();
    void lastOneWins();
    void whatFailedIsWrittenLater();
    void twoWindowsShareTheList();

private:
    [[nodiscard]] bool write(const QByteArray &text) const;
    [[nodiscard]] QByteArray content() const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
};

void TestSettings::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file = m_dir->filePath(u"settings.ini"_s);
}

bool TestSettings::write(const QByteArray &text) const
{
    QFile file(m_file);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray TestSettings::content() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSettings::defaults()
{
    const Settings settings(m_file);
    QVERIFY(!settings.problem());
    QCOMPARE(settings.appearance(), AppearanceSettings{});
    QCOMPARE(settings.query(), QuerySettings{});
    QCOMPARE(settings.grid(), GridSettings{});
    QCOMPARE(settings.layout({}), LayoutState{});
    QVERIFY(settings.recentProjects().empty());
}

void TestSettings::roundTrip()
{
    const AppearanceSettings appearance{.theme = ThemeChoice::HighContrast, .editorPointSize = 13};
    const QuerySettings query{.statementTimeout = std::chrono::seconds(30),
                              .productionTimeout = std::chrono::milliseconds(0),
                              .resultMemory = qint64(1) << 30};
    {
        Settings settings(m_file);
        QVERIFY(kept(settings.setAppearance(appearance)));
        QVERIFY(kept(settings.setQuery(query)));
        QVERIFY(kept(settings.setGrid({.copyHeader = true})));
    }
    const Settings again(m_file);
    QCOMPARE(again.appearance(), appearance);
    QCOMPARE(again.query(), query);
    QCOMPARE(again.grid().copyHeader, true);
}

void TestSettings::ownerOnly()
{
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(write("[appearance]\ntheme=dark\n"));
    QVERIFY(QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    Settings settings(m_file);
    QVERIFY(!(QFile::permissions(m_file) & others));
    QVERIFY(kept(settings.setGrid({.copyHeader = true})));
    QVERIFY2(!(QFile::permissions(m_file) & others), "also after QSettings has replaced the file");
    QCOMPARE(settings.appearance().theme, ThemeChoice::Dark);
}

void TestSettings::wrongValuesAreDefaults()
{
    QVERIFY(
        write("[appearance]\ntheme=pink\neditorPointSize=100000\n[query]\nstatementTimeoutMs=-5\n"
              "resultMemoryBytes=many\nproductionTimeoutMs=99999999999999999999\n[grid]"
              "\ncopyHeader=@Invalid()\n"
              "[General]\nrecent=nonsense, 2025-01-01T00:00:00Z relative/path, "
              "2025-01-01T00:00:00.000Z /ok\n"));
    const Settings settings(m_file);
    QCOMPARE(settings.appearance(), AppearanceSettings{});
    QCOMPARE(settings.query(), QuerySettings{});
    QCOMPARE(settings.grid(), GridSettings{});
    QCOMPARE(settings.recentProjects().size(), size_t(1));
    QCOMPARE(settings.recentProjects().front().folder, u"/ok"_s);
}

void TestSettings::damaged_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no lines of settings")
        << "[appearance]\ntheme=dark\nthis is no setting\n"_ba << "settings.damaged"_ba;
    QTest::newRow("open section") << "[appearance\ntheme=dark\n"_ba << "settings.damaged"_ba;
    QTest::newRow("later version")
        << "[General]\nversion=999\n[appearance]\ntheme=dark\n"_ba << "settings.newer"_ba;
}

void TestSettings::damaged()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, id);
    QVERIFY(write(text));
    Settings settings(m_file);
    QVERIFY(settings.problem());
    QCOMPARE(settings.problem()->id, id);
    QCOMPARE(settings.appearance(), AppearanceSettings{});
    QFile aside(settings.problem()->place);
    QVERIFY2(aside.open(QIODevice::ReadOnly), qPrintable(settings.problem()->place));
    QCOMPARE(aside.readAll(), text);
    QVERIFY(kept(settings.setAppearance({.theme = ThemeChoice::Light})));
    QVERIFY(!Settings(m_file).problem());
    // A second damage does not overwrite the copy of the first.
    QVERIFY(write(text));
    QVERIFY(Settings(m_file).problem()->place != settings.problem()->place);
}

void TestSettings::randomBytesNeverStop()
{
    QRandomGenerator random(20250101);
    for (int round = 0; round < 200; ++round) {
        QByteArray bytes(random.bounded(400), Qt::Uninitialized);
        for (char &byte : bytes)
            byte = char(random.bounded(256));
        QVERIFY(write(bytes));
        Settings settings(m_file);
        QVERIFY(settings.query().resultMemory > 0);
        QVERIFY(kept(settings.setGrid({.copyHeader = round % 2 == 0})));
        QCOMPARE(Settings(m_file).grid().copyHeader, round % 2 == 0);
    }
}

void TestSettings::recent()
{
    Settings settings(m_file);
    const QDateTime start(QDate(2025, 1, 2), QTime(3, 4), QTimeZone::UTC);
    const QStringList hostile = {u"/a b/%n, \"c\""_s, u"/@Invalid()"_s, u"/new\nline"_s,
                                 u"/;[x]\\"_s, u"/العربية"_s};
    for (const QString &folder : hostile)
        QVERIFY(kept(settings.addRecentProject(folder, start)));
    for (int i = 0; i < 30; ++i)
        QVERIFY(kept(settings.addRecentProject(u"/p/%1"_s.arg(i % 17), start.addSecs(i))));
    std::vector<RecentProject> recent = Settings(m_file).recentProjects();
    QCOMPARE(recent.size(), size_t(20));
    QCOMPARE(recent.front(), (RecentProject{.folder = u"/p/12"_s, .opened = start.addSecs(29)}));
    QCOMPARE(recent.back().folder, hostile[2]);
    QVERIFY(kept(settings.removeRecentProject(u"/p/12"_s)));
    QVERIFY(kept(settings.removeRecentProject(u"/not/there"_s)));
    QVERIFY(kept(settings.removeRecentProject(hostile[2])));
    recent = Settings(m_file).recentProjects();
    QCOMPARE(recent.size(), size_t(18));
    QCOMPARE(recent.front().folder, u"/p/11"_s);
    QVERIFY(recent.back().folder != hostile[2]);
    QVERIFY(kept(settings.clearRecentProjects()));
    QVERIFY(Settings(m_file).recentProjects().empty());
    for (const QString &folder : hostile)
        QVERIFY(kept(settings.addRecentProject(folder, start)));
    recent = Settings(m_file).recentProjects();
    QCOMPARE(recent.size(), size_t(hostile.size()));
    for (size_t i = 0; i < recent.size(); ++i)
        QCOMPARE(recent[i].folder, hostile[hostile.size() - 1 - qsizetype(i)]);
}

void TestSettings::layouts()
{
    const LayoutState one{
        .geometry = QByteArray("\0\1\2,;\n\"", 7), .docks = QByteArray(2000, '\xff'), .version = 3};
    {
        Settings settings(m_file);
        QVERIFY(kept(settings.setLayout(u"/a"_s, one)));
        QVERIFY(kept(settings.setLayout({}, {.geometry = "none", .docks = {}, .version = 1})));
    }
    const Settings again(m_file);
    QCOMPARE(again.layout(u"/a"_s), one);
    QCOMPARE(again.layout({}).geometry, "none"_ba);
    QCOMPARE(again.layout(u"/b"_s), LayoutState{});
}

void TestSettings::layoutAsItWasIsNotWritten()
{
    const LayoutState one{.geometry = "g", .docks = "d", .version = 3};
    Settings settings(m_file);
    QVERIFY(kept(settings.setLayout(u"/a"_s, one)));
    QVERIFY(QFile::remove(m_file));
    QVERIFY(kept(settings.setLayout(u"/a"_s, one)));
    QVERIFY(!QFile::exists(m_file));
    QVERIFY(kept(settings.setLayout(u"/a"_s, {.geometry = "other", .docks = "d", .version = 3})));
    QCOMPARE(Settings(m_file).layout(u"/a"_s).geometry, "other"_ba);
}

void TestSettings::unknownKeysStay()
{
    QVERIFY(write("[future]\nthing=42\n"));
    {
        Settings settings(m_file);
        QVERIFY(kept(settings.setGrid({.copyHeader = true})));
    }
    QVERIFY(content().contains("[future]\nthing=42"));
}

void TestSettings::cannotWrite()
{
    QVERIFY(QFile(m_dir->filePath(u"file"_s)).open(QIODevice::WriteOnly));
    Settings settings(m_dir->filePath(u"file/settings.ini"_s));
    QVERIFY(settings.problem());
    QCOMPARE(settings.appearance(), AppearanceSettings{});
    QCOMPARE(settings.setGrid({.copyHeader = true}).result().error().id, "settings.cannotWrite"_ba);
}

void TestSettings::nobodyWaitsForTheDisk()
{
    Settings settings(m_file);
    // What QSettings itself takes before it writes: its sync() waits here.
    QLockFile held(m_file + u".lock"_s);
    QVERIFY(held.lock());
    const QFuture<Result<>> first = settings.setGrid({.copyHeader = true});
    const QFuture<Result<>> second = settings.setAppearance({.theme = ThemeChoice::Dark});
    QVERIFY(!first.isFinished());
    QVERIFY(!second.isFinished());
    QCOMPARE(settings.grid().copyHeader, true); // in force all the same
    QCOMPARE(settings.appearance().theme, ThemeChoice::Dark);
    held.unlock();
    QVERIFY(kept(first));
    QVERIFY(kept(second));
    QCOMPARE(settings.grid().copyHeader, true);
    QVERIFY(content().contains("theme=dark"));
}

void TestSettings::lastOneWins()
{
    {
        Settings settings(m_file);
        for (int size = 6; size <= 72; ++size)
            settings.setAppearance({.editorPointSize = size});
        QCOMPARE(settings.appearance().editorPointSize, 72);
    } // its end waits for all of them
    QVERIFY(content().contains("editorPointSize=72"));
}

void TestSettings::whatFailedIsWrittenLater()
{
    const QString folder = m_dir->filePath(u"config"_s);
    Settings settings(folder + u"/settings.ini"_s);
    QVERIFY(QDir(folder).removeRecursively());
    QVERIFY(QFile(folder).open(QIODevice::WriteOnly)); // in the way
    QCOMPARE(settings.setGrid({.copyHeader = true}).result().error().id, "settings.cannotWrite"_ba);
    QCOMPARE(settings.grid().copyHeader, true);
    QVERIFY(QFile::remove(folder));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(kept(settings.setAppearance({.theme = ThemeChoice::Light})));
    QCOMPARE(settings.grid().copyHeader, true);
    const Settings again(folder + u"/settings.ini"_s);
    QCOMPARE(again.grid().copyHeader, true);
    QCOMPARE(again.appearance().theme, ThemeChoice::Light);
}

void TestSettings::twoWindowsShareTheList()
{
    const QDateTime now(QDate(2025, 1, 2), QTime(3, 4), QTimeZone::UTC);
    Settings one(m_file);
    Settings other(m_file);
    QVERIFY(kept(one.addRecentProject(u"/one"_s, now)));
    QVERIFY(kept(other.addRecentProject(u"/other"_s, now.addSecs(1))));
    QCOMPARE(other.recentProjects().size(), size_t(2));
    QVERIFY(kept(one.addRecentProject(u"/one"_s, now.addSecs(2))));
    QCOMPARE(one.recentProjects().size(), size_t(2));
    QCOMPARE(one.recentProjects().front().folder, u"/one"_s);
    QCOMPARE(one.recentProjects().back().folder, u"/other"_s);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
