// SPDX-License-Identifier: GPL-3.0-or-later
// "Open psql here", by a real psql on a real server: what stands between the two programs.
#include "app/psqlcall.h"
#include "app/terminal.h"
#include "tests/support/testdatabase.h"

#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

class TestTerminal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void psqlGetsTheSecuredKeywords();
    void readOnlyIsAnOption();
    void strangersVariablesAreLeftOut();
    void psqlRunsAndItsPasswordGoes();
    void closedWindowRemovesThePassword();
    void eachCallHasItsOwnFile();

private:
    [[nodiscard]] static core::Endpoint endpoint(const QString &url);
    [[nodiscard]] static app::PsqlCall callOf(const core::Endpoint &endpoint);
    static void start(QProcess &psql, const app::PsqlCall &call);

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

void TestTerminal::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
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
