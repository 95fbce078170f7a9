// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testpooler.h"

#include <QDir>
#include <QFile>

#include <csignal>

using namespace Qt::StringLiterals;

namespace test {

namespace {

void writeOwnerOnly(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner)
        || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

QString poolerProgram()
{
    return qEnvironmentVariable("SLUICE_PGBOUNCER", u"/usr/sbin/pgbouncer"_s);
}

} // namespace

TestPooler::TestPooler(const TestDatabase &database, const PoolerOptions &options)
    : m_database(database)
    , m_options(options)
    , m_folder(shortFolder(u"slb"_s))
{
    // The port may be taken between asking for it and using it.
    for (int attempt = 0; attempt < 5; ++attempt) {
        m_port = freePort();
        if (launch(options))
            return;
    }
    qFatal("pgbouncer did not start: %s", m_daemon.log().constData());
}

TestPooler::~TestPooler()
{
    kill();
    QDir(m_folder).removeRecursively();
}

bool TestPooler::launch(const PoolerOptions &options)
{
    const ClusterFacts &facts = m_database.facts();
    const auto userLine = [&facts](Role role) {
        return '"' + facts.user(role) + "\" \"" + facts.password(role) + "\"\n";
    };
    const QByteArray folder = QFile::encodeName(m_folder);
    writeOwnerOnly(m_folder + u"/users.txt"_s, userLine(Role::Super) + userLine(Role::Plain));
    const QByteArray name = m_database.name().toUtf8();
    QByteArray ini =
        "[databases]\n" + name + " = host=127.0.0.1 port=" + QByteArray::number(facts.port)
        + " dbname=" + name
        + "\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = " + QByteArray::number(m_port)
        + "\nunix_socket_dir = " + folder + "\nauth_type = scram-sha-256\nauth_file = " + folder
        + "/users.txt" + "\nadmin_users = " + facts.superuser + "\npool_mode = " + options.poolMode
        + "\nmax_prepared_statements = " + QByteArray::number(options.maxPreparedStatements)
        + "\ndefault_pool_size = " + QByteArray::number(options.poolSize)
        + "\nmax_client_conn = " + QByteArray::number(options.maxClients)
        + "\nserver_tls_sslmode = disable\nlog_stats = 0\n";
    for (const QByteArray &line : options.settings)
        ini += line + '\n';
    writeOwnerOnly(m_folder + u"/pgbouncer.ini"_s, ini);
    m_daemon.stop(SIGKILL);
    return m_daemon.start(poolerProgram(), {m_folder + u"/pgbouncer.ini"_s},
                          {.signalAtParentDeath = SIGQUIT})
           && m_daemon.waitForText("process up"_ba, std::chrono::seconds(30));
}

core::ConnKeywords TestPooler::keywords(Role role) const
{
    return m_database.keywords(role, m_port);
}

QString TestPooler::url(Role role) const
{
    return m_database.url(role, m_port) + u"?pgbouncer=true"_s;
}

Connection TestPooler::connect(Role role) const
{
    return Connection(keywords(role));
}

Connection TestPooler::console() const
{
    return Connection(tcpKeywords(m_database.facts(), u"pgbouncer"_s, Role::Super, m_port));
}

int TestPooler::pool(const QByteArray &column, Role role) const
{
    Connection connection = console();
    const core::PgResultHandle pools(PQexec(connection.handle(), "SHOW POOLS"));
    const int wanted = PQfnumber(pools.get(), column.constData());
    for (int row = 0; wanted >= 0 && row < PQntuples(pools.get()); ++row) {
        if (m_database.name().toUtf8() == PQgetvalue(pools.get(), row, 0)
            && m_database.facts().user(role) == PQgetvalue(pools.get(), row, 1))
            return QByteArrayView(PQgetvalue(pools.get(), row, wanted)).toInt();
    }
    return wanted < 0 ? -1 : 0;
}

void TestPooler::restart(int signal)
{
    m_daemon.stop(signal);
    if (!launch(m_options))
        qFatal("pgbouncer did not start again: %s", m_daemon.log().constData());
}

void TestPooler::kill()
{
    m_daemon.stop(SIGQUIT);
}

} // namespace test
