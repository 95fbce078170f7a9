// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testdatabase.h"

using namespace Qt::StringLiterals;

namespace test {

TestDatabase::TestDatabase()
    : TestDatabase(Options{})
{
}

TestDatabase::TestDatabase(const Options &options)
    : m_facts(options.facts != nullptr ? options.facts : &cluster())
    , m_name(u"t_"_s + randomWord())
{
    Connection(socketKeywords(*m_facts, u"postgres"_s, Role::Super))
        .exec("CREATE DATABASE " + m_name.toUtf8() + " OWNER " + m_facts->plainUser + ' '
              + options.clauses);
}

TestDatabase::~TestDatabase()
{
    m_own.reset();
    // The test may have stopped the server; its watchdog clears up then.
    auto admin = Connection::tryConnect(socketKeywords(*m_facts, u"postgres"_s, Role::Super));
    if (!admin)
        return;
    if (const auto done =
            admin->tryExec("DROP DATABASE IF EXISTS " + m_name.toUtf8() + " WITH (FORCE)");
        !done)
        qWarning("%s", qPrintable(done.error().text()));
}

core::ConnKeywords TestDatabase::keywords(Role role, quint16 port) const
{
    return tcpKeywords(*m_facts, m_name, role, port);
}

QString TestDatabase::url(Role role, quint16 port) const
{
    return tcpUrl(*m_facts, m_name, role, port);
}

Connection TestDatabase::connect(Role role) const
{
    return Connection(socketKeywords(*m_facts, m_name, role));
}

Connection &TestDatabase::own()
{
    if (!m_own || PQstatus(m_own->handle()) != CONNECTION_OK)
        m_own = std::make_unique<Connection>(connect());
    return *m_own;
}

void TestDatabase::exec(const QByteArray &sql)
{
    own().exec(sql);
}

QByteArray TestDatabase::value(const QByteArray &sql)
{
    return own().value(sql);
}

void TestDatabase::execSuper(const QByteArray &sql) const
{
    connect(Role::Super).exec(sql);
}

QByteArray TestDatabase::valueSuper(const QByteArray &sql) const
{
    return connect(Role::Super).value(sql);
}

int TestDatabase::sessions(const QByteArray &applicationName) const
{
    auto admin = connect(Role::Super);
    const auto count =
        admin.tryParams("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                        "AND application_name = $1"_ba,
                        {applicationName});
    return count ? count->toInt() : -1;
}

} // namespace test
