// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/plainrun.h"

#include "core/pq/pgerror.h"
#include "core/pq/quoting.h"
#include "core/session/sessionerrors.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

/// What a living connection gets to answer the question whether it lives.
constexpr std::chrono::milliseconds answerTime = 3s;

constexpr auto holdName = "sluice_hold";

RequestSpec withoutFrame(RequestSpec spec)
{
    spec.lockTimeout = 0ms; // not set by us, so not ours to explain
    std::erase_if(spec.settings,
                  [](const auto &setting) { return setting.first != "search_path"; });
    return spec;
}

/// Once a connection, so that a person's RESET stays one; not in a server process that turns out to
/// be another than the one that let us in (`ownPid`, 0 = whichever).
QByteArray searchPathText(const RequestSpec &spec, const QByteArray &found, int ownPid)
{
    const auto setting = std::ranges::find(spec.settings, "search_path"_ba,
                                           &std::pair<QByteArray, QByteArray>::first);
    if (setting == spec.settings.end() || found.contains("[\"search_path\","))
        return {};
    const QByteArray value = quotedLiteral(QByteArrayView(setting->second)).value_or("''"_ba);
    const QByteArray sets = "pg_catalog.set_config('search_path', " + value + ", false)";
    return ownPid == 0 ? ", " + sets
                       : ", CASE WHEN pg_catalog.pg_backend_pid() = " + QByteArray::number(ownPid)
                             + " THEN " + sets + " END";
}

} // namespace

PlainRun::PlainRun(Link *link, const RequestSpec &spec, const SessionConfig &config,
                   QObject *parent)
    : FrameRun(link, withoutFrame(spec), config, parent)
{
    m_limit.setSingleShot(true);
    // A coarse one may fire a second early, and what the server says then would not be explained.
    m_limit.setTimerType(Qt::PreciseTimer);
    connect(&m_limit, &QTimer::timeout, this, &FrameRun::stopWanted);
}

void PlainRun::start()
{
    m_before = PQtransactionStatus(conn());
    if (statementCount() == 0) {
        sendPhase(Phase::Question, ""_ba); // allowed everywhere, even in a failed transaction
        return;
    }
    if (m_before != PQTRANS_IDLE) {
        proceed();
        return;
    }
    QByteArray text = factsText();
    // As in the frames: the bytes of a database without an encoding are shown as bytes.
    if (QByteArrayView(PQparameterStatus(conn(), "server_encoding")) == "SQL_ASCII")
        text += ", pg_catalog.set_config('client_encoding', 'SQL_ASCII', false)";
    const QByteArray path = searchPathText(spec(), found(), isShared(0) ? PQbackendPID(conn()) : 0);
    if (!path.isEmpty())
        setFound({}); // nothing is held yet, and this is not a person's
    text += path;
    if (found().isEmpty())
        text += "; " + inventoryText();
    sendPhase(Phase::Question, text);
}

std::chrono::milliseconds PlainRun::silenceLimit() const
{
    if (statementCount() == 0)
        return std::min(patience(), answerTime);
    // A release may be a COMMIT, which checks deferred constraints and waits for standbys.
    if (m_phase != Phase::Statement && m_phase != Phase::Release)
        return patience();
    if (spec().statementTimeout.count() == 0)
        return {};
    return spec().statementTimeout + patience();
}

void PlainRun::take(PgResultHandle result)
{
    switch (m_phase) {
    case Phase::Question:
        if (result)
            takeFacts(result.get());
        else if (maySend())
            proceed();
        break;
    case Phase::Hold:
        if (!result && maySend())
            proceed();
        break;
    case Phase::Statement:
        if (result)
            takeOfStatement(result.get());
        else
            statementEnded();
        break;
    case Phase::Number:
        if (result)
            takeNumber(result.get());
        else if (maySend())
            proceed();
        break;
    case Phase::Release:
        if (!result)
            holdReleased();
        break;
    case Phase::Inventory:
        if (!result)
            end(true);
        else if (PQresultStatus(result.get()) == PGRES_TUPLES_OK)
            m_inventory = QByteArray(PQgetvalue(result.get(), 0, 0));
        break;
    }
}

void PlainRun::takeFacts(const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return;
    if (QByteArrayView(PQfname(result, 0)) == "inventory") {
        noteFound(PQgetvalue(result, 0, 0));
        return;
    }
    const FrameFacts facts = frameFacts(result);
    noteFacts(facts);
    const QByteArray &wanted = spec().database;
    if (isShared(facts.backendPid))
        fail(plainNeedsDirectError(link()->place()));
    else if (!wanted.isEmpty() && facts.database != wanted)
        fail(otherDatabaseError(facts.database, wanted, link()->place()));
}

void PlainRun::takeNumber(const PGresult *result)
{
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        m_number = PQgetvalue(result, 0, 0);
}

void PlainRun::proceed()
{
    const bool stops = hasFailed() || isCancelled();
    if (m_hold == Hold::Ran || (m_hold == Hold::Begun && stops))
        releaseHold();
    else if (stops || statementIndex() + 1 >= statementCount())
        finish();
    else if (m_hold == Hold::None && needsHold())
        beginHold();
    else
        sendNext();
}

void PlainRun::sendNext()
{
    const bool commits = nextStatement().effect == Effect::Commits;
    const bool asks = commits && !std::exchange(m_numberAsked, false);
    if (asks && PQtransactionStatus(conn()) == PQTRANS_INTRANS) {
        m_numberAsked = true;
        sendPhase(Phase::Number, "SELECT pg_catalog.pg_current_xact_id_if_assigned()"_ba);
    } else {
        sendStatement();
    }
}

void PlainRun::sendStatement()
{
    if (m_hold == Hold::None)
        m_before = PQtransactionStatus(conn());
    m_keeps = true;
    if (!sendNextStatement())
        return;
    m_phase = Phase::Statement;
    if (spec().statementTimeout.count() > 0)
        m_limit.start(spec().statementTimeout);
}

void PlainRun::statementEnded()
{
    m_limit.stop();
    checkRows();
    if (m_hold == Hold::None) {
        statementSettled();
        return;
    }
    m_hold = Hold::Ran;
    if (maySend())
        proceed();
}

void PlainRun::checkRows()
{
    const std::optional<qint64> expected =
        spec().statements[std::size_t(statementIndex())].expectedRows;
    const std::optional<qint64> found = changedRows(commandTag());
    if (!expected || found == expected || hasFailed())
        return;
    const LeftOfRun left = m_before == PQTRANS_INTRANS ? LeftOfRun::OpenTransaction
                           : statementIndex() > 0      ? LeftOfRun::Earlier
                                                       : LeftOfRun::Nothing;
    fail(otherRowsError(*expected, found, left, statementIndex() == 0, link()->place()));
}

const Statement &PlainRun::nextStatement() const
{
    return spec().statements[std::size_t(statementIndex() + 1)];
}

bool PlainRun::leavesNothing() const
{
    return statementIndex() >= 0 && spec().statements[std::size_t(statementIndex())].leavesNothing;
}

/// In a failed transaction the server refuses the statement itself.
bool PlainRun::needsHold() const
{
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    return status == PQTRANS_INTRANS ? nextStatement().expectedRows || nextStatement().leavesNothing
                                     : status == PQTRANS_IDLE && nextStatement().expectedRows;
}

void PlainRun::beginHold()
{
    m_before = PQtransactionStatus(conn());
    m_hold = Hold::Begun;
    QByteArray hold = m_before == PQTRANS_IDLE ? "BEGIN"_ba : "SAVEPOINT "_ba + holdName;
    if (nextStatement().leavesNothing)
        hold += "; SET TRANSACTION READ ONLY"; // until the savepoint is returned to
    sendPhase(Phase::Hold, hold);
}

/// A statement that an error or a cancel ended has failed a person's transaction, as it always
/// does.
void PlainRun::releaseHold()
{
    const bool ranWell = m_hold == Hold::Ran && !hasFailed() && !isCancelled();
    const bool returns =
        PQtransactionStatus(conn()) == PQTRANS_INTRANS || (m_hold == Hold::Ran && leavesNothing());
    m_keeps = ranWell && !leavesNothing();
    const QByteArray release = "RELEASE SAVEPOINT "_ba + holdName;
    if (m_before == PQTRANS_IDLE)
        sendPhase(Phase::Release, m_keeps ? "COMMIT"_ba : "ROLLBACK"_ba);
    else if (m_keeps)
        sendPhase(Phase::Release, release);
    else if (returns)
        sendPhase(Phase::Release, "ROLLBACK TO SAVEPOINT "_ba + holdName + "; " + release);
    else
        holdReleased();
}

void PlainRun::holdReleased()
{
    if (std::exchange(m_hold, Hold::None) == Hold::Ran)
        statementSettled();
    else if (maySend())
        proceed();
}

/// What it did stays, or is gone.
void PlainRun::statementSettled()
{
    noteTransaction();
    if (!hasFailed() && !isCancelled())
        finishStatement();
    // A cancel that came too late for what changes has changed nothing; rows it threw away are
    // missing.
    const bool last = statementIndex() + 1 >= statementCount();
    if (last && !hasFailed() && (!isCancelled() || (m_keeps && effect() != Effect::Reads)))
        settle();
    m_number.clear();
    if (maySend())
        proceed();
}

/// What the statement made of the transaction it found.
void PlainRun::noteTransaction()
{
    const PGTransactionStatusType now = PQtransactionStatus(conn());
    const bool inside = now == PQTRANS_INTRANS || now == PQTRANS_INERROR;
    const bool wasInside = m_before == PQTRANS_INTRANS || m_before == PQTRANS_INERROR;
    // COMMIT AND CHAIN: another one, though the status is the same.
    const bool chained = wasInside && inside && commandTag() == "COMMIT";
    if (inside != wasInside || chained) {
        m_changed = true;
        m_inTransaction = 0;
    } else if (inside && !hasFailed() && m_keeps) {
        ++m_inTransaction;
    }
    statementSummary().inTransaction = inside;
}

Effect PlainRun::effect() const
{
    return statementIndex() < 0 ? Effect::Reads
                                : spec().statements[std::size_t(statementIndex())].effect;
}

void PlainRun::sendPhase(Phase phase, const QByteArray &sql)
{
    if (sendText(sql))
        m_phase = phase;
}

void PlainRun::finish()
{
    m_limit.stop();
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    if (status == PQTRANS_IDLE && statementIndex() >= 0)
        sendPhase(Phase::Inventory, inventoryText(namedSettings()));
    else
        end(status == PQTRANS_IDLE || status == PQTRANS_INTRANS || status == PQTRANS_INERROR);
}

Error PlainRun::meaningOf(const Error &loss) const
{
    if (m_phase == Phase::Release && m_before == PQTRANS_IDLE && m_keeps)
        return effectUnknownError(loss);
    if (m_phase != Phase::Statement || m_hold != Hold::None)
        return loss;
    // Inside a transaction it went with it, and in autocommit it may have been the last thing done.
    if (m_before == PQTRANS_IDLE)
        return effect() == Effect::Reads ? loss : effectUnknownError(loss);
    if (m_before == PQTRANS_INTRANS && effect() == Effect::Commits && !m_number.isEmpty())
        return commitUnknownError(m_number, loss);
    return loss;
}

void PlainRun::updateHeld(HeldState &held) const
{
    if (m_inventory)
        readInventory(*m_inventory, found(), held);
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    if (m_changed || status == PQTRANS_IDLE) {
        held.number = TransactionNumber::None;
        held.since = {};
        held.statements = 0;
    }
    held.statements += m_inTransaction;
    switch (status) {
    case PQTRANS_INTRANS:
        held.transaction = HeldState::Transaction::Open;
        break;
    case PQTRANS_INERROR:
        held.transaction = HeldState::Transaction::Failed;
        break;
    default:
        held.transaction = HeldState::Transaction::None;
        return;
    }
    if (held.number == TransactionNumber::None) {
        held.number = newTransactionNumber();
        held.since = QDateTime::currentDateTimeUtc();
    }
}

} // namespace core
