// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/result/storedsource.h"
#include "core/sql/position.h"
#include "core/sql/split.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <vector>

namespace ui {

// One press of Run: some statements of a text, in one guarded read-only frame, stopping at the
// first error. Rows go into a StoredSource a statement as they arrive. Lives in the GUI thread;
// deleting it cancels.
class QueryRun : public QObject
{
    Q_OBJECT

public:
    struct Result {
        std::shared_ptr<core::StoredSource> rows; // null for a statement without rows
        QByteArray sql;
        core::StatementSummary summary;
        bool finished = false;
    };
    struct Failure {
        core::Error error;
        int begin = -1; // bytes of the whole text to mark; -1 = the server named no place
        int end = -1;
        core::TextPosition at;
    };

    QueryRun(core::OpenDatabase &database, QByteArray text, std::vector<core::SqlPart> parts,
             QObject *parent);
    ~QueryRun() override;

    // What is refused here (pooled endpoint, backslash commands, no statement) arrives through
    // ended() too.
    void start();
    void cancel();
    // Closes the connection, for when cancel() is not answered.
    void drop();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] qint64 elapsedMilliseconds() const { return m_clock.elapsed(); }
    [[nodiscard]] const std::vector<Result> &results() const { return m_results; }
    [[nodiscard]] const std::optional<Failure> &failure() const { return m_failure; }
    [[nodiscard]] bool wasCancelled() const { return m_cancelled; }

signals:
    void started();
    // results().back() has its columns; rows follow.
    void rowsBegan(int result);
    void statementEnded(int result);
    void noticeReceived(const core::ServerReport &notice);
    // Exactly once; failure() says why, if it did.
    void ended();

private:
    [[nodiscard]] std::optional<core::Error> refusal(bool pooled) const;
    [[nodiscard]] core::RequestSpec spec(bool pooled) const;
    void watch();
    void beginRows(int statement, const core::Columns &columns);
    void fail(const core::Error &error, int statement);
    void end();

    core::OpenDatabase &m_database;
    const QByteArray m_text;
    const std::vector<core::SqlPart> m_parts;
    std::unique_ptr<core::Request> m_request;
    std::vector<Result> m_results;
    std::optional<Failure> m_failure;
    QElapsedTimer m_clock;
    int m_statement = 0;
    bool m_running = false;
    bool m_cancelled = false;
};

} // namespace ui
