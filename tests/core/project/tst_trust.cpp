// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/trust.h"

#include "core/base/worker.h"

#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

UrlValue valueOf(const QString &key, const QString &url)
{
    UrlValue value;
    value.source = {.file = u".env"_s, .line = 3, .key = key};
    const Result<ConnInfo> info = parseConnInfo(url, ConnOrigin::File);
    if (info)
        value.info = *info;
    else
        value.error = info.error();
    return value;
}

Project projectOf(std::initializer_list<std::pair<QString, QString>> urls,
                  const QString &folder = u"/home/a/shop"_s)
{
    Project project;
    project.folder = folder;
    project.ownerId = 1000;
    for (const auto &[key, url] : urls)
        project.values.push_back(valueOf(key, url));
    return project;
}

} // namespace

class TestTrust : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void asksOnce();
    void asksAgain_data();
    void asksAgain();
    void namesTheChange();
    void ownerCounts();
    void tokenCoversOnlyWhatWasAgreed();
    void revokes();
    void noUrl();
    void keepsNoSecret();
    void damagedStoreAsksAgain();
    void newerStoreIsLeftAlone();
    void manyAtOnce();

private:
    [[nodiscard]] TrustStore store() const { return TrustStore(m_file); }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_file;
};

void TestTrust::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_file = m_dir->filePath(u"data/trust.json"_s);
}

void TestTrust::asksOnce()
{
    const Project project =
        projectOf({{u"DATABASE_URL"_s, u"postgres://app:x@db.example.com:6432/d?pgbouncer=true"_s},
                   {u"DIRECT_URL"_s, u"postgres://app:x@db.example.com/d"_s}});
    const Result<TrustQuestion> before = store().question(project);
    QVERIFY(before);
    QCOMPARE(before->state, TrustQuestion::State::Needed);
    QVERIFY(!before->token);
    QCOMPARE(before->targets.size(), size_t(2));
    QCOMPARE(before->targets.front().target.text(), u"app@db.example.com:6432"_s);
    QCOMPARE(before->targets.front().source.text(), u".env:3"_s);
    QVERIFY(store().grant(project));
    const Result<TrustQuestion> after = store().question(project);
    QVERIFY(after);
    QCOMPARE(after->state, TrustQuestion::State::Trusted);
    QVERIFY(after->token);
    QVERIFY(after->token->covers(*project.values.front().info));
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(m_file) & others));
}

void TestTrust::asksAgain_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("asks");
    QTest::newRow("same") << u"postgres://app:x@db.example.com/d"_s << false;
    QTest::newRow("password") << u"postgres://app:other@db.example.com/d"_s << false;
    QTest::newRow("database") << u"postgres://app:x@db.example.com/e"_s << false;
    QTest::newRow("case of the host") << u"postgres://app:x@DB.example.com/d"_s << false;
    QTest::newRow("parameter") << u"postgres://app:x@db.example.com/d?connection_limit=1"_s
                               << false;
    QTest::newRow("host") << u"postgres://app:x@evil.example.com/d"_s << true;
    QTest::newRow("port") << u"postgres://app:x@db.example.com:5433/d"_s << true;
    QTest::newRow("user") << u"postgres://postgres:x@db.example.com/d"_s << true;
    QTest::newRow("sslmode") << u"postgres://app:x@db.example.com/d?sslmode=disable"_s << true;
}

void TestTrust::asksAgain()
{
    QFETCH(QString, url);
    QFETCH(bool, asks);
    QVERIFY(
        store().grant(projectOf({{u"DATABASE_URL"_s, u"postgres://app:x@db.example.com/d"_s}})));
    const Result<TrustQuestion> question = store().question(projectOf({{u"DATABASE_URL"_s, url}}));
    QVERIFY(question);
    QCOMPARE(question->state, asks ? TrustQuestion::State::Changed : TrustQuestion::State::Trusted);
    QCOMPARE(question->token.has_value(), !asks);
}

void TestTrust::namesTheChange()
{
    QVERIFY(store().grant(projectOf({{u"DATABASE_URL"_s, u"postgres://a@one.example/d"_s},
                                     {u"AUTH_DATABASE_URL"_s, u"postgres://a@auth.example/d"_s}})));
    const Result<TrustQuestion> question =
        store().question(projectOf({{u"DATABASE_URL"_s, u"postgres://a@two.example/d"_s},
                                    {u"AUTH_DATABASE_URL"_s, u"postgres://a@auth.example/d"_s},
                                    {u"JOBS_DATABASE_URL"_s, u"postgres://a@jobs.example/d"_s}}));
    QVERIFY(question);
    QCOMPARE(question->state, TrustQuestion::State::Changed);
    QCOMPARE(question->changes.size(), size_t(1));
    QCOMPARE(question->changes.front().source.key, u"DATABASE_URL"_s);
    QCOMPARE(question->changes.front().before.host, u"one.example"_s);
    QCOMPARE(question->changes.front().now.host, u"two.example"_s);
    QVERIFY(question->targets[0].isNew && !question->targets[1].isNew
            && question->targets[2].isNew);
}

void TestTrust::ownerCounts()
{
    Project project = projectOf({{u"DATABASE_URL"_s, u"postgres://a@h/d"_s}});
    QVERIFY(store().grant(project));
    project.ownerId = 1001;
    project.ownedByOther = true;
    const Result<TrustQuestion> question = store().question(project);
    QVERIFY(question);
    QCOMPARE(question->state, TrustQuestion::State::Needed);
    QVERIFY(question->ownedByOther);
    QVERIFY(!question->owner.isEmpty());
}

void TestTrust::tokenCoversOnlyWhatWasAgreed()
{
    const Project project = projectOf({{u"DATABASE_URL"_s, u"postgres://a@one.example/d"_s}});
    const Result<TrustToken> token = store().grant(project);
    QVERIFY(token);
    QCOMPARE(token->folder(), project.folder);
    QVERIFY(token->covers(*project.values.front().info));
    QVERIFY(!token->covers(*valueOf(u"X"_s, u"postgres://a@two.example/d"_s).info));
}

void TestTrust::revokes()
{
    QTemporaryDir folder;
    const Project project = projectOf({{u"DATABASE_URL"_s, u"postgres://a@h/d"_s}},
                                      QFileInfo(folder.path()).canonicalFilePath());
    QVERIFY(store().grant(project));
    QCOMPARE(store().revoke(folder.path()), Result<bool>(true));
    QCOMPARE(store().revoke(folder.path()), Result<bool>(false));
    QCOMPARE(store().question(project)->state, TrustQuestion::State::Needed);
    // A folder that is gone can be forgotten too.
    QVERIFY(store().grant(projectOf({}, u"/nowhere/shop"_s)));
    QCOMPARE(store().revoke(u"/nowhere/./shop/"_s), Result<bool>(true));
}

void TestTrust::noUrl()
{
    const Project project = projectOf({});
    QCOMPARE(store().question(project)->state, TrustQuestion::State::Needed);
    QVERIFY(store().grant(project));
    QCOMPARE(store().question(project)->state, TrustQuestion::State::Trusted);
}

void TestTrust::keepsNoSecret()
{
    QVERIFY(store().grant(projectOf({{u"DATABASE_URL"_s, u"postgres://a:canary@h/secretdb"_s}})));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains("DATABASE_URL"));
    QVERIFY(!text.contains("canary"));
    QVERIFY(!text.contains("secretdb"));
}

void TestTrust::damagedStoreAsksAgain()
{
    const Project project = projectOf({{u"DATABASE_URL"_s, u"postgres://a@h/d"_s}});
    QVERIFY(store().grant(project));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schema\":1,\"folders\":{");
    file.close();
    QCOMPARE(store().question(project)->state, TrustQuestion::State::Needed);
    QVERIFY(store().grant(project));
    QCOMPARE(store().question(project)->state, TrustQuestion::State::Trusted);
    QCOMPARE(QDir(m_dir->filePath(u"data"_s))
                 .entryList({u"trust.json?*"_s}, QDir::Files)
                 .contains(u"trust.json.broken"_s),
             true);
}

void TestTrust::newerStoreIsLeftAlone()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(u"data"_s)));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"schema\":999}");
    file.close();
    const Project project = projectOf({});
    QCOMPARE(store().question(project).error().id, "store.newer"_ba);
    QCOMPARE(store().grant(project).error().id, "store.newer"_ba);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "{\"schema\":999}"_ba);
}

/// Programs of one user share the file; none of their grants may be lost.
void TestTrust::manyAtOnce()
{
    constexpr int writers = 24;
    std::vector<QFuture<bool>> futures;
    for (int i = 0; i < writers; ++i) {
        futures.push_back(runOnWorker([this, i] {
            return store().grant(projectOf({}, u"/folder/%1"_s.arg(i))).has_value();
        }));
    }
    for (QFuture<bool> &future : futures)
        QVERIFY(future.result());
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll())["folders"_L1].toObject().size(),
             qsizetype(writers));
}

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_trust.moc"
