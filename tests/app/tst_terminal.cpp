// SPDX-License-Identifier: GPL-3.0-or-later
// "Open psql here", by a real psql on a real server: what stands between the two programs.
#include "app/psqlcall.h"
#include "app/terminal.h"
#include "core/connect/writeswitch.h"
#include "core/session/connectionway.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

namespace {

using Prepared = core::Result<std::shared_ptr<app::PsqlCall>>;

/// A password that is kept elsewhere.
class KeptPassword : public core::ConnectionWay
{
public:
    explicit KeptPassword(QByteArray password)
        : m_password(std::move(password))
    {
    }
    QFuture<core::Result<core::ConnKeywords>> open() override
    {
        return QtFuture::makeReadyValueFuture(
            core::Result<core::ConnKeywords>(core::ConnKeywords{{"password"_ba, m_password}}));
    }
    QFuture<core::Error> explain(const core::Error &error) override
    {
        core::Error explained = error;
        explained.advice = u"explained"_s;
        return QtFuture::makeReadyValueFuture(explained);
    }

private:
    QByteArray m_password;
};

} // namespace

class TestTerminal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void psqlGetsTheSecuredKeywords();
    void readOnlyIsAnOption();
    void readOnlyWithoutAPermit();
    void writesWithAPermit();
    void permitOfAnotherPlace();
    void pooledEndpointNeedsAPermit();
    void hiddenPooler_data();
    void hiddenPooler();
    void wayIsOpened();
    void wayExplains();
    void strangersVariablesAreLeftOut();
    void psqlRunsAndItsPasswordGoes();
    void closedWindowRemovesThePassword();
    void eachCallHasItsOwnFile();

private:
    [[nodiscard]] static core::Endpoint endpoint(const QString &url);
    [[nodiscard]] static app::PsqlCall callOf(const core::Endpoint &endpoint);
    static void start(QProcess &psql, const app::PsqlCall &call);
    /// What psql said to standard output and error.
    [[nodiscard]] static QByteArray outputOf(const app::PsqlCall &call, const QByteArray &input);
    [[nodiscard]] static Prepared prepared(const core::Endpoint &endpoint,
                                           const std::optional<core::WritePermit> &permit = {});
    /// Of a database on this machine, which asks for nothing.
    [[nodiscard]] std::optional<core::WritePermit> permitFor(const core::Endpoint &endpoint);

    core::WriteSwitch m_writing;
    QTemporaryDir m_runtime;
    test::TestDatabase m_database;
};

core::Endpoint TestTerminal::endpoint(const QString &url)
{
    core::Endpoint made;
    made.info = core::parseConnInfo(url, core::ConnOrigin::File).value();
    return made;
}

app::PsqlCall TestTerminal::callOf(const core::Endpoint &endpoint)
{
    return std::move(app::psqlCall(endpoint.keywords()).value());
}

void TestTerminal::start(QProcess &psql, const app::PsqlCall &call)
{
    const QStringList command = app::psqlInTerminal(u"/usr/bin/psql"_s);
    psql.setProgram(command.first());
    psql.setArguments(command.mid(1));
    psql.setProcessEnvironment(call.environment);
    psql.start();
}

QByteArray TestTerminal::outputOf(const app::PsqlCall &call, const QByteArray &input)
{
    QProcess psql;
    psql.setProcessChannelMode(QProcess::MergedChannels);
    start(psql, call);
    psql.write(input);
    psql.closeWriteChannel();
    return psql.waitForFinished(60'000) ? psql.readAll() : "psql did not end"_ba;
}

Prepared TestTerminal::prepared(const core::Endpoint &endpoint,
                                const std::optional<core::WritePermit> &permit)
{
    auto future = app::preparePsql(endpoint, permit);
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000))
        return core::failure(core::ErrorKind::Local, "test.noAnswer"_ba, u"no answer"_s);
    return future.result();
}

std::optional<core::WritePermit> TestTerminal::permitFor(const core::Endpoint &endpoint)
{
    core::Database database;
    database.name = u"main"_s;
    database.direct = endpoint;
    return m_writing.turnOn(database, {}).value();
}

void TestTerminal::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
    m_database.exec("create table notes (text text)");
}

void TestTerminal::psqlGetsTheSecuredKeywords()
{
    const auto open = callOf(endpoint(u"postgresql://ada:geheim@db.example.com:6000/shop"_s));
    const auto value = [&open](const QString &name) { return open.environment.value(name); };
    QCOMPARE(value(u"PGHOST"_s), u"db.example.com"_s);
    QCOMPARE(value(u"PGPORT"_s), u"6000"_s);
    QCOMPARE(value(u"PGDATABASE"_s), u"shop"_s);
    QCOMPARE(value(u"PGUSER"_s), u"ada"_s);
    QCOMPARE(value(u"PGSSLMODE"_s), u"require"_s); // a public host, whatever the address left out
    QCOMPARE(value(u"PGREQUIREAUTH"_s), u"!password,!gss,!sspi"_s);
    QCOMPARE(value(u"PGGSSENCMODE"_s), u"disable"_s);
    QCOMPARE(value(u"PGSSLCERTMODE"_s), u"disable"_s);
    const auto verified =
        callOf(endpoint(u"postgresql://ada:geheim@db.example.com/shop?sslmode=verify-ca"_s));
    QCOMPARE(verified.environment.value(u"PGSSLMODE"_s), u"verify-full"_s);
    QCOMPARE(verified.environment.value(u"PGSSLROOTCERT"_s), u"system"_s);

    QVERIFY(!open.environment.toStringList().join(u' ').contains(u"geheim"_s));
    QCOMPARE(QFileInfo(open.passFile->fileName()).permissions()
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
}

void TestTerminal::readOnlyIsAnOption()
{
    core::Endpoint own = endpoint(u"postgresql://ada@db.example.com/shop"_s);
    const auto options = [&own](bool readOnly) {
        return app::psqlCall(own.keywords(), {.readOnly = readOnly})
            .value()
            .environment.value(u"PGOPTIONS"_s);
    };
    QCOMPARE(options(false), QString());
    QCOMPARE(options(true), u"-c default_transaction_read_only=on"_s);
    own.info.keywords["options"_ba] = "-c geqo=off"_ba;
    QCOMPARE(options(true), u"-c geqo=off -c default_transaction_read_only=on"_s);
}

void TestTerminal::readOnlyWithoutAPermit()
{
    const Prepared call = prepared(endpoint(m_database.url()));
    QVERIFY2(call, call ? "" : qPrintable(call.error().text()));
    const QByteArray said = outputOf(**call, "insert into notes values ('no');\n");
    QVERIFY2(said.contains("read-only transaction"), said.constData());
    QCOMPARE(m_database.value("select count(*) from notes where text = 'no'"), "0"_ba);
}

void TestTerminal::writesWithAPermit()
{
    const core::Endpoint own = endpoint(m_database.url());
    const auto permit = permitFor(own);
    const Prepared call = prepared(own, permit);
    QVERIFY(call);
    const QByteArray said = outputOf(**call, "insert into notes values ('yes');\n");
    QVERIFY2(said.contains("INSERT 0 1"), said.constData());
    m_writing.turnOffAll();
    const Prepared after = prepared(own, permit);
    QVERIFY(after);
    QCOMPARE((*after)->environment.value(u"PGOPTIONS"_s), u"-c default_transaction_read_only=on"_s);
}

void TestTerminal::permitOfAnotherPlace()
{
    const Prepared call = prepared(endpoint(m_database.url()),
                                   permitFor(endpoint(u"postgresql://ada@localhost/shop"_s)));
    QVERIFY(call);
    QVERIFY((*call)->environment.contains(u"PGOPTIONS"_s));
}

void TestTerminal::pooledEndpointNeedsAPermit()
{
    const test::TestPooler pooler(m_database);
    core::Endpoint pooled = endpoint(pooler.url());
    pooled.role = core::EndpointRole::Pooled;
    const Prepared refused = prepared(pooled);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, "shell.pooledWrites"_ba);
    QCOMPARE(refused.error().kind, core::ErrorKind::Consent);
    const Prepared call = prepared(pooled, permitFor(pooled));
    QVERIFY(call);
    QVERIFY(!(*call)->environment.contains(u"PGOPTIONS"_s));
    const QByteArray said = outputOf(**call, "insert into notes values ('pooled');\n");
    QVERIFY2(said.contains("INSERT 0 1"), said.constData());
}

void TestTerminal::hiddenPooler_data()
{
    QTest::addColumn<QByteArray>("setting");
    QTest::newRow("drops the options") << "ignore_startup_parameters = options"_ba;
    QTest::newRow("refuses the options") << "ignore_startup_parameters = extra_float_digits"_ba;
}

/// Its address says nothing of it, so it is asked.
void TestTerminal::hiddenPooler()
{
    QFETCH(QByteArray, setting);
    const test::TestPooler pooler(m_database, {.settings = {setting}});
    const core::Endpoint named = endpoint(pooler.url().remove(u"?pgbouncer=true"_s));
    QVERIFY(!core::poolEvidence(named.info).pooled);
    const Prepared refused = prepared(named);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, "shell.notReadOnly"_ba);
    QCOMPARE(refused.error().kind, core::ErrorKind::Consent);
    QVERIFY(prepared(named, permitFor(named)));
}

void TestTerminal::wayIsOpened()
{
    core::Endpoint own = endpoint(m_database.url());
    own.way = std::make_shared<KeptPassword>(own.info.keywords["password"_ba]);
    own.info.keywords.erase("password"_ba);
    const Prepared call = prepared(own);
    QVERIFY2(call, call ? "" : qPrintable(call.error().text()));
    QCOMPARE((*call)->way, own.way);
    const QByteArray said = outputOf(**call, "select 'is ' || current_database();\n");
    QVERIFY2(said.contains("is " + m_database.name().toUtf8()), said.constData());
}

void TestTerminal::wayExplains()
{
    core::Endpoint own = endpoint(m_database.url());
    own.way = std::make_shared<KeptPassword>("wrong"_ba);
    const Prepared refused = prepared(own);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, "auth.password"_ba);
    QCOMPARE(refused.error().advice, u"explained"_s);
}

void TestTerminal::strangersVariablesAreLeftOut()
{
    qputenv("PGPASSWORD", "other");
    qputenv("PGSERVICE", "other");
    qputenv("PG_URL", "kept");
    const auto call = callOf(endpoint(m_database.url()));
    for (const char *name : {"PGPASSWORD", "PGSERVICE"})
        qunsetenv(name);
    QVERIFY(!call.environment.contains(u"PGPASSWORD"_s));
    QVERIFY(!call.environment.contains(u"PGSERVICE"_s));
    QCOMPARE(call.environment.value(u"PG_URL"_s), u"kept"_s);
}

void TestTerminal::psqlRunsAndItsPasswordGoes()
{
    const auto call = callOf(endpoint(m_database.url()));
    const QString passFile = call.passFile->fileName();
    QProcess psql;
    start(psql, call);
    psql.write("select 'is ' || current_database();\n\\connect -\nselect 'again';\n");
    psql.closeWriteChannel();
    QVERIFY(psql.waitForFinished(60'000));
    const QByteArray said = psql.readAllStandardOutput();
    QVERIFY2(said.contains("is " + m_database.name().toUtf8()),
             psql.readAllStandardError().constData());
    QVERIFY(said.contains("again"));
    QVERIFY(!QFileInfo::exists(passFile));
}

void TestTerminal::closedWindowRemovesThePassword()
{
    const auto call = callOf(endpoint(m_database.url()));
    const QString passFile = call.passFile->fileName();
    QProcess psql;
    psql.setChildProcessModifier([] { ::setpgid(0, 0); });
    start(psql, call);
    psql.write("\\! echo is here\n"); // a shell's own output, which psql does not hold back
    QTRY_COMPARE_WITH_TIMEOUT(psql.bytesAvailable(), 8, 30'000);
    QCOMPARE(psql.readAllStandardOutput(), "is here\n"_ba);
    QVERIFY(QFileInfo::exists(passFile)); // for \connect
    ::kill(-pid_t(psql.processId()), SIGHUP);
    QVERIFY(psql.waitForFinished(30'000));
    QVERIFY(!QFileInfo::exists(passFile));
}

void TestTerminal::eachCallHasItsOwnFile()
{
    QString gone;
    {
        const auto first = callOf(endpoint(m_database.url()));
        const auto second = callOf(endpoint(m_database.url()));
        gone = first.passFile->fileName();
        QVERIFY(gone != second.passFile->fileName());
        QVERIFY(QFileInfo::exists(gone));
    }
    QVERIFY(!QFileInfo::exists(gone));
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
