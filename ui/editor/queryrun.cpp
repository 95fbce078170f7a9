// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/queryrun.h"

#include "core/sql/classify.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int chunksAhead = 8;
// Nothing is known of the rows: one may be a megabyte, and the next may take a second.
constexpr int rowsPerRead = 8;

} // namespace

QueryRun::QueryRun(core::OpenDatabase &database, QByteArray text, std::vector<core::SqlPart> parts,
                   QObject *parent)
    : QObject(parent)
    , m_database(database)
    , m_text(std::move(text))
    , m_parts(std::move(parts))
{
}

QueryRun::QueryRun(core::OpenDatabase &database, QByteArray text, std::vector<core::SqlPart> parts,
                   Writing writing, QObject *parent)
    : QueryRun(database, std::move(text), std::move(parts), parent)
{
    m_writing = std::move(writing);
}

QueryRun::~QueryRun() = default;

QString QueryRun::fateWords() const
{
    const QString rolledBack = tr("The transaction was rolled back.");
    if (!m_writing)
        return rolledBack;
    const QString committed = tr("The transaction was committed.");
    const core::RequestSpec &how = m_writing->plan.spec;
    if (how.frame == core::Frame::Writing)
        return m_summary.committed ? committed : rolledBack;
    bool inside = how.transaction != core::TransactionNumber::None;
    QByteArray tag;
    for (const Result &result : m_results) {
        if (!result.finished)
            break;
        inside = result.summary.inTransaction;
        tag = result.summary.commandTag;
    }
    if (m_cancelled) {
        return inside ? tr("The open transaction can only be rolled back now.")
                      : tr("What was cancelled has changed nothing; what ran before it is kept.");
    }
    if (!inside && (tag == "COMMIT" || tag == "ROLLBACK"))
        return tag == "COMMIT" ? committed : rolledBack;
    return inside ? tr("It is part of the open transaction.") : tr("It took effect by itself.");
}

QByteArray QueryRun::sentText() const
{
    QByteArrayList statements;
    for (const core::SqlPart &part : m_parts)
        statements << part.of(m_text).toByteArray();
    return statements.join("; ");
}

/// The permit is looked at again right before anything is sent: its time may be over.
std::optional<core::Error> QueryRun::writingRefusal() const
{
    if (!m_writing || m_writing->permit.holds())
        return std::nullopt;
    core::Error error;
    error.kind = core::ErrorKind::Consent;
    error.id = "write.over";
    error.message = tr("Writing is not on any more; nothing was run.");
    error.advice = tr("Turn it on again and run the statement once more.");
    return error;
}

std::optional<core::Error> QueryRun::refusal(bool pooled) const
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    if (m_parts.empty()) {
        error.id = "query.empty";
        error.message = tr("There is no statement to run.");
        return error;
    }
    for (const core::SqlPart &part : m_parts) {
        if (part.kind != core::SqlPart::Kind::Statement) {
            error.id = "query.metaCommand";
            error.message =
                tr("The text holds a backslash command of psql, which the server does not know.");
            error.place = QString::fromUtf8(part.of(m_text).left(60));
            error.advice = tr("Leave it out, or run the file with psql.");
            return error;
        }
        if (!pooled)
            continue;
        if (const core::Refusal refused = core::pooledRefusal(core::classify(part.of(m_text))))
            return refused;
    }
    return std::nullopt;
}

std::chrono::milliseconds QueryRun::limitOf(const core::QuerySettings &settings,
                                            core::Exposure exposure)
{
    return exposure == core::Exposure::Production ? settings.productionTimeout
                                                  : settings.statementTimeout;
}

/// Which limit it was, and where it is set.
QString QueryRun::limitAdvice() const
{
    return m_database.exposure().exposure == core::Exposure::Production
               ? tr("It is the limit for statements on production databases, "
                    "query/productionTimeoutMs in settings.ini.")
               : tr("It is the limit for statements you run, query/statementTimeoutMs in "
                    "settings.ini.");
}

core::RequestSpec QueryRun::spec(bool pooled) const
{
    core::RequestSpec spec;
    if (m_writing) {
        spec = m_writing->plan.spec;
        spec.permit = m_writing->permit;
    } else {
        spec.frame = core::Frame::Guarded;
    }
    spec.credits = pooled ? -1 : chunksAhead;
    spec.rowsPerRead = rowsPerRead;
    spec.statementTimeout = limitOf(m_settings, m_database.exposure().exposure);
    if (m_writing)
        return spec; // the plan has the statements
    for (const core::SqlPart &part : m_parts)
        spec.statements.push_back({part.of(m_text).toByteArray()});
    return spec;
}

void QueryRun::start()
{
    m_running = true;
    m_clock.start();
    const core::Purpose purpose = m_writing ? m_writing->plan.purpose : core::Purpose::Query;
    const auto route = m_database.connections().routeFor(purpose);
    const bool pooled = route && route->isShared();
    std::optional<core::Error> error = route ? refusal(pooled) : std::optional(route.error());
    if (!error)
        error = writingRefusal();
    if (!error) {
        auto request = m_database.connections().send(purpose, spec(pooled));
        if (request) {
            m_request.reset(*request);
            return watch();
        }
        error = request.error();
    }
    // Like every other outcome, from the event loop.
    QTimer::singleShot(0, this, [this, error = *error] {
        fail(error, 0);
        end();
    });
}

void QueryRun::watch()
{
    core::Request *request = m_request.get();
    connect(request, &core::Request::started, this, &QueryRun::started);
    connect(request, &core::Request::columnsKnown, this, &QueryRun::beginRows);
    connect(request, &core::Request::chunkReady, this, [this](int, const core::ChunkPtr &chunk) {
        if (!m_results.empty() && m_results.back().rows)
            m_results.back().rows->append(chunk);
    });
    connect(request, &core::Request::noticeReceived, this, &QueryRun::noticeReceived);
    connect(
        request, &core::Request::statementFinished, this,
        [this](int statement, const core::StatementSummary &summary) {
            if (int(m_results.size()) <= statement)
                m_results.push_back(
                    {nullptr, m_parts[std::size_t(statement)].of(m_text).toByteArray(), {}, false});
            Result &result = m_results.back();
            result.summary = summary;
            result.finished = true;
            if (result.rows)
                result.rows->finish();
            m_statement = statement + 1;
            emit statementEnded(int(m_results.size()) - 1);
        });
    connect(request, &core::Request::finished, this,
            [this](const core::Result<core::Summary> &outcome) {
                if (outcome)
                    m_summary = *outcome;
                else
                    fail(outcome.error(), m_statement);
                end();
            });
}

void QueryRun::beginRows(int statement, const core::Columns &columns)
{
    auto rows = std::make_shared<core::StoredSource>(std::make_shared<core::RowStore>());
    rows->setColumns(columns);
    connect(rows.get(), &core::StoredSource::consumed, this, [this](int chunks) {
        if (m_request)
            m_request->grant(chunks);
    });
    connect(rows.get(), &core::StoredSource::cancelRequested, this, &QueryRun::cancel);
    m_results.push_back(
        {rows, m_parts[std::size_t(statement)].of(m_text).toByteArray(), {}, false});
    emit rowsBegan(int(m_results.size()) - 1);
}

void QueryRun::fail(const core::Error &error, int statement)
{
    m_cancelled = error.kind == core::ErrorKind::Cancelled;
    if (!m_results.empty() && m_results.back().rows && !m_results.back().finished)
        m_results.back().rows->fail(error);
    Failure failure;
    failure.error = error;
    if (error.id == "statement.timeout")
        failure.error.advice = limitAdvice();
    const bool known = statement < int(m_parts.size());
    if (known && error.server && error.server->position > 0) {
        const core::SqlPart &part = m_parts[std::size_t(statement)];
        failure.at = core::positionOfCharacter(m_text, error.server->position, part.begin);
        failure.begin = int(failure.at.byte);
        failure.end = int(core::endOfToken(m_text, failure.at.byte));
    } else if (known && error.server) {
        const core::SqlPart &part = m_parts[std::size_t(statement)];
        failure.at = core::positionOfByte(m_text, part.begin);
    }
    m_failure = failure;
}

void QueryRun::end()
{
    m_running = false;
    emit ended();
}

void QueryRun::cancel()
{
    if (m_request && m_running)
        m_request->cancel();
}

void QueryRun::drop()
{
    if (m_request && m_running)
        m_request->drop();
}

} // namespace ui
