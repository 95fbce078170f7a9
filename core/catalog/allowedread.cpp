// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/allowedread.h"

#include "core/session/sessionthread.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>

namespace core {

namespace {

using Tables = std::vector<std::optional<Table>>;

/// One call of collectAllowed(); deletes itself when it has answered.
class AllowedRead : public QObject
{
public:
    AllowedRead(SessionThread &session, RequestSpec spec)
        : m_session(session)
        , m_spec(std::move(spec))
        , m_refused(m_spec.statements.size(), false)
    {
        m_promise.start();
        auto *watcher = new QFutureWatcher<Result<Tables>>(this);
        watcher->setFuture(m_promise.future());
        connect(watcher, &QFutureWatcherBase::canceled, this, [this] {
            if (m_request)
                m_request->cancel();
        });
        send();
    }

    [[nodiscard]] QFuture<Result<Tables>> future() const { return m_promise.future(); }

private:
    void send();
    void ended(const Result<Summary> &outcome);
    void answer(Result<Tables> outcome);

    SessionThread &m_session;
    RequestSpec m_spec;
    std::vector<bool> m_refused;     ///< one a statement of m_spec
    std::vector<std::size_t> m_sent; ///< which of them are in m_request
    std::size_t m_done = 0;          ///< of m_sent
    Tables m_tables;
    std::unique_ptr<Request> m_request;
    QPromise<Result<Tables>> m_promise;
};

void AllowedRead::send()
{
    RequestSpec spec = m_spec;
    spec.statements.clear();
    m_sent.clear();
    m_done = 0;
    m_tables.assign(m_spec.statements.size(), std::nullopt);
    for (std::size_t at = 0; at < m_spec.statements.size(); ++at) {
        if (m_refused[at])
            continue;
        m_sent.push_back(at);
        spec.statements.push_back(m_spec.statements[at]);
        m_tables[at] = Table{};
    }
    if (m_sent.empty())
        return answer(std::move(m_tables));
    m_request.reset(m_session.send(std::move(spec)));
    const auto table = [this](int statement) -> Table & {
        return *m_tables[m_sent[std::size_t(statement)]];
    };
    connect(m_request.get(), &Request::columnsKnown, this,
            [table](int statement, const Columns &columns) { table(statement).columns = columns; });
    connect(m_request.get(), &Request::chunkReady, this,
            [table](int statement, const ChunkPtr &chunk) {
                table(statement).chunks.push_back(chunk);
            });
    connect(m_request.get(), &Request::statementFinished, this,
            [this, table](int statement, const StatementSummary &summary) {
                table(statement).summary = summary;
                m_done = std::size_t(statement) + 1;
            });
    connect(m_request.get(), &Request::finished, this, &AllowedRead::ended);
}

void AllowedRead::ended(const Result<Summary> &outcome)
{
    m_request.release()->deleteLater(); // this runs inside one of its signals
    if (outcome)
        return answer(std::move(m_tables));
    const bool denied = outcome.error().server && outcome.error().server->sqlState == "42501";
    if (!denied || m_done >= m_sent.size())
        return answer(std::unexpected(outcome.error()));
    m_refused[m_sent[m_done]] = true;
    send();
}

void AllowedRead::answer(Result<Tables> outcome)
{
    m_promise.addResult(std::move(outcome));
    m_promise.finish();
    deleteLater();
}

} // namespace

QFuture<Result<std::vector<std::optional<Table>>>> collectAllowed(SessionThread &session,
                                                                  RequestSpec spec)
{
    return (new AllowedRead(session, std::move(spec)))->future();
}

} // namespace core
