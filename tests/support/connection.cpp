// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/connection.h"

#include "core/pq/pgerror.h"

using namespace Qt::StringLiterals;

namespace test {

namespace {

core::PgConnHandle connected(core::ConnKeywords keywords)
{
    keywords["application_name"_ba] = "sluice-test"_ba;
    std::vector<const char *> names;
    std::vector<const char *> values;
    for (const auto &[name, value] : keywords) {
        names.push_back(name.constData());
        values.push_back(value.constData());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    core::PgConnHandle connection(PQconnectStartParams(names.data(), values.data(), 0));
    if (connection && PQstatus(connection.get()) != CONNECTION_BAD)
        core::prepareForErrors(connection.get());
    // The blocking way from here: libpq waits for the socket itself.
    while (connection && PQstatus(connection.get()) != CONNECTION_BAD) {
        const PostgresPollingStatusType state = PQconnectPoll(connection.get());
        if (state == PGRES_POLLING_OK || state == PGRES_POLLING_FAILED)
            break;
        PQsocketPoll(PQsocket(connection.get()), state == PGRES_POLLING_READING,
                     state == PGRES_POLLING_WRITING, -1);
    }
    return connection;
}

[[noreturn]] void give_up(const QByteArray &sql, const core::Error &error)
{
    qFatal("%s\nin: %s", qPrintable(error.text()), sql.left(2000).constData());
}

QByteArray cell(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column) != 0)
        return {};
    return QByteArray(PQgetvalue(result, row, column), PQgetlength(result, row, column));
}

QByteArray firstCell(const PGresult *result)
{
    return PQntuples(result) > 0 && PQnfields(result) > 0 ? cell(result, 0, 0) : QByteArray();
}

} // namespace

Connection::Connection(core::PgConnHandle connection)
    : m_connection(std::move(connection))
{
    PQsetNoticeReceiver(m_connection.get(), [](void *, const PGresult *) {}, nullptr);
}

Connection::Connection(const core::ConnKeywords &keywords)
    : Connection(connected(keywords))
{
    if (PQstatus(handle()) != CONNECTION_OK)
        give_up("connect"_ba, core::connectError(handle(), core::connPlace(keywords)));
}

core::Result<Connection> Connection::tryConnect(const core::ConnKeywords &keywords)
{
    core::PgConnHandle connection = connected(keywords);
    if (PQstatus(connection.get()) != CONNECTION_OK)
        return std::unexpected(core::connectError(connection.get(), core::connPlace(keywords)));
    return Connection(std::move(connection));
}

core::Result<core::PgResultHandle> Connection::run(const QByteArray &sql)
{
    core::PgResultHandle result(PQexec(handle(), sql.constData()));
    switch (PQresultStatus(result.get())) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
    case PGRES_COPY_OUT:
        return result;
    default:
        return std::unexpected(core::resultError(result.get(), handle(), {}));
    }
}

void Connection::exec(const QByteArray &sql)
{
    if (const core::Result<> done = tryExec(sql); !done)
        give_up(sql, done.error());
}

core::Result<> Connection::tryExec(const QByteArray &sql)
{
    return run(sql).transform([](const core::PgResultHandle &) {});
}

QByteArray Connection::value(const QByteArray &sql)
{
    core::Result<QByteArray> text = tryValue(sql);
    if (!text)
        give_up(sql, text.error());
    return *text;
}

core::Result<QByteArray> Connection::tryValue(const QByteArray &sql)
{
    return run(sql).transform(
        [](const core::PgResultHandle &result) { return firstCell(result.get()); });
}

QByteArrayList Connection::column(const QByteArray &sql)
{
    QByteArrayList out;
    for (const QByteArrayList &row : rows(sql))
        out << row.front();
    return out;
}

std::vector<QByteArrayList> Connection::rows(const QByteArray &sql)
{
    const core::Result<core::PgResultHandle> result = run(sql);
    if (!result)
        give_up(sql, result.error());
    std::vector<QByteArrayList> all;
    for (int row = 0; row < PQntuples(result->get()); ++row) {
        QByteArrayList cells;
        for (int column = 0; column < PQnfields(result->get()); ++column)
            cells << cell(result->get(), row, column);
        all.push_back(std::move(cells));
    }
    return all;
}

QByteArray Connection::copyOut(const QByteArray &sql)
{
    const core::Result<core::PgResultHandle> result = run(sql);
    if (!result)
        give_up(sql, result.error());
    QByteArray out;
    char *line = nullptr;
    for (int size = PQgetCopyData(handle(), &line, 0); size > 0;
         size = PQgetCopyData(handle(), &line, 0)) {
        out.append(line, size);
        PQfreemem(line);
    }
    while (const core::PgResultHandle rest{PQgetResult(handle())}) {
        if (PQresultStatus(rest.get()) == PGRES_FATAL_ERROR)
            give_up(sql, core::resultError(rest.get(), handle(), {}));
    }
    return out;
}

core::Result<QByteArray> Connection::tryParams(const QByteArray &sql,
                                               const QByteArrayList &parameters)
{
    std::vector<const char *> values;
    for (const QByteArray &parameter : parameters)
        values.push_back(parameter.constData());
    const core::PgResultHandle result(PQexecParams(handle(), sql.constData(), int(values.size()),
                                                   nullptr, values.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
        return firstCell(result.get());
    return std::unexpected(core::resultError(result.get(), handle(), {}));
}

int Connection::backendPid()
{
    return value("SELECT pg_backend_pid()"_ba).toInt();
}

} // namespace test
