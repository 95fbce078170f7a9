// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/querycommand.h"

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
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

constexpr qint64 largestSql = qint64(64) * 1024 * 1024;
constexpr qint64 inputPiece = qint64(1) * 1024 * 1024;
constexpr int chunksAhead = 8;
constexpr int rowsPerRead = 8; // nothing is known of their size

} // namespace

void QueryCommand::interrupt()
{
    if (m_request)
        m_request->cancel(); // finished(Cancelled) ends the command
    else
        Command::interrupt();
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

core::Result<core::RequestSpec> QueryCommand::requestFor(const QByteArray &sql, bool pooled) const
{
    core::RequestSpec spec;
    spec.frame = core::Frame::Guarded;
    spec.credits = pooled ? -1 : chunksAhead;
    spec.rowsPerRead = rowsPerRead;
    const core::SqlSplit split = core::splitSql(sql);
    if (split.hasMetaCommands()) {
        return core::failure(
            core::ErrorKind::Usage, "query.metaCommand"_ba,
            tr("The text holds backslash commands of psql, which the server does not know."), {},
            tr("Leave them out, or run the file with psql."));
    }
    for (const core::SqlPart &part : split.statements()) {
        const QByteArray one = part.of(sql).toByteArray();
        if (pooled) {
            if (const core::Refusal refusal = core::pooledRefusal(core::classify(one)))
                return std::unexpected(*refusal);
        }
        spec.statements.push_back({one});
    }
    if (spec.statements.empty())
        return core::failure(core::ErrorKind::Usage, "query.empty"_ba,
                             tr("There is no statement to run."));
    return spec;
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

void QueryCommand::runOn(core::ConnectionSet &connections)
{
    const auto sql = sqlText();
    if (!sql)
        return fail(sql.error());
    const auto style = rowStyle(arguments());
    if (!style)
        return fail(style.error());
    const auto route = connections.routeFor(core::Purpose::Query);
    if (!route)
        return fail(route.error());
    auto spec = requestFor(*sql, route->endpoint.role == core::EndpointRole::Pooled);
    if (!spec)
        return fail(spec.error());
    spec->statementTimeout = timeoutFor(connections.database());
    for (const core::SqlPart &part : core::splitSql(*sql).statements())
        m_begins.push_back(part.begin);
    m_printer = std::make_unique<RowPrinter>(*style);
    const auto request = connections.send(core::Purpose::Query, std::move(*spec), this);
    if (!request)
        return fail(request.error());
    m_request = *request;
    watch(**request, *sql);
}

void QueryCommand::watch(core::Request &request, const QByteArray &sql)
{
    connect(&request, &core::Request::columnsKnown, this,
            [this](int statement, const core::Columns &columns) {
                m_current = statement;
                if (!columns.empty())
                    m_printer->begin(columns);
            });
    connect(&request, &core::Request::chunkReady, this, [this](int, const core::ChunkPtr &chunk) {
        if (chunk->columnCount() > 0)
            m_printer->append(*chunk);
        if (!m_request)
            return;
        if (m_printer->isWanted())
            m_request->grant(1);
        else
            m_request->cancel();
    });
    connect(&request, &core::Request::noticeReceived, this, [](const core::ServerReport &notice) {
        say(u"%1: %2\n"_s.arg(notice.severity, notice.message));
    });
    connect(&request, &core::Request::statementFinished, this,
            [this](int statement, const core::StatementSummary &) {
                m_printer->finish();
                m_current = statement + 1;
                if (m_request && !m_printer->isWanted())
                    m_request->cancel(); // the next ones
            });
    connect(&request, &core::Request::finished, this,
            [this, sql](const core::Result<core::Summary> &outcome) {
                m_printer->finish(); // what arrived before an error is shown
                if (outcome || !m_printer->isWanted())
                    done();
                else
                    fail(placed(outcome.error(), m_current, sql));
            });
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
    if (const auto file = arguments().value(u"output"_s))
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
