// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor's round over real folders, servers and poolers.
#include "core/doctor/checkup.h"
#include "core/doctor/foldercheck.h"
#include "core/doctor/servercheck.h"
#include "tests/support/testpooler.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using core::Finding;
using test::Role;
using Level = core::Finding::Level;

namespace {

struct Folder {
    QTemporaryDir dir;
    core::CheckupSpec spec;

    explicit Folder(const QStringList &lines, bool trusted = true)
    {
        QFile file(dir.filePath(u".env"_s));
        if (!file.open(QIODevice::WriteOnly))
            return;
        file.write(lines.join(u'\n').toUtf8() + '\n');
        file.close();
        spec.project = core::readProject(dir.path(), {}).value_or(core::Project());
        spec.databases = core::pairDatabases(spec.project);
        const auto token = core::TrustStore(dir.filePath(u"trust.json"_s)).grant(spec.project);
        if (trusted && token)
            spec.token = *token;
    }
};

std::vector<Finding> found(core::Checkup &checkup)
{
    QSignalSpy finished(&checkup, &core::Checkup::finished);
    checkup.start();
    if (finished.isEmpty() && !finished.wait(60'000))
        return {};
    return checkup.findings();
}

const Finding *find(const std::vector<Finding> &findings, QByteArrayView id,
                    const QString &database = {})
{
    for (const Finding &finding : findings) {
        if (finding.id == id && (database.isEmpty() || finding.database == database))
            return &finding;
    }
    return nullptr;
}

} // namespace

class TestCheckup : public QObject
{
    Q_OBJECT

private slots:
    void healthy();
    void pooledAndDirect();
    void hiddenPooler();
    void whatWasFoundOut_data();
    void whatWasFoundOut();
    void nothingAnswers();
    void nothingWithoutTrust();
    void folder();
    void warningsKeepTheirIds();
    void hostsOfElsewhere();
    void noDatabase();
    void onlyOne();
    void superuserAndLimits();
    void forgottenThings();
    void sessions();
    void clock();
    void poolBudget();
    void oldServer();
    void json();
};

void TestCheckup::healthy()
{
    test::TestDatabase database;
    Folder folder({u"DATABASE_URL="_s + database.url()});
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QVERIFY(find(findings, "connect.ok", u"main"_s));
    QCOMPARE(find(findings, "server.version")->level, Level::Ok);
    QCOMPARE(find(findings, "server.clock")->level, Level::Ok);
    QVERIFY(find(findings, "limits.server"));
    QCOMPARE(find(findings, "activity.partly")->level, Level::Note);
    QVERIFY(!checkup.hasProblem());
    QCOMPARE(checkup.tried(), 1);
    QCOMPARE(checkup.answered(), 1);
    // Its connections are gone with it.
    QTRY_COMPARE(database.sessions("sluice"_ba), 0);
}

void TestCheckup::pooledAndDirect()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Folder folder({u"DATABASE_URL="_s + pooler.url(), u"DIRECT_URL="_s + database.url()});
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QCOMPARE(checkup.answered(), 2);
    QVERIFY(find(findings, "pooler.asDeclared"));
    QCOMPARE(find(findings, "pooler.asDeclared")->sentence, u"PgBouncer answers, as declared."_s);
    QVERIFY(!find(findings, "pooler.hidden"));
    // Once a database, not once an endpoint, and after what each endpoint says.
    QCOMPARE(std::ranges::count(findings, "server.version"_ba, &Finding::id), 1);
    QVERIFY(find(findings, "server.version") > find(findings, "pooler.asDeclared"));
}

void TestCheckup::hiddenPooler()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    Folder folder({u"DATABASE_URL="_s + database.url(Role::Plain, pooler.port())});
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QCOMPARE(find(findings, "pooler.hidden")->level, Level::Warning);
    QVERIFY(!find(findings, "pooler.hidden")->fixes.empty());
}

void TestCheckup::whatWasFoundOut_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("words");
    using core::PoolerKind;
    using core::PoolMode;
    const auto row = [](const char *name, const QString &role, PoolerKind kind, PoolMode mode,
                        const QByteArray &id, const QString &words) {
        QTest::newRow(name) << role << int(kind) << int(mode) << id << words;
    };
    row("declared", u"pooled"_s, PoolerKind::RdsProxy, PoolMode::Transaction,
        "pooler.asDeclared"_ba, u"RDS Proxy in transaction mode answers"_s);
    row("statement mode", u"pooled"_s, PoolerKind::PgBouncer, PoolMode::Statement,
        "pooler.statementMode"_ba, u"no transactions"_s);
    row("session mode", u"pooled"_s, PoolerKind::Supavisor, PoolMode::Session,
        "pooler.sessionMode"_ba, u"Supavisor in session mode answers"_s);
    row("none", u"pooled"_s, PoolerKind::None, PoolMode::Unknown, "pooler.notSeen"_ba,
        u"no pooler shows itself"_s);
    row("hidden", u"direct"_s, PoolerKind::PgBouncer, PoolMode::Transaction, "pooler.hidden"_ba,
        u"but PgBouncer in transaction mode answers"_s);
    row("session mode at the direct one", u"direct"_s, PoolerKind::PgBouncer, PoolMode::Session,
        "pooler.sessionMode"_ba, u"PgBouncer in session mode answers"_s);
}

void TestCheckup::whatWasFoundOut()
{
    QFETCH(QString, role);
    QFETCH(int, kind);
    QFETCH(int, mode);
    QFETCH(QByteArray, id);
    QFETCH(QString, words);
    core::Database database;
    core::Endpoint endpoint;
    endpoint.role = role == "pooled"_L1 ? core::EndpointRole::Pooled : core::EndpointRole::Direct;
    endpoint.info =
        core::parseConnInfo(u"postgres://u@127.0.0.1/d"_s, core::ConnOrigin::File).value();
    (role == "pooled"_L1 ? database.pooled : database.direct) = endpoint;
    core::PoolerFindings poolers;
    poolers.byPlace.insert_or_assign(
        core::poolerPlace(endpoint),
        core::PoolerFinding{.kind = core::PoolerKind(kind), .mode = core::PoolMode(mode)});
    const auto findings = core::checkEndpoint(database, endpoint, core::ServerFacts(), poolers);
    const Finding *told = find(findings, id);
    QVERIFY(told);
    QVERIFY2(told->sentence.contains(words), qPrintable(told->sentence));
}

void TestCheckup::nothingAnswers()
{
    Folder folder(
        {u"DATABASE_URL=postgres://app:canary-77@127.0.0.1:%1/shop"_s.arg(test::freePort())});
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    const Finding *failed = find(findings, "connect.failed");
    QVERIFY(failed);
    QCOMPARE(failed->level, Level::Problem);
    QCOMPARE(failed->explanation, "reach.refused"_ba);
    QCOMPARE(failed->where, u".env:1"_s);
    QCOMPARE(checkup.answered(), 0);
    QVERIFY(checkup.hasProblem());
    QVERIFY(!QJsonDocument(core::findingJson(*failed)).toJson().contains("canary"));
}

void TestCheckup::nothingWithoutTrust()
{
    test::TestDatabase database;
    Folder folder({u"DATABASE_URL="_s + database.url()}, false);
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QCOMPARE(checkup.tried(), 0);
    QVERIFY(find(findings, "folder.read"));
    QVERIFY(!find(findings, "connect.ok"));
}

void TestCheckup::folder()
{
    Folder folder({u"DATABASE_URL=postgres://app:p@ss@db.example/shop"_s,
                   u"AUTH_DATABASE_URL=postgres://app:x@auth.railway.internal/auth"_s,
                   u"VITE_DATABASE_URL=postgres://app:x@db.example/shop"_s});
    const auto findings = core::checkFolder(folder.spec.project, folder.spec.databases);
    const Finding *broken = find(findings, "folder.brokenUrl");
    QVERIFY(broken);
    QCOMPARE(broken->level, Level::Problem);
    QCOMPARE(broken->explanation, "address.unescaped"_ba);
    QCOMPARE(broken->where, u".env:1 (DATABASE_URL)"_s);
    QCOMPARE(find(findings, "folder.browserLeak")->level, Level::Problem);
    QVERIFY(find(findings, "folder.onlyInside", u"auth"_s));
}

void TestCheckup::warningsKeepTheirIds()
{
    using Kind = core::ProjectWarning::Kind;
    core::DatabaseSet set;
    for (const Kind kind : {Kind::GitTracked, Kind::CutAtHash, Kind::NotLoaded, Kind::Pairing})
        set.warnings.push_back({.kind = kind, .text = u"w"_s});
    const auto findings = core::checkFolder({}, set);
    for (const char *id :
         {"folder.gitTracked", "folder.cutAtHash", "folder.notLoaded", "folder.pairing"}) {
        QVERIFY2(find(findings, id), id);
        QCOMPARE(find(findings, id)->level, Level::Warning);
    }
}

void TestCheckup::hostsOfElsewhere()
{
    Folder folder({u"DATABASE_URL=postgres://app:x@db:5432/shop"_s,
                   u"JOBS_DATABASE_URL=postgres://app:x@queue:5432/jobs"_s});
    QFile compose(folder.dir.filePath(u"compose.yaml"_s));
    QVERIFY(compose.open(QIODevice::WriteOnly));
    compose.write("services:\n  db:\n    image: postgres\n    ports: ['5433:5432']\n"
                  "  queue:\n    image: postgres\n");
    compose.close();
    const core::Project project = core::readProject(folder.dir.path(), {}).value();
    const auto findings = core::checkFolder(project, core::pairDatabases(project));
    QVERIFY(!find(findings, "folder.onlyInside", u"main"_s)); // its port leads there
    const Finding *jobs = find(findings, "folder.onlyInside", u"jobs"_s);
    QVERIFY(jobs);
    QVERIFY2(jobs->sentence.contains(u"the compose network"_s), qPrintable(jobs->sentence));
}

void TestCheckup::noDatabase()
{
    Folder folder({u"NAME=shop"_s});
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QCOMPARE(find(findings, "folder.noDatabase")->fixes.front().action, "project.createLocal"_ba);
    QVERIFY(checkup.hasProblem());
}

void TestCheckup::onlyOne()
{
    test::TestDatabase main;
    test::TestDatabase auth;
    Folder folder({u"DATABASE_URL="_s + main.url(), u"AUTH_DATABASE_URL="_s + auth.url()});
    folder.spec.only = u"auth"_s;
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QVERIFY(find(findings, "connect.ok", u"auth"_s));
    QVERIFY(!find(findings, "connect.ok", u"main"_s));
}

void TestCheckup::superuserAndLimits()
{
    test::TestDatabase database;
    const QByteArray name = database.name().toUtf8();
    database.execSuper("ALTER DATABASE " + name + " CONNECTION LIMIT 2");
    test::Connection one = database.connect();
    Folder folder({u"DATABASE_URL="_s + database.url(Role::Super)});
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    QCOMPARE(find(findings, "role.superuser")->level, Level::Warning);
    QCOMPARE(find(findings, "limits.database")->level, Level::Problem);
    QVERIFY(!find(findings, "activity.partly"));
}

void TestCheckup::forgottenThings()
{
    test::TestDatabase database;
    const QByteArray slot = "slot_" + test::randomWord().toLower().toUtf8();
    database.execSuper("SELECT pg_create_physical_replication_slot('" + slot + "', true)");
    core::ServerFacts facts;
    {
        core::SessionConfig config;
        config.keywords = database.keywords(Role::Super);
        core::SessionThread session(config);
        const auto loading = core::loadServerFacts(session);
        QTRY_VERIFY_WITH_TIMEOUT(loading.isFinished(), 30'000);
        QVERIFY(loading.result());
        facts = *loading.result();
    }
    database.execSuper("SELECT pg_drop_replication_slot('" + slot + "')");
    const auto own =
        std::ranges::find(facts.walSlots, QString::fromUtf8(slot), &core::SlotFacts::name);
    QVERIFY(own != facts.walSlots.end());
    QVERIFY(!own->active);
    QVERIFY(own->heldBytes >= 0);
    QCOMPARE(facts.timeZone, QString::fromUtf8(database.value("SHOW TimeZone")));

    // The size that alarms cannot be written in a test; what was read is made larger.
    own->heldBytes = qint64(3) << 30;
    facts.activity.preparedTransactions = 2;
    facts.activity.oldestPrepared = std::chrono::hours(3);
    const auto findings = core::checkServer({.name = u"main"_s}, facts);
    QVERIFY(find(findings, "slots.holding")->sentence.contains(QString::fromUtf8(slot)));
    QVERIFY(find(findings, "slots.holding")
                ->fixes.front()
                .text.contains(QString::fromUtf8("'" + slot + "'")));
    QVERIFY(find(findings, "server.preparedTransactions")->sentence.startsWith(u"2 "_s));
}

void TestCheckup::sessions()
{
    core::ServerFacts facts;
    facts.info.version = 170'005;
    facts.activity.seesAll = true;
    facts.activity.limits = {.used = 5, .most = 100};
    core::ActivitySession idle;
    idle.pid = 21'044;
    idle.application = u"api-worker"_s;
    idle.state = core::ActivitySession::State::IdleInTransaction;
    idle.inState = std::chrono::minutes(6);
    core::ActivitySession slow;
    slow.pid = 7;
    slow.kind = u"client backend"_s;
    slow.state = core::ActivitySession::State::Active;
    slow.inState = std::chrono::minutes(6);
    slow.blockedBy = {21'044};
    facts.activity.sessions = {idle, slow};
    const auto findings = core::checkServer({.name = u"main"_s}, facts);
    QVERIFY(find(findings, "activity.idleInTransaction")->detail.contains(u"21044 (api-worker)"_s));
    QVERIFY(find(findings, "activity.long"));
    QVERIFY(find(findings, "activity.blocked"));
    QVERIFY(!find(findings, "activity.quiet"));
}

void TestCheckup::clock()
{
    core::ServerFacts facts;
    facts.info.version = 170'005;
    facts.clockAhead = std::chrono::minutes(-4);
    const auto findings = core::checkServer({.name = u"main"_s}, facts);
    QCOMPARE(find(findings, "server.clock")->level, Level::Warning);
    QVERIFY(find(findings, "server.clock")->sentence.contains(u"behind"_s));
}

void TestCheckup::poolBudget()
{
    test::TestDatabase database;
    Folder folder({u"DATABASE_URL="_s + database.url() + u"?connection_limit=30"_s});
    QFile settings(folder.dir.filePath(u"sluice.toml"_s));
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("[pool]\nprocesses = 9\n");
    settings.close();
    core::Checkup checkup(folder.spec);
    const auto findings = found(checkup);
    const Finding *budget = find(findings, "pool.budget");
    QVERIFY(budget);
    QCOMPARE(budget->level, Level::Warning);
    QVERIFY2(budget->sentence.contains(u"270"_s), qPrintable(budget->sentence));
    QVERIFY(!budget->fixes.empty());
    // Nothing says how the application connects: nothing is claimed.
    Folder silent({u"DATABASE_URL="_s + database.url()});
    core::Checkup other(silent.spec);
    QVERIFY(!find(found(other), "pool.budget"));
}

void TestCheckup::oldServer()
{
    core::ServerFacts facts;
    facts.info.version = 130'011;
    facts.info.versionText = "13.11"_ba;
    QCOMPARE(find(core::checkServer({.name = u"main"_s}, facts), "server.version")->level,
             Level::Problem);
}

void TestCheckup::json()
{
    const Finding finding{.id = "a.b"_ba,
                          .level = Level::Warning,
                          .database = u"main"_s,
                          .sentence = u"S"_s,
                          .fixes = {{.sentence = u"F"_s, .text = u"T"_s}}};
    QCOMPARE(
        QJsonDocument(core::findingJson(finding)).toJson(QJsonDocument::Compact),
        R"({"database":"main","fixes":[{"sentence":"F","text":"T"}],"id":"a.b","level":"warning","sentence":"S"})"_ba);
}

QTEST_GUILESS_MAIN(TestCheckup)
#include "tst_checkup.moc"
