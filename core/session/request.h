// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/result/chunk.h"
#include "core/session/writepermit.h"

#include <QByteArrayList>
#include <QObject>

#include <chrono>
#include <optional>
#include <vector>

namespace core {

/// What a statement may do, as far as its text tells. Only the words about a lost connection depend
/// on it: whether it may have taken effect.
enum class Effect : quint8 {
    Reads,   ///< changes nothing
    Changes, ///< whatever is not known to read
    Commits, ///< ends a transaction that a person opened: COMMIT, END, PREPARE TRANSACTION
};

/// One statement and its parameters, in text format. Always sent as one extended-protocol message,
/// so that the server's own parser refuses a second statement in `sql`.
struct Statement {
    QByteArray sql = {};
    std::vector<std::optional<QByteArray>> parameters = {};
    std::vector<Oid> parameterTypes =
        {}; ///< empty, or one a parameter; Oid{} lets the server infer
    Effect effect = Effect::Changes;
    /// Names that the text sets, as far as it tells. pg_settings does not list those with a dot
    /// that no library has defined, so the server is asked for them by name.
    QByteArrayList settings = {};
    /// Only of an INSERT, UPDATE, DELETE or MERGE: nothing of it stays unless its command tag tells
    /// exactly so many rows. Writing then rolls everything back (COMMIT is never sent), Plain this
    /// statement alone. The request ends with write.otherRows.
    std::optional<qint64> expectedRows = {};
    /// Plain, in the transaction that a person opened: it may only read, and nothing of it stays,
    /// not even its failure. For our own looks at what only that transaction sees.
    bool leavesNothing = false;
};

/// In which kind of transaction the statements of a request run. The first two are read-only and
/// end with ROLLBACK.
enum class Frame : quint8 {
    /// Our own reads: BEGIN READ ONLY, settings, the statements and ROLLBACK in one pipeline; one
    /// round trip.
    Pipelined,
    /// A person's text: the read-only frame with a round trip of its own, which fixes the snapshot,
    /// closes
    /// SET TRANSACTION and proves the mode before the text is sent (DESIGN 3, decisions/0002).
    Guarded,
    /// A person's text that writes, in a transaction of its own: a round trip of its own proves
    /// that it is writable and in the right database, then come the statements, the transaction's
    /// number is learned, COMMIT. Nothing stays on a pooler's server connection. An error, or a
    /// cancel before COMMIT has left, rolls all of it back. Only for who holds a WritePermit.
    Writing,
    /// A person's text as typed, in autocommit or in the transaction that a person opened: what
    /// keeps state in the session (SET, LISTEN, temporary tables, PREPARE, advisory locks, BEGIN …
    /// COMMIT) and what refuses a transaction block (VACUUM, CREATE DATABASE). Direct only, and
    /// only for who holds a WritePermit. statementTimeout is kept by cancelling; `settings`,
    /// lockTimeout and snapshot are the session's own.
    Plain,
};

/// What a caller wants run. All statements share one frame and stop at the first error.
struct RequestSpec {
    std::vector<Statement> statements = {};
    Frame frame = Frame::Pipelined;
    int rowsPerChunk = 256; ///< at most; fewer where they are many bytes or slow in coming
    /// Rows that have to be here before any is handed out, 0 = rowsPerChunk. Few where nothing is
    /// known of their size or of how fast they come (DESIGN 3: 8): so many are held twice for a
    /// moment. They are gathered into chunks all the same; the first of a statement go out at once.
    int rowsPerRead = 0;
    /// Chunks that may be sent ahead of grant(); negative = no limit. Only direct endpoints may
    /// pause.
    int credits = -1;
    std::chrono::milliseconds statementTimeout{15'000}; ///< 0 = none
    std::chrono::milliseconds lockTimeout{3'000};
    /// A larger cell ends the request with `result.cellTooBig`, which names its size; 0 = no limit.
    qint64 largestCell = qint64(64) * 1024 * 1024;
    /// SET LOCAL name = value inside the frame, e.g. {"DateStyle", "ISO"}; sent as set_config(name,
    /// value, true).
    std::vector<std::pair<QByteArray, QByteArray>> settings = {};
    /// Isolation REPEATABLE READ instead of READ COMMITTED; Guarded always has it.
    bool repeatableRead = false;
    /// `SET TRANSACTION SNAPSHOT` with this exported snapshot; needs repeatableRead.
    QByteArray snapshot = {};
    /// Writing and Plain: a person allowed it. Looked at again when its turn comes, right before
    /// anything is sent; without one, or with one that has ended, the request ends with
    /// write.notAllowed, except for the one statement ROLLBACK in its own transaction.
    std::optional<WritePermit> permit = {};
    /// Writing and Plain: current_database() must be this before anything is run; empty = any.
    QByteArray database = {};
    /// The open transaction that this belongs to (HeldState::number); only Plain may. Without the
    /// right one a session with an open transaction refuses (transaction.reserved), and so does a
    /// session whose transaction is not this any more (transaction.gone).
    TransactionNumber transaction = TransactionNumber::None;
};

/// How one statement ended.
struct StatementSummary {
    QByteArray commandTag = {};
    qint64 rows = 0;            ///< rows received
    bool inTransaction = false; ///< Plain: a transaction that a person opened is open after it
    std::chrono::microseconds toFirstRow{0};
    std::chrono::microseconds total{0};
    bool operator==(const StatementSummary &) const = default;
};

/// How a whole request ended well.
struct Summary {
    std::vector<StatementSummary> statements = {};
    int backendPid = 0;            ///< of the server process that ran it
    bool committed = false;        ///< Writing: COMMIT was answered
    QByteArray transactionId = {}; ///< Writing: what the server calls it; empty if it wrote nothing
    /// Plain: the transaction that is open now.
    TransactionNumber transaction = TransactionNumber::None;
    std::chrono::microseconds total{0};
    bool operator==(const Summary &) const = default;
};

/// Why nothing comes, while there is still hope.
struct WaitNote {
    enum class Reason : quint8 {
        ServerStarting, ///< it says so itself; it is asked again
        Pooler,         ///< connected, and no server connection is free
        Silence,        ///< the network may be stalled
    };
    Reason reason = Reason::Silence;
    QString message = {};                   ///< one sentence for people
    std::chrono::milliseconds givesUpIn{0}; ///< then the request ends with an error by itself
    bool operator==(const WaitNote &) const = default;
};

/// The caller's side of one request; lives in the caller's thread and belongs to the caller, who
/// may delete it at any time (which cancels). Signals arrive in this order: started, then for each
/// statement columnsKnown, chunkReady*, statementFinished, and at last finished, exactly once.
/// After an error that follows rows, those rows stay valid.
class Request : public QObject
{
    Q_OBJECT

public:
    explicit Request(Serial serial, QObject *parent = nullptr);
    ~Request() override;

    [[nodiscard]] Serial serial() const { return m_serial; }
    [[nodiscard]] bool isFinished() const { return m_finished; }

    /// Asks the server to stop, on a connection of its own; idempotent. The outcome arrives through
    /// finished().
    void cancel();
    /// Closes the connection under the request; for when cancel() has not been answered.
    void drop();
    /// Allows so many more chunks. At zero the session stops reading its socket and the server
    /// waits.
    void grant(int chunks);

signals:
    void started();
    /// At any time before the end, at most once a second.
    void stillWaiting(const core::WaitNote &note);
    void columnsKnown(int statement, const core::Columns &columns);
    void chunkReady(int statement, const core::ChunkPtr &chunk);
    void noticeReceived(const core::ServerReport &notice);
    /// Notices beyond the first 1,000 are counted, not sent.
    void noticesDropped(int count);
    void statementFinished(int statement, const core::StatementSummary &summary);
    void finished(const core::Result<core::Summary> &outcome);

    // To the session; connected by SessionThread.
    void cancelAsked(core::Serial serial);
    void dropAsked(core::Serial serial);
    void granted(core::Serial serial, int chunks);

private:
    friend class SessionThread;
    Serial m_serial;
    bool m_finished = false;
};

} // namespace core

Q_DECLARE_METATYPE(core::Serial)
Q_DECLARE_METATYPE(core::StatementSummary)
Q_DECLARE_METATYPE(core::WaitNote)
Q_DECLARE_METATYPE(core::Result<core::Summary>)
