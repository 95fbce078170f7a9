// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/writeplan.h"
#include "core/connect/writeswitch.h"
#include "core/project/settings.h"
#include "core/result/storedsource.h"
#include "core/sql/position.h"
#include "core/sql/split.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <vector>

namespace ui {

// One press of Run: some statements of a text, stopping at the first error. Without a plan they run
// in one guarded read-only frame; with one as the plan says, if the permit still holds at that
// moment. Rows go into a StoredSource a statement as they arrive. Lives in the GUI thread; deleting
// it cancels.
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

    // How it may write: decided by core, and allowed by a person.
    struct Writing {
        core::WritePlan plan;
        core::WritePermit permit;
    };

    QueryRun(core::OpenDatabase &database, QByteArray text, std::vector<core::SqlPart> parts,
             QObject *parent);
    QueryRun(core::OpenDatabase &database, QByteArray text, std::vector<core::SqlPart> parts,
             Writing writing, QObject *parent);
    ~QueryRun() override;

    // How long a statement may take: production has a limit of its own. 0 = none.
    [[nodiscard]] static std::chrono::milliseconds limitOf(const core::QuerySettings &settings,
                                                           core::Exposure exposure);
    // Before start(); the defaults otherwise.
    void setSettings(const core::QuerySettings &settings) { m_settings = settings; }
    // What is refused here (pooled endpoint, backslash commands, no statement) arrives through
    // ended() too.
    void start();
    void cancel();
    // Closes the connection, for when cancel() is not answered.
    void drop();
    [[nodiscard]] core::OpenDatabase &database() const { return m_database; }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] qint64 elapsedMilliseconds() const { return m_clock.elapsed(); }
    [[nodiscard]] const std::vector<Result> &results() const { return m_results; }
    [[nodiscard]] const std::optional<Failure> &failure() const { return m_failure; }
    [[nodiscard]] bool wasCancelled() const { return m_cancelled; }
    // Null for a run in the read-only frame.
    [[nodiscard]] const core::WritePlan *plan() const
    {
        return m_writing ? &m_writing->plan : nullptr;
    }
    // Of the run that ended well.
    [[nodiscard]] const core::Summary &summary() const { return m_summary; }
    // A sentence: what became of the transaction of a run that has ended, other than by a failure
    // that says so itself.
    [[nodiscard]] QString fateWords() const;
    // What was run, as one text.
    [[nodiscard]] QByteArray sentText() const;

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
    [[nodiscard]] std::optional<core::Error> writingRefusal() const;
    [[nodiscard]] QString limitAdvice() const;
    void watch();
    void beginRows(int statement, const core::Columns &columns);
    void fail(const core::Error &error, int statement);
    void end();

    core::OpenDatabase &m_database;
    const QByteArray m_text;
    const std::vector<core::SqlPart> m_parts;
    core::QuerySettings m_settings;
    std::optional<Writing> m_writing;
    std::unique_ptr<core::Request> m_request;
    core::Summary m_summary;
    std::vector<Result> m_results;
    std::optional<Failure> m_failure;
    QElapsedTimer m_clock;
    int m_statement = 0;
    bool m_running = false;
    bool m_cancelled = false;
};

} // namespace ui
