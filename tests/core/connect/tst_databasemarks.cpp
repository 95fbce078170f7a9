// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/databasemarks.h"
#include "core/connect/production.h"
#include "core/project/trust.h"
#include "envsample.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestDatabaseMarks : public QObject
{
    Q_OBJECT

private slots:
    void nothingMarked();
    void markIsKept();
    void ofThisFolderAndOwner();
    void notProductionIsForItsAddress();
    void productionStaysWithTheName();
    void takenBack();
    void ownerOnlyAndWithoutSecrets();
    void confirmedDirect();
    void confirmedDirectIsForItsAddresses_data();
    void confirmedDirectIsForItsAddresses();
    void confirmedDirectNeedsTrust();
    void nothingToConfirm();
    void damagedFile();
    void newerFile();

private:
    [[nodiscard]] QString file() const { return m_dir->filePath(u"state/marks.json"_s); }
    [[nodiscard]] DatabaseMarks marks() const { return DatabaseMarks(file()); }
    [[nodiscard]] Database marked(Project project) const
    {
        return markedDatabases(project, marks()).databases.front();
    }
    std::unique_ptr<QTemporaryDir> m_dir;

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
};

namespace {

Project projectAt(const QString &url)
{
    return test::projectOfLines({u"DATABASE_URL="_s + url});
}

const QString pooledUrl = u"postgres://u:canary@ep-1-pooler.eu.neon.tech/shop"_s;
const QString publicUrl = u"postgres://u:canary@prod.example.com/shop"_s;

} // namespace

void TestDatabaseMarks::nothingMarked()
{
    QCOMPARE(marked(projectAt(publicUrl)).mark, ExposureMark::None);
    QVERIFY(!QFileInfo::exists(file()));
}

void TestDatabaseMarks::markIsKept()
{
    const Project project = projectAt(publicUrl);
    for (const ExposureMark mark : {ExposureMark::Production, ExposureMark::NotProduction}) {
        QVERIFY(marks().markExposure(project, marked(project), mark));
        QCOMPARE(marked(project).mark, mark);
    }
    QCOMPARE(exposureOf(marked(project)).exposure, Exposure::Remote);
}

void TestDatabaseMarks::ofThisFolderAndOwner()
{
    const Project project = projectAt(publicUrl);
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::NotProduction));
    Project other = project;
    other.folder += u"2"_s;
    QCOMPARE(marked(other).mark, ExposureMark::None);
    other = project;
    other.ownerId = 4711;
    QCOMPARE(marked(other).mark, ExposureMark::None);
    QCOMPARE(marked(project).mark, ExposureMark::NotProduction);
}

void TestDatabaseMarks::notProductionIsForItsAddress()
{
    const Project project = projectAt(publicUrl);
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::NotProduction));
    QCOMPARE(marked(projectAt(u"postgres://v:new@PROD.example.com:5432/shop"_s)).mark,
             ExposureMark::NotProduction);
    for (const QString &url :
         {u"postgres://u@live.example.com/shop"_s, u"postgres://u@prod.example.com:5433/shop"_s,
          u"postgres://u@prod.example.com/shop_live"_s})
        QCOMPARE(marked(projectAt(url)).mark, ExposureMark::None);
}

void TestDatabaseMarks::productionStaysWithTheName()
{
    const Project project = projectAt(publicUrl);
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::Production));
    QCOMPARE(exposureOf(marked(projectAt(u"postgres://u@localhost/other"_s))).exposure,
             Exposure::Production);
}

void TestDatabaseMarks::takenBack()
{
    const Project project = projectAt(publicUrl);
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::Production));
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::None));
    QCOMPARE(marked(project).mark, ExposureMark::None);
    QFile store(file());
    QVERIFY(store.open(QIODevice::ReadOnly));
    QVERIFY(!store.readAll().contains("shop")); // no trace of a folder without marks
}

void TestDatabaseMarks::ownerOnlyAndWithoutSecrets()
{
    const Project project = projectAt(publicUrl);
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::Production));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QCOMPARE(QFileInfo(file()).permissions() & others, QFile::Permissions());
    QFile store(file());
    QVERIFY(store.open(QIODevice::ReadOnly));
    QVERIFY(!store.readAll().contains("canary"));
}

void TestDatabaseMarks::confirmedDirect()
{
    Project project = projectAt(pooledUrl);
    QVERIFY(!marked(project).direct);
    QVERIFY(marks().confirmDirect(project, marked(project)));
    const Database found = marked(project);
    QVERIFY(found.direct);
    QCOMPARE(found.direct->info.url(true), u"postgresql://u:canary@ep-1.eu.neon.tech:5432/shop"_s);
    QCOMPARE(found.direct->reason, u"derived, confirmed by you"_s);
    QCOMPARE(found.direct->role, EndpointRole::Direct);
    // Without any password of its own: a new one in the file is the new one here.
    QCOMPARE(marked(projectAt(u"postgres://u:new@ep-1-pooler.eu.neon.tech/shop"_s))
                 .direct->info.keywords["password"_ba],
             "new"_ba);
    QFile store(file());
    QVERIFY(store.open(QIODevice::ReadOnly));
    QVERIFY(!store.readAll().contains("canary"));
    QVERIFY(marks().forgetDirect(project));
    QVERIFY(!marked(project).direct);
}

void TestDatabaseMarks::confirmedDirectIsForItsAddresses_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("host"); // of the direct endpoint; empty = none
    const QString own = u"DATABASE_URL="_s + pooledUrl;
    QTest::newRow("the same") << QStringList{own} << u"ep-1.eu.neon.tech"_s;
    QTest::newRow("another host")
        << QStringList{u"DATABASE_URL=postgres://u@ep-2-pooler.eu.neon.tech/shop"_s} << QString();
    QTest::newRow("another user")
        << QStringList{u"DATABASE_URL=postgres://v@ep-1-pooler.eu.neon.tech/shop"_s} << QString();
    QTest::newRow("another database")
        << QStringList{u"DATABASE_URL=postgres://u@ep-1-pooler.eu.neon.tech/other"_s} << QString();
    QTest::newRow("a direct one in the file")
        << QStringList{own, u"DIRECT_URL=postgres://u@own.example.com/shop"_s}
        << u"own.example.com"_s;
}

void TestDatabaseMarks::confirmedDirectIsForItsAddresses()
{
    QFETCH(QStringList, lines);
    QFETCH(QString, host);
    const Project before = projectAt(pooledUrl);
    QVERIFY(marks().confirmDirect(before, marked(before)));
    Project project = test::projectOfLines(lines);
    const Database found = markedDatabases(project, marks()).databases.front();
    QCOMPARE(found.direct ? found.direct->info.host() : QString(), host);
    QCOMPARE(project.confirmed.size(), size_t(host.startsWith("ep-1"_L1) ? 1 : 0));
}

/// Confirming is no consent to connect: trust asks for the new host.
void TestDatabaseMarks::confirmedDirectNeedsTrust()
{
    Project project = projectAt(pooledUrl);
    const TrustStore trust(m_dir->filePath(u"trust.json"_s));
    QVERIFY(trust.grant(project));
    QVERIFY(marks().confirmDirect(project, marked(project)));
    const DatabaseSet set = markedDatabases(project, marks());
    QCOMPARE(trust.question(project)->state, TrustQuestion::State::Changed);
    QVERIFY(trust.grant(project));
    const auto question = trust.question(project);
    QCOMPARE(question->state, TrustQuestion::State::Trusted);
    QVERIFY(question->token->covers(set.databases.front().direct->info));
}

void TestDatabaseMarks::nothingToConfirm()
{
    for (const QString &url : {publicUrl, u"postgres://u@h/d?pgbouncer=true"_s}) {
        const Project project = projectAt(url);
        const Result<> confirmed = marks().confirmDirect(project, marked(project));
        QCOMPARE(confirmed.error().id, "mark.nothingDerived"_ba);
    }
    QVERIFY(!QFileInfo::exists(file()));
}

void TestDatabaseMarks::damagedFile()
{
    Project project = projectAt(publicUrl);
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::Production));
    QFile store(file());
    QVERIFY(store.open(QIODevice::WriteOnly));
    store.write("{ not json");
    store.close();
    const DatabaseSet set = markedDatabases(project, marks());
    QCOMPARE(set.databases.size(), size_t(1));
    QCOMPARE(set.warnings.size(), size_t(1));
    QVERIFY2(set.warnings.front().advice.contains("marks.json.broken"_L1),
             qPrintable(set.warnings.front().advice));
    // Next time it is only gone, and can be marked again.
    QVERIFY(markedDatabases(project, marks()).warnings.empty());
    QVERIFY(marks().markExposure(project, marked(project), ExposureMark::Production));
}

void TestDatabaseMarks::newerFile()
{
    QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
    QFile store(file());
    QVERIFY(store.open(QIODevice::WriteOnly));
    store.write(R"({"schema": 99})");
    store.close();
    Project project = projectAt(publicUrl);
    QCOMPARE(markedDatabases(project, marks()).warnings.size(), size_t(1));
    QCOMPARE(marks().markExposure(project, marked(project), ExposureMark::Production).error().id,
             "store.newer"_ba);
    QVERIFY(store.open(QIODevice::ReadOnly));
    QCOMPARE(store.readAll(), R"({"schema": 99})"_ba);
}

QTEST_APPLESS_MAIN(TestDatabaseMarks)
#include "tst_databasemarks.moc"
