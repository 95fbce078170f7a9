// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/loader.h"

#include "core/base/worker.h"
#include "core/catalog/builder.h"
#include "core/result/typeoids.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"

#include <QFutureWatcher>
#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

// Rows are narrow and many; a larger grain saves queued calls.
constexpr int rowsPerChunk = 1024;

/// What is asked in one frame where others wait for the server: the names, the columns with their
/// types, what is made of columns, or all the other objects. Each statement has a snapshot of its
/// own either way.
int pieceOf(CatalogQuery query)
{
    if (belongsToNames(query))
        return 0;
    if (query <= CatalogQuery::Attributes)
        return 1;
    return query <= CatalogQuery::Comments ? 2 : 3;
}

} // namespace

/// One load at a time; what belongs to an older one is known by its number.
class CatalogLoader::Private : public QObject
{
public:
    Private(CatalogLoader *loader, SessionThread &session)
        : q(loader)
        , m_session(session)
    {
    }

    void load();
    void cancel();
    [[nodiscard]] bool isLoading() const { return m_loading; }

private:
    void connectFirst();
    void send();
    void sendPiece();
    void take(int statement, const ChunkPtr &chunk);
    void statementDone(int statement);
    void requestDone(const Result<Summary> &outcome);
    [[nodiscard]] bool leaveOut(const Error &error);
    void parseNames();
    void readColumns();
    void parseAll();
    void parsed(quint64 number, const Result<CatalogPtr> &outcome);
    void fail(const Error &error);

    CatalogLoader *q;
    SessionThread &m_session;
    std::unique_ptr<Request> m_request;
    std::vector<CatalogQuery> m_sent;
    CatalogFacts m_facts;
    QFuture<std::shared_ptr<CatalogBuilder>> m_columns; ///< read while the rest is on its way
    std::size_t m_first = 0;                            ///< of m_sent, in m_request
    std::size_t m_done = 0;                             ///< statements
    quint64 m_number = 0;
    bool m_loading = false;
};

void CatalogLoader::Private::load()
{
    ++m_number;
    m_loading = true;
    m_facts = {};
    m_columns = {};
    m_request.reset();
    // Which text of a query is right depends on the server, so a first load waits for the
    // connection.
    if (m_session.serverInfo().version == 0)
        connectFirst();
    else
        send();
}

void CatalogLoader::Private::connectFirst()
{
    const quint64 number = m_number;
    connect(
        &m_session, &SessionThread::connected, this,
        [this, number] {
            if (number == m_number && m_loading && !m_request)
                send();
        },
        Qt::SingleShotConnection);
    connect(
        &m_session, &SessionThread::connectFailed, this,
        [this, number](const Error &error) {
            if (number == m_number && m_loading && !m_request)
                fail(error);
        },
        Qt::SingleShotConnection);
    m_session.open();
}

void CatalogLoader::Private::send()
{
    m_sent.clear();
    m_done = 0;
    for (const CatalogQuery query : catalogQueries()) {
        if (!m_facts.refused.contains(catalogQueryName(query)))
            m_sent.push_back(query);
    }
    sendPiece();
}

void CatalogLoader::Private::sendPiece()
{
    const ServerInfo &server = m_session.serverInfo();
    const bool isShared = m_session.config().pooled || server.showsPooler();
    RequestSpec spec;
    spec.rowsPerChunk = rowsPerChunk;
    m_first = m_done;
    for (std::size_t at = m_first; at < m_sent.size(); ++at) {
        if (isShared && pieceOf(m_sent[at]) != pieceOf(m_sent[m_first]))
            break;
        spec.statements.push_back({catalogSql(m_sent[at], server.version)});
    }
    m_request.reset(m_session.send(std::move(spec)));
    connect(m_request.get(), &Request::chunkReady, this, &Private::take);
    connect(m_request.get(), &Request::statementFinished, this, &Private::statementDone);
    connect(m_request.get(), &Request::finished, this, &Private::requestDone);
}

void CatalogLoader::Private::take(int statement, const ChunkPtr &chunk)
{
    m_facts.of(m_sent[m_first + std::size_t(statement)]).push_back(chunk);
}

void CatalogLoader::Private::statementDone(int statement)
{
    const std::size_t at = m_first + std::size_t(statement);
    m_done = at + 1;
    const bool namesAreHere =
        belongsToNames(m_sent[at]) && (m_done == m_sent.size() || !belongsToNames(m_sent[m_done]));
    if (namesAreHere)
        parseNames();
    if (m_sent[at] == CatalogQuery::Attributes)
        readColumns();
}

void CatalogLoader::Private::requestDone(const Result<Summary> &outcome)
{
    // Deleted later: this runs inside one of its signals.
    m_request.release()->deleteLater();
    if (outcome && m_done < m_sent.size())
        sendPiece();
    else if (outcome)
        parseAll();
    else if (leaveOut(outcome.error()))
        send();
    else
        fail(outcome.error());
}

/// True when the statement that failed can be done without; then the rest is asked for again.
bool CatalogLoader::Private::leaveOut(const Error &error)
{
    const bool denied = error.server && error.server->sqlState == "42501";
    if (!denied || m_done >= m_sent.size() || isEssential(m_sent[m_done]))
        return false;
    QByteArrayList refused = m_facts.refused;
    refused.append(catalogQueryName(m_sent[m_done]));
    m_facts = {};
    m_columns = {};
    m_facts.refused = refused;
    return true;
}

void CatalogLoader::Private::parseNames()
{
    const quint64 number = m_number;
    runOnWorker([facts = m_facts] {
        return buildCatalog(facts, false);
    }).then(this, [this, number](const Result<CatalogPtr> &outcome) { parsed(number, outcome); });
}

/// They are most of a catalog, and the server is not done yet.
void CatalogLoader::Private::readColumns()
{
    if (!checkFacts(m_facts))
        return; // said when all is here
    m_columns = runOnWorker([facts = m_facts] {
        auto builder = std::make_shared<CatalogBuilder>();
        builder->readNames(facts);
        builder->readColumns(facts);
        return builder;
    });
}

void CatalogLoader::Private::parseAll()
{
    const quint64 number = m_number;
    const auto tell = [this, number](const Result<CatalogPtr> &outcome) {
        parsed(number, outcome);
    };
    // Without columns where the server refused them.
    if (!m_columns.isValid() || !checkFacts(m_facts)) {
        runOnWorker([facts = m_facts] { return buildCatalog(facts, true); }).then(this, tell);
        return;
    }
    m_columns
        .then(QThreadPool::globalInstance(),
              [facts =
                   m_facts](const std::shared_ptr<CatalogBuilder> &builder) -> Result<CatalogPtr> {
                  builder->readRest(facts);
                  return builder->take(facts);
              })
        .then(this, tell);
}

void CatalogLoader::Private::parsed(quint64 number, const Result<CatalogPtr> &outcome)
{
    if (number != m_number || !m_loading)
        return;
    if (!outcome) {
        fail(outcome.error());
    } else if (!(*outcome)->hasDetails()) {
        emit q->namesLoaded(*outcome);
    } else {
        m_loading = false;
        m_facts = {};
        m_columns = {};
        emit q->loaded(*outcome);
    }
}

void CatalogLoader::Private::fail(const Error &error)
{
    m_loading = false;
    m_facts = {};
    m_columns = {};
    m_request.reset();
    emit q->failed(error);
}

void CatalogLoader::Private::cancel()
{
    if (!m_loading)
        return;
    if (m_request) {
        m_request->cancel();
        return;
    }
    // Connecting, or parsing what is here: nobody else would answer.
    const quint64 number = ++m_number;
    QMetaObject::invokeMethod(
        this,
        [this, number] {
            if (number == m_number && m_loading)
                fail({.kind = ErrorKind::Cancelled,
                      .id = "catalog.cancelled"_ba,
                      .message = CatalogLoader::tr("Reading the catalog was cancelled.")});
        },
        Qt::QueuedConnection);
}

CatalogLoader::CatalogLoader(SessionThread &session, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, session))
{
}

CatalogLoader::~CatalogLoader() = default;

void CatalogLoader::load()
{
    d->load();
}

void CatalogLoader::cancel()
{
    d->cancel();
}

bool CatalogLoader::isLoading() const
{
    return d->isLoading();
}

QFuture<Result<CatalogPtr>> loadCatalog(SessionThread &session)
{
    using Outcome = Result<CatalogPtr>;
    auto promise = std::make_shared<QPromise<Outcome>>();
    promise->start();
    auto *loader = new CatalogLoader(session, &session);
    auto *watcher = new QFutureWatcher<Outcome>(loader);
    watcher->setFuture(promise->future());
    const auto end = [promise, loader](Outcome outcome) {
        promise->addResult(std::move(outcome));
        promise->finish();
        loader->deleteLater();
    };
    QObject::connect(watcher, &QFutureWatcherBase::canceled, loader, &CatalogLoader::cancel);
    QObject::connect(loader, &CatalogLoader::loaded, loader, end);
    QObject::connect(loader, &CatalogLoader::failed, loader,
                     [end](const Error &error) { end(std::unexpected(error)); });
    loader->load();
    return promise->future();
}

QFuture<Result<CatalogPtr>> loadRelationCatalog(SessionThread &session, Oid relation,
                                                const QByteArray &schema, const QByteArray &name)
{
    const int version = session.serverInfo().version;
    RequestSpec spec;
    std::vector<CatalogQuery> sent;
    for (const CatalogQuery query : catalogQueries()) {
        if (!isOfRelations(query))
            continue;
        Statement statement{catalogSqlOfOne(query, version)};
        if (statement.sql.contains("$3"_ba)) {
            statement.parameters = {QByteArray::number(number(relation)), schema, name};
            statement.parameterTypes = {oids::oid, oids::name, oids::name};
        }
        spec.statements.push_back(std::move(statement));
        sent.push_back(query);
    }
    return collect(session, std::move(spec))
        .then([sent](const Result<std::vector<Table>> &answers) -> Result<CatalogPtr> {
            if (!answers)
                return std::unexpected(answers.error());
            CatalogFacts facts;
            for (std::size_t at = 0; at < answers->size(); ++at)
                facts.of(sent[at]) = (*answers)[at].chunks;
            return buildCatalog(facts, true);
        });
}

QFuture<Result<CatalogFingerprint>> loadFingerprint(SessionThread &session)
{
    RequestSpec spec;
    spec.statements.push_back(
        {catalogSql(CatalogQuery::Fingerprint, session.serverInfo().version)});
    return collect(session, std::move(spec))
        .then([](const Result<std::vector<Table>> &answers) -> Result<CatalogFingerprint> {
            if (!answers)
                return std::unexpected(answers.error());
            return fingerprintOf(answers->front().chunks);
        });
}

} // namespace core
