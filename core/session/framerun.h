// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frametext.h"
#include "core/session/heldstate.h"
#include "core/session/link.h"
#include "core/session/request.h"
#include "core/session/resultreader.h"
#include "core/session/sessionthread.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

#include <deque>
#include <optional>

namespace core {

/// One request on its connection, from its opening to its end: the reading half, common to all
/// frames.
/// Lives in the session's thread. Signals keep the order of Request; `ended` is the last one,
/// exactly once.
class FrameRun : public QObject
{
    Q_OBJECT

public:
    FrameRun(Link *link, RequestSpec spec, const SessionConfig &config, QObject *parent);
    ~FrameRun() override;

    /// Sends the opening. `ended` may come from inside it.
    virtual void start() = 0;
    /// How long the other side may be silent now before the network must be at fault; 0 = for ever.
    [[nodiscard]] virtual std::chrono::milliseconds silenceLimit() const = 0;

    /// Reads what has come; after Link::readable.
    void advance();
    /// More chunks may be handed out.
    void grant(int chunks);
    /// From now on rows are thrown away, and the outcome is Cancelled whatever the server answers.
    void cancel();
    /// Nothing may be sent between the two calls: a cancel request is on its way.
    void holdSending() { m_sendingHeld = true; }
    void releaseSending();

    /// True once a server is known to work for us: on a pooled endpoint that is when something was
    /// heard.
    [[nodiscard]] bool hasServer() const { return !m_pooled || m_link->hasHeard(); }
    /// Only ROLLBACK is still to be answered: there is nothing left to cancel.
    [[nodiscard]] virtual bool isClosing() const = 0;
    [[nodiscard]] bool isPaused() const { return m_paused; }
    [[nodiscard]] bool isCancelled() const { return m_cancelled; }
    /// After `ended`.
    [[nodiscard]] Result<Summary> outcome() const;
    /// The outcome if the connection is given up now, for that reason.
    [[nodiscard]] Result<Summary> abandoned(const Error &reason) const;
    /// After `ended`, with a usable link: writes down what the connection holds now.
    virtual void updateHeld(HeldState &held) const;
    /// Before start(): settings of this connection that are known by name alone.
    void setKnownSettings(const QStringList &names) { m_knownSettings = names; }
    /// Before start(): the inventory of the server process before anything of ours; empty where
    /// nobody has asked for it yet. A pooler that lends it out makes settings there (that of
    /// application_name to begin with), and they are not what a person holds.
    void setFound(const QByteArray &inventory) { m_found = inventory; }
    [[nodiscard]] const QByteArray &found() const { return m_found; }
    /// Before start(): what earlier runs read of the functions' sources.
    void setSources(const SourcesRead &sources) { m_sources = sources; }
    [[nodiscard]] const SourcesRead &sources() const { return m_sources; }
    /// Nothing was done for us yet: whatever was sent may be sent again.
    [[nodiscard]] bool isUnanswered() const { return !m_answered; }
    [[nodiscard]] bool leftLinkUsable() const { return m_linkUsable; }
    [[nodiscard]] qint64 largestCellSeen() const { return m_largestSeen; }

signals:
    void identified(const core::FrameFacts &facts);
    void latencyMeasured(std::chrono::microseconds latency);
    void columnsKnown(int statement, const core::Columns &columns);
    void chunkReady(int statement, const core::ChunkPtr &chunk);
    void noticesReceived(const QList<core::ServerReport> &notices);
    void noticesDropped(int count);
    void statementFinished(int statement, const core::StatementSummary &summary);
    /// The rest of the running statement is not wanted: the server should be told.
    void stopWanted();
    void ended();

protected:
    /// One PGresult; null ends the results of one command.
    virtual void take(PgResultHandle result) = 0;
    /// Sends what waited for releaseSending().
    virtual void proceed() = 0;
    /// False while the frame talks for itself.
    [[nodiscard]] virtual bool wantsNotices() const = 0;
    /// What the loss of the connection means at this place: itself, or commit.unknown.
    [[nodiscard]] virtual Error meaningOf(const Error &loss) const { return loss; }
    /// What was asked for has taken effect: neither a cancel nor a lost connection changes that.
    void settle() { m_settled = true; }
    [[nodiscard]] Summary &summary() { return m_result; }
    /// Those and what the statements name, without repetition.
    [[nodiscard]] QByteArrayList namedSettings() const;
    void noteFound(const QByteArray &inventory);

    [[nodiscard]] PGconn *conn() const { return m_link->conn(); }
    [[nodiscard]] Link *link() const { return m_link; }
    [[nodiscard]] const RequestSpec &spec() const { return m_spec; }
    [[nodiscard]] bool isPooled() const { return m_pooled; }
    /// A pooler gives this server process to others too: declared, or seen by a process that is
    /// another than the one that let us in.
    [[nodiscard]] bool isShared(int backendPid) const;
    /// Silence that has to be borne: of a network, and of a pooler whose servers are all in use.
    [[nodiscard]] std::chrono::milliseconds patience() const;
    /// False where sending has to wait; proceed() follows.
    [[nodiscard]] bool maySend();
    [[nodiscard]] bool sendStatement(const Statement &statement);
    /// In the simple protocol; false where libpq refused it, and the run is abandoned.
    bool sendText(const QByteArray &sql);
    /// The next one of the request, whose rows come in chunks; sendText()'s refusal. Where it is
    /// not alone, more follows in a pipeline, and flushes.
    bool sendNextStatement(bool isAlone = true);

    void beginStatement();
    void takeOfStatement(const PGresult *result);
    void finishStatement();
    [[nodiscard]] int statementIndex() const { return m_index; }
    [[nodiscard]] int statementCount() const { return int(m_spec.statements.size()); }
    [[nodiscard]] const QByteArray &commandTag() const { return m_summary.commandTag; }
    [[nodiscard]] StatementSummary &statementSummary() { return m_summary; }

    void noteFacts(const FrameFacts &facts);
    /// The first error is the one that counts.
    void fail(Error error);
    void failWith(const PGresult *result);
    [[nodiscard]] bool hasFailed() const { return m_error.has_value(); }
    void end(bool linkUsable);
    /// Fails, and ends with the connection.
    void abandon(Error error);

private:
    [[nodiscard]] bool step();
    [[nodiscard]] bool readCopy();
    [[nodiscard]] bool handOut();
    void noteTag(const PGresult *result);
    [[nodiscard]] bool sendFirstRows();
    void takeRows(const PGresult *result);
    void openReader(const Columns &columns);
    void noteFirstRow();
    void keep(ChunkPtr chunk);
    /// What the reader holds; false if nothing.
    [[nodiscard]] bool keepRest();
    void refuseHugeCell();
    void lose(const PGresult *result);
    void resume();
    void noteNotice(const PGresult *notice);
    void sendNotices();

    Link *m_link;
    RequestSpec m_spec;
    Summary m_result;
    std::optional<Error> m_error;
    QElapsedTimer m_total;
    QElapsedTimer m_statementTime;

    StatementSummary m_summary; ///< of the statement that runs
    std::optional<ResultReader> m_reader;
    Columns m_columns;
    PgResultHandle m_next;        ///< read, and to be taken when m_ready has gone out
    std::deque<ChunkPtr> m_ready; ///< made, and not handed out yet
    QTimer m_gather;              ///< what the reader holds has waited long enough
    std::optional<int> m_credits; ///< none = no limit
    QStringList m_knownSettings;
    QByteArray m_found;
    SourcesRead m_sources;
    QList<ServerReport> m_notices;
    std::chrono::milliseconds m_stallTimeout;
    qint64 m_largestSeen = 0;
    int m_noticeCount = 0;
    int m_index = -1;

    bool m_pooled;
    bool m_ownServer;
    bool m_copying = false;
    bool m_copyIsBinary = false;
    bool m_discarding = false;
    bool m_paused = false;
    bool m_cancelled = false;
    bool m_advancing = false;
    bool m_answered = false; ///< by a good result
    bool m_settled = false;
    bool m_sendingHeld = false;
    bool m_sendingWaits = false;
    bool m_ended = false;
    bool m_linkUsable = false;
};

} // namespace core
