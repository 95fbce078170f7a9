// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/querycommand.h"

#include "app/cli/writeconsent.h"
#include "app/cli/writing.h"
#include "core/base/boundedfile.h"
#include "core/connect/production.h"
#include "core/project/settings.h"
#include "core/sql/classify.h"
#include "core/sql/position.h"
#include "core/sql/split.h"

#include <QFile>
#include <QLocale>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr qint64 largestSql = qint64(64) * 1024 * 1024;
constexpr qint64 inputPiece = qint64(1) * 1024 * 1024;
constexpr int chunksAhead = 8;
constexpr int rowsPerRead = 8; // nothing is known of their size
constexpr int unlimited = std::numeric_limits<int>::max() / 2;

} // namespace

void QueryCommand::interrupt()
{
    m_interrupted = true;
    if (m_request && !m_request->isFinished())
        m_request->cancel(); // finished(Cancelled) ends the command
    else
        Command::interrupt(); // also where all that is left is a reader who does not read
}

core::Result<QByteArray> QueryCommand::sqlText() const
{
    const std::optional<QString> file = arguments().value(u"file"_s);
    if (file.has_value() == !arguments().operands.isEmpty()) {
        return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                             tr("The SQL is given either as one word or by -f FILE."));
    }
    if (!file)
        return arguments().operands.first().toUtf8();
    if (*file != "-"_L1)
        return core::readBoundedFile(*file, largestSql);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return core::failure(core::ErrorKind::Local, "file.unreadable"_ba, input.errorString(),
                             u"-"_s);
    QByteArray sql;
    // A pipe gives less than asked for long before its end, and one byte too many tells the limit
    // from the end.
    for (QByteArray piece; sql.size() <= largestSql; sql += piece) {
        piece = input.read(std::min(inputPiece, largestSql + 1 - sql.size()));
        if (piece.isEmpty())
            break;
    }
    if (input.error() != QFileDevice::NoError)
        return core::failure(core::ErrorKind::Local, "file.unreadable"_ba, input.errorString(),
                             u"-"_s);
    if (sql.size() > largestSql)
        return core::failure(core::ErrorKind::Local, "file.tooBig"_ba,
                             tr("Standard input holds more than the %1 that are read.")
                                 .arg(QLocale().formattedDataSize(largestSql)),
                             u"-"_s, tr("Run it in parts, or with psql."));
    return sql;
}

/// As in the window: on production a person's text may not run for ever.
std::chrono::milliseconds QueryCommand::timeoutFor(const core::Database &database) const
{
    const core::QuerySettings settings = core::Settings().query();
    const bool production = core::exposureOf(database).exposure == core::Exposure::Production;
    return production ? settings.productionTimeout : settings.statementTimeout;
}

core::Result<QueryCommand::Prepared>
QueryCommand::prepareReading(const core::ConnectionSet &connections,
                             const std::vector<QByteArray> &sql) const
{
    const auto route = connections.routeFor(core::Purpose::Query);
    if (!route)
        return std::unexpected(route.error());
    Prepared prepared{.pooled = route->isShared()};
    prepared.spec.frame = core::Frame::Guarded;
    for (const QByteArray &one : sql) {
        if (prepared.pooled) {
            if (const core::Refusal refusal = core::pooledRefusal(core::classify(one)))
                return std::unexpected(*refusal);
        }
        prepared.spec.statements.push_back({one});
    }
    if (sql.empty())
        return core::failure(core::ErrorKind::Usage, "query.empty"_ba,
                             tr("There is no statement to run."));
    return prepared;
}

core::Result<> QueryCommand::expectRows(core::WritePlan &plan) const
{
    const std::optional<QString> text = arguments().value(u"expect-rows"_s);
    if (!text)
        return {};
    std::vector<qint64> numbers;
    for (const QString &part : text->split(u',')) {
        bool isNumber = false;
        const qulonglong rows = part.trimmed().toULongLong(&isNumber);
        if (!isNumber || rows > qulonglong(std::numeric_limits<qint64>::max())) {
            return std::unexpected(
                usageError(tr("--expect-rows is a number of rows, or several with commas between: "
                              "not “%1”.")
                               .arg(*text)));
        }
        numbers.push_back(qint64(rows));
    }
    return core::expectRows(plan, numbers);
}

core::Result<QueryCommand::Prepared>
QueryCommand::prepareWriting(const core::ConnectionSet &connections,
                             const std::vector<QByteArray> &sql)
{
    auto plan = core::planWriting(sql);
    if (!plan)
        return std::unexpected(plan.error());
    if (const auto expected = expectRows(*plan); !expected)
        return std::unexpected(expected.error());
    const auto route = connections.routeFor(plan->purpose);
    if (!route)
        return std::unexpected(route.error());
    Prepared prepared{.purpose = plan->purpose, .pooled = route->isShared()};
    if (prepared.pooled) {
        if (const std::optional<core::Error> refusal = core::pooledRefusal(*plan))
            return std::unexpected(*refusal);
    }
    const core::Database &database = connections.database();
    auto permit = allowWriting(m_switch, database, arguments());
    if (!permit)
        return std::unexpected(permit.error());
    if (const auto agreed = agreeToHazards(*plan, database, arguments()); !agreed)
        return std::unexpected(agreed.error());
    m_warnings = warningsOf(*plan, database);
    prepared.spec = std::move(plan->spec);
    prepared.spec.permit = *permit;
    return prepared;
}

core::Error QueryCommand::placed(core::Error error, int statement, const QByteArray &sql) const
{
    if (error.server && error.server->position > 0 && statement < int(m_begins.size())) {
        const core::TextPosition at = core::positionOfCharacter(sql, error.server->position,
                                                                m_begins[std::size_t(statement)]);
        error.place = tr("Line %1, column %2.").arg(at.line).arg(at.column) + u' ' + error.place;
    }
    return error;
}

void QueryCommand::lookUp(core::ConnectionSet &connections, const QString &number)
{
    const auto session = connections.session(core::Purpose::Query);
    if (!session)
        return fail(session.error());
    core::lookUpCommit(**session, number.toUtf8())
        .then(this, [this, number](const core::Result<core::CommitFate> &fate) {
            if (!fate)
                return fail(fate.error());
            done(printFate(*fate, number, wantsJson()));
        });
}

void QueryCommand::runOn(core::ConnectionSet &connections)
{
    m_writes = arguments().has(u"write"_s);
    if (const auto number = arguments().value(u"look-up"_s)) {
        if (m_writes || arguments().value(u"file"_s) || !arguments().operands.isEmpty()) {
            return fail(usageError(tr("--look-up asks for a transaction and runs nothing.")));
        }
        return lookUp(connections, *number);
    }
    if (!m_writes && arguments().value(u"expect-rows"_s))
        return fail(usageError(tr("--expect-rows is for what is written: it needs --write.")));
    const auto sql = sqlText();
    if (!sql)
        return fail(sql.error());
    const auto style = rowStyle(arguments());
    if (!style)
        return fail(style.error());
    const core::SqlSplit split = core::splitSql(*sql);
    if (split.hasMetaCommands()) {
        return fail(
            core::failure(
                core::ErrorKind::Usage, "query.metaCommand"_ba,
                tr("The text holds backslash commands of psql, which the server does not know."),
                {}, tr("Leave them out, or run the file with psql."))
                .error());
    }
    std::vector<QByteArray> statements;
    for (const core::SqlPart &part : split.statements()) {
        m_begins.push_back(part.begin);
        statements.push_back(part.of(*sql).toByteArray());
    }
    auto prepared = m_writes ? prepareWriting(connections, statements)
                             : prepareReading(connections, statements);
    if (!prepared)
        return fail(prepared.error());
    sendTo(connections, std::move(*prepared), *sql, *style);
}

void QueryCommand::sendTo(core::ConnectionSet &connections, Prepared prepared,
                          const QByteArray &sql, const RowStyle &style)
{
    prepared.spec.credits = prepared.pooled ? -1 : chunksAhead;
    prepared.spec.rowsPerRead = rowsPerRead;
    prepared.spec.statementTimeout = timeoutFor(connections.database());
    std::optional<core::RowStore::Options> backlog;
    if (prepared.pooled)
        backlog = core::RowStore::Options{.residentBytes = core::Settings().query().resultMemory};
    const core::ExportTarget output{.descriptor = STDOUT_FILENO};
    m_rows = std::make_unique<core::RowDelivery>(
        output, core::RowDelivery::Style{style.format, style.options}, backlog);
    const auto request = connections.send(prepared.purpose, std::move(prepared.spec), this);
    if (!request)
        return fail(request.error());
    m_request = *request;
    follow(*m_rows, sql);
    watch(**request);
}

void QueryCommand::watch(core::Request &request)
{
    connect(&request, &core::Request::columnsKnown, this,
            [this](int statement, const core::Columns &columns) {
                m_current = statement;
                m_rows->begin(columns);
            });
    connect(&request, &core::Request::chunkReady, this,
            [this](int, const core::ChunkPtr &chunk) { m_rows->append(chunk); });
    connect(&request, &core::Request::noticeReceived, this, [](const core::ServerReport &notice) {
        say(u"%1: %2\n"_s.arg(notice.severity, notice.message));
    });
    connect(&request, &core::Request::statementFinished, this,
            [this](int statement, const core::StatementSummary &) {
                m_rows->endRows();
                m_current = statement + 1;
            });
    connect(&request, &core::Request::finished, this,
            [this](const core::Result<core::Summary> &outcome) {
                m_outcome = outcome;
                if (m_interrupted && !outcome)
                    fail(withLookUp(outcome.error(), arguments()));
                else
                    m_rows->end(); // what arrived before an error is shown
            });
}

void QueryCommand::follow(core::RowDelivery &rows, const QByteArray &sql)
{
    connect(&rows, &core::RowDelivery::consumed, this, [this](int chunks) {
        if (m_request)
            m_request->grant(chunks);
    });
    connect(&rows, &core::RowDelivery::unwanted, this, [this] {
        if (!m_request)
            return;
        if (m_writes)
            m_request->grant(unlimited); // nobody reads; it is done all the same
        else
            m_request->cancel(); // the next statements too
    });
    connect(&rows, &core::RowDelivery::ended, this,
            [this, sql](const core::Result<> &delivered) { conclude(delivered, sql); });
}

/// Everything has ended. Of what writes the outcome counts, whoever has read its rows.
void QueryCommand::conclude(const core::Result<> &delivered, const QByteArray &sql)
{
    if (m_writes && m_outcome)
        sayWritten(*m_outcome, m_warnings, wantsJson());
    if (m_writes && !m_outcome)
        fail(withLookUp(placed(m_outcome.error(), m_current, sql), arguments()));
    else if (!delivered)
        fail(delivered.error());
    else if (m_outcome || m_rows->isReaderGone())
        done();
    else
        fail(placed(m_outcome.error(), m_current, sql));
}

core::Result<core::ExportSpec> ExportCommand::spec() const
{
    core::ExportSpec spec;
    const std::optional<QString> query = arguments().value(u"query"_s);
    if (query.has_value() == !arguments().operands.isEmpty()) {
        return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                             tr("Export either a table by NAME or a query by --query SQL."));
    }
    if (query)
        spec.source.query = query->toUtf8();
    else
        spec.source.tableName = arguments().operands.first().toUtf8();
    const QString format =
        arguments().value(u"format"_s).value_or(wantsJson() ? u"json"_s : u"csv"_s);
    const auto known = core::exportFormatNamed(format.toUtf8());
    if (!known || *known == core::ExportFormat::Table) {
        return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                             tr("There is no export format “%1”.").arg(format), {},
                             tr("It is one of csv, json, jsonl and tsv."));
    }
    spec.format = *known;
    spec.options.header = !arguments().has(u"no-header"_s);
    const auto file = arguments().value(u"output"_s);
    if (file && file->isEmpty()) {
        return core::failure(core::ErrorKind::Usage, "cli.usage"_ba,
                             tr("--output needs the name of a file."));
    }
    if (file)
        spec.target.path = *file;
    else
        spec.target.descriptor = STDOUT_FILENO;
    return spec;
}

void ExportCommand::interrupt()
{
    if (m_job)
        m_job->cancel();
    else
        Command::interrupt();
}

void ExportCommand::runOn(core::ConnectionSet &connections)
{
    const auto asked = spec();
    if (!asked)
        return fail(asked.error());
    const auto session = connections.session(core::Purpose::Export);
    if (!session)
        return fail(session.error());
    m_job = std::make_unique<core::ExportJob>(**session, *asked);
    connect(m_job.get(), &core::ExportJob::finished, this,
            [this](const core::Result<core::ExportSummary> &outcome) {
                if (!outcome)
                    return fail(outcome.error());
                if (!outcome->path.isEmpty())
                    say(tr("Written to %1, %2 rows.", nullptr, int(outcome->rows))
                            .arg(outcome->path)
                            .arg(outcome->rows)
                        + u'\n');
                done();
            });
    m_job->start();
}

} // namespace cli
