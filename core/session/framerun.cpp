// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/framerun.h"

#include "core/pq/pgerror.h"
#include "core/session/sessionerrors.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int noticesSent = 1000;
/// PgBouncer's query_wait_timeout, after which it speaks itself.
constexpr auto poolerQueue = std::chrono::seconds(120);
/// How long rows of a running statement may wait for others to fill their chunk: nobody sees that.
constexpr auto gatherTime = std::chrono::milliseconds(20);

std::chrono::microseconds elapsed(const QElapsedTimer &timer)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(timer.durationElapsed());
}

} // namespace

FrameRun::FrameRun(Link *link, RequestSpec spec, const SessionConfig &config, QObject *parent)
    : QObject(parent)
    , m_link(link)
    , m_spec(std::move(spec))
    , m_stallTimeout(config.stallTimeout)
    , m_pooled(config.pooled)
    , m_ownServer(config.ownServer)
{
    m_spec.rowsPerChunk = std::max(m_spec.rowsPerChunk, 1);
    if (m_spec.rowsPerRead <= 0)
        m_spec.rowsPerRead = m_spec.rowsPerChunk;
    // A pooled server must not wait for us: others wait for it.
    if (m_spec.credits >= 0 && !m_pooled)
        m_credits = m_spec.credits;
    // The server checks what it sends against client_encoding even where the database promises no
    // encoding at all; bytes are shown as bytes there.
    if (QByteArrayView(PQparameterStatus(conn(), "server_encoding")) == "SQL_ASCII")
        m_spec.settings.emplace_back("client_encoding"_ba, "SQL_ASCII"_ba);
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherTime);
    connect(&m_gather, &QTimer::timeout, this, [this] {
        (void)keepRest();
        advance();
    });
    m_total.start();
    m_link->expectReply();
    m_link->setNoticeSink([this](const PGresult *notice) { noteNotice(notice); });
}

FrameRun::~FrameRun() = default;

void FrameRun::advance()
{
    if (m_advancing || m_ended)
        return;
    {
        // A slot of our signals may grant or cancel; the loop below sees it.
        const QScopedValueRollback guard(m_advancing, true);
        while (!m_ended && step()) {
        }
    }
    sendNotices();
}

bool FrameRun::step()
{
    if (!m_ready.empty())
        return handOut();
    if (m_copying)
        return readCopy();
    // Nothing was asked, so nothing is answered: PQgetResult would give null for ever, and the
    // cancel that is waited for lives in this thread.
    if (m_sendingWaits && !m_link->isBad())
        return false;
    if (!m_next && PQisBusy(conn()) != 0 && !m_link->isBad())
        return sendFirstRows();
    PgResultHandle result = m_next ? std::move(m_next) : PgResultHandle(PQgetResult(conn()));
    // PQresultStatus(nullptr) is PGRES_FATAL_ERROR too.
    const bool isError = result && PQresultStatus(result.get()) == PGRES_FATAL_ERROR;
    const bool isRows = PQresultStatus(result.get()) == PGRES_TUPLES_CHUNK;
    // Rows go out before the end of their statement, or of everything.
    if (!isRows && (result || m_link->isBad()) && keepRest()) {
        m_next = std::move(result);
        return true;
    }
    if (m_link->isBad() && (!result || isError)) {
        lose(result.get());
        return false;
    }
    if (result) {
        m_link->markHeard();
        if (!isError && !std::exchange(m_answered, true))
            emit latencyMeasured(elapsed(m_total));
    }
    if (isError) {
        failWith(result.get());
        if (m_error->sessionLost) {
            end(false);
            return false;
        }
    }
    take(std::move(result));
    return true;
}

bool FrameRun::readCopy()
{
    char *buffer = nullptr;
    const int length = PQgetCopyData(conn(), &buffer, 1);
    const PgTextHandle owned(buffer);
    if (length == 0) {
        if (!m_link->isBad())
            return sendFirstRows();
        if (keepRest())
            return true;
        lose(nullptr);
        return false;
    }
    if (length < 0) { // the end or an error: PQgetResult says which
        m_copying = false;
        (void)keepRest();
        return true;
    }
    if (m_discarding || m_reader->hugeCell())
        return true;
    QByteArrayView line(buffer, length);
    if (!m_copyIsBinary && line.endsWith('\n'))
        line.chop(1);
    noteFirstRow();
    keep(m_reader->copyLine(line));
    refuseHugeCell();
    return true;
}

/// Nothing more can be read now. The first rows of a statement are waited for; later ones gather
/// into a chunk, but not for long.
bool FrameRun::sendFirstRows()
{
    if (!m_reader || !m_reader->holdsRows())
        return false;
    if (m_summary.rows == 0)
        return keepRest();
    if (!m_gather.isActive())
        m_gather.start();
    return false;
}

bool FrameRun::handOut()
{
    if (m_discarding) {
        m_ready.clear();
        return true;
    }
    if (m_credits && *m_credits <= 0) {
        m_paused = true;
        m_link->setReading(false);
        return false;
    }
    if (m_credits)
        --*m_credits;
    const ChunkPtr chunk = std::move(m_ready.front());
    m_ready.pop_front();
    m_summary.rows += chunk->rowCount();
    sendNotices();
    emit chunkReady(m_index, chunk);
    return true;
}

void FrameRun::grant(int chunks)
{
    if (!m_credits)
        return;
    *m_credits += chunks;
    resume();
}

void FrameRun::cancel()
{
    m_cancelled = true;
    m_discarding = true;
    resume();
}

void FrameRun::resume()
{
    if (std::exchange(m_paused, false))
        m_link->setReading(true);
    advance();
}

void FrameRun::releaseSending()
{
    m_sendingHeld = false;
    if (std::exchange(m_sendingWaits, false))
        proceed();
}

std::chrono::milliseconds FrameRun::patience() const
{
    return hasServer() ? m_stallTimeout : m_stallTimeout + poolerQueue;
}

QByteArrayList FrameRun::namedSettings() const
{
    QByteArrayList names;
    for (const QString &name : m_knownSettings)
        names << name.toUtf8();
    for (const Statement &statement : m_spec.statements)
        names += statement.settings;
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return names;
}

void FrameRun::noteFound(const QByteArray &inventory)
{
    if (m_found.isEmpty())
        m_found = inventory;
}

bool FrameRun::isShared(int backendPid) const
{
    return m_pooled || (!m_ownServer && backendPid != PQbackendPID(conn()));
}

bool FrameRun::maySend()
{
    m_sendingWaits = m_sendingHeld;
    return !m_sendingHeld;
}

bool FrameRun::sendStatement(const Statement &statement)
{
    std::vector<const char *> values;
    std::vector<int> lengths;
    std::vector<::Oid> types;
    for (const std::optional<QByteArray> &value : statement.parameters) {
        values.push_back(value ? value->constData() : nullptr);
        lengths.push_back(value ? int(value->size()) : 0);
    }
    for (const Oid type : statement.parameterTypes)
        types.push_back(number(type));
    types.resize(values.size(), 0);
    return PQsendQueryParams(conn(), statement.sql.constData(), int(values.size()), types.data(),
                             values.data(), lengths.data(), nullptr, 0)
           == 1;
}

bool FrameRun::sendText(const QByteArray &sql)
{
    if (PQsendQuery(conn(), sql.constData()) == 0) {
        abandon(resultError(nullptr, conn(), m_link->place()));
        return false;
    }
    m_link->flush();
    return true;
}

bool FrameRun::sendNextStatement(bool isAlone)
{
    beginStatement();
    if (!sendStatement(m_spec.statements[std::size_t(m_index)])) {
        abandon(resultError(nullptr, conn(), m_link->place()));
        return false;
    }
    PQsetChunkedRowsMode(conn(), m_spec.rowsPerRead);
    if (isAlone)
        m_link->flush();
    return true;
}

void FrameRun::beginStatement()
{
    ++m_index;
    m_summary = {};
    m_reader.reset();
    m_columns.clear();
    m_statementTime.start();
}

void FrameRun::takeOfStatement(const PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_TUPLES_CHUNK:
    case PGRES_TUPLES_OK:
        takeRows(result);
        noteTag(result);
        break;
    case PGRES_COMMAND_OK:
        noteTag(result);
        break;
    case PGRES_EMPTY_QUERY:
    case PGRES_FATAL_ERROR: // already noted
        break;
    case PGRES_COPY_OUT:
        openReader(copyColumns());
        m_copyIsBinary = PQbinaryTuples(result) != 0;
        m_copying = true;
        break;
    case PGRES_COPY_IN:
        fail(copyFromStdinError(m_link->place()));
        PQputCopyEnd(conn(), "no data: the statement was typed into a query");
        m_link->flush();
        break;
    default: // COPY_BOTH and what only replication or a broken server sends
        fail(copyUnsupportedError(m_link->place()));
        end(false);
        break;
    }
}

void FrameRun::noteTag(const PGresult *result)
{
    // In chunked mode libpq writes it on the last rows, and the empty TUPLES_OK after them has
    // none.
    const QByteArray tag = PQcmdStatus(const_cast<PGresult *>(result));
    if (!tag.isEmpty())
        m_summary.commandTag = tag;
}

void FrameRun::takeRows(const PGresult *result)
{
    if (!m_reader)
        openReader(columnsOf(result));
    if (m_discarding || m_reader->hugeCell())
        return;
    if (PQntuples(result) > 0)
        noteFirstRow();
    for (ChunkPtr &chunk : m_reader->rows(result))
        keep(std::move(chunk));
    // Only a chunk may be followed by more rows.
    if (PQresultStatus(result) != PGRES_TUPLES_CHUNK || m_reader->hugeCell())
        (void)keepRest();
    refuseHugeCell();
}

void FrameRun::openReader(const Columns &columns)
{
    m_columns = columns;
    m_reader.emplace(int(columns.size()), m_spec.rowsPerChunk, m_spec.largestCell);
    if (!m_discarding)
        emit columnsKnown(m_index, m_columns);
}

void FrameRun::noteFirstRow()
{
    if (m_summary.toFirstRow.count() == 0)
        m_summary.toFirstRow = elapsed(m_statementTime);
}

void FrameRun::keep(ChunkPtr chunk)
{
    if (chunk)
        m_ready.push_back(std::move(chunk));
}

bool FrameRun::keepRest()
{
    ChunkPtr rest = m_reader ? m_reader->rest() : nullptr;
    const bool was = rest != nullptr;
    keep(std::move(rest));
    return was;
}

void FrameRun::refuseHugeCell()
{
    m_largestSeen = std::max(m_largestSeen, m_reader->largestSeen());
    if (!m_reader->hugeCell() || m_error)
        return;
    fail(cellTooBigError(*m_reader->hugeCell(), m_columns, m_spec.largestCell, m_link->place()));
    // Rows before it are handed out; what follows is not wanted.
    emit stopWanted();
}

void FrameRun::finishStatement()
{
    m_summary.total = elapsed(m_statementTime);
    m_result.statements.push_back(m_summary);
    sendNotices();
    emit statementFinished(m_index, m_summary);
}

void FrameRun::noteFacts(const FrameFacts &facts)
{
    m_result.backendPid = facts.backendPid;
    emit identified(facts);
}

void FrameRun::fail(Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

void FrameRun::failWith(const PGresult *result)
{
    Error error = resultError(result, conn(), m_link->place());
    // dblink and foreign tables raise class 08 too; ours ends only with FATAL, or with the end of
    // the stream.
    const bool fromStatement = error.server && error.server->severity == "ERROR"_L1
                               && error.server->sqlState.startsWith("08");
    if (fromStatement && !m_link->isBad())
        error.sessionLost = false;
    // In a pipeline nobody here sees when a statement begins: the first answers may come with the
    // last.
    const bool isAlone = m_spec.frame != Frame::Pipelined && m_statementTime.isValid();
    const auto spent = isAlone ? m_statementTime.durationElapsed() : m_total.durationElapsed();
    fail(withCause(std::move(error), m_spec,
                   std::chrono::duration_cast<std::chrono::milliseconds>(spent)));
}

void FrameRun::lose(const PGresult *result)
{
    // A server that ends says why in a first result and libpq that the stream ended in a second:
    // the first one counts.
    fail(result != nullptr ? resultError(result, conn(), m_link->place())
                           : lostError(conn(), m_link->place()));
    m_error->sessionLost = true;
    end(false);
}

Result<Summary> FrameRun::outcome() const
{
    if (m_settled)
        return m_result;
    if (m_error && m_error->sessionLost) {
        // Even for who has cancelled: what is unknown must be said.
        const Error meaning = meaningOf(*m_error);
        if (!m_cancelled || meaning.kind == ErrorKind::Unknown)
            return std::unexpected(meaning);
    }
    if (m_cancelled)
        return std::unexpected(cancelledError(m_link->place(), !m_linkUsable));
    if (m_error)
        return std::unexpected(*m_error);
    return m_result;
}

Result<Summary> FrameRun::abandoned(const Error &reason) const
{
    if (m_settled)
        return m_result;
    return std::unexpected(meaningOf(reason));
}

void FrameRun::updateHeld(HeldState &held) const
{
    Q_UNUSED(held)
}

void FrameRun::end(bool linkUsable)
{
    if (std::exchange(m_ended, true))
        return;
    m_linkUsable = linkUsable;
    m_result.total = elapsed(m_total);
    sendNotices();
    m_link->setNoticeSink({});
    if (m_noticeCount > noticesSent)
        emit noticesDropped(m_noticeCount - noticesSent);
    emit ended();
}

void FrameRun::abandon(Error error)
{
    fail(std::move(error));
    end(false);
}

void FrameRun::noteNotice(const PGresult *notice)
{
    // Between two commands libpq takes a server's last words for a notice.
    if (isLastWord(notice))
        fail(serverError(serverReport(notice), m_link->place()));
    if (!wantsNotices())
        return;
    if (++m_noticeCount <= noticesSent)
        m_notices.append(serverReport(notice));
}

void FrameRun::sendNotices()
{
    if (!m_notices.isEmpty())
        emit noticesReceived(std::exchange(m_notices, {}));
}

} // namespace core
