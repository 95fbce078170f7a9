// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/opendatabase.h"

#include "core/base/worker.h"

#include <QTimer>

using namespace std::chrono_literals;

namespace core {

namespace {

// A server process tells what it wrote at once if it has not for a second, else when it has been
// idle for ten (PGSTAT_IDLE_INTERVAL).
constexpr auto countsAreLate = 11s;

} // namespace

Result<std::unique_ptr<OpenDatabase>> OpenDatabase::create(Database database,
                                                           const TrustToken &token)
{
    ExposureFinding exposure = exposureOf(database);
    auto connections = ConnectionSet::create(std::move(database), token);
    if (!connections)
        return std::unexpected(connections.error());
    return std::unique_ptr<OpenDatabase>(
        new OpenDatabase(std::move(*connections), std::move(exposure)));
}

OpenDatabase::OpenDatabase(std::unique_ptr<ConnectionSet> connections, ExposureFinding exposure)
    : m_connections(std::move(connections))
    , m_exposure(std::move(exposure))
{
    connect(m_connections.get(), &ConnectionSet::sessionMade, this, &OpenDatabase::watch);
    connect(m_connections.get(), &ConnectionSet::endpointChanged, this,
            &OpenDatabase::connectionChanged);
    connect(m_connections.get(), &ConnectionSet::findingsChanged, this,
            &OpenDatabase::connectionChanged);
}

OpenDatabase::~OpenDatabase() = default;

Result<> OpenDatabase::adopt(Database database, const TrustToken &token)
{
    if (Result<> adopted = m_connections->adopt(std::move(database), token); !adopted)
        return adopted;
    m_exposure = exposureOf(m_connections->database());
    emit connectionChanged();
    return {};
}

QString OpenDatabase::name() const
{
    return database().name;
}

void OpenDatabase::watch(SessionThread *session)
{
    connect(session, &SessionThread::connected, this, [this](const ServerInfo &info) {
        m_info = info;
        emit connectionChanged();
    });
    connect(session, &SessionThread::latencyMeasured, this,
            [this](std::chrono::microseconds latency) {
                m_latency = latency;
                emit connectionChanged();
            });
}

void OpenDatabase::setState(CatalogState state)
{
    m_state = state;
    emit catalogStateChanged();
}

void OpenDatabase::accept(const CatalogPtr &catalog)
{
    m_catalog = catalog;
    emit catalogChanged();
}

void OpenDatabase::compare(const CatalogPtr &before)
{
    runOnWorker([before, after = m_catalog] {
        return catalogChanges(*before, *after);
    }).then(this, [this](const std::vector<CatalogChange> &changes) {
        if (!changes.empty())
            emit catalogDiffers(changes);
    });
}

void OpenDatabase::loadCatalog()
{
    const auto session = m_connections->session(Purpose::Catalog);
    if (!session) {
        m_error = session.error();
        return setState(CatalogState::Failed);
    }
    if (m_loaderSession != *session) { // the first load, or a pooler showed itself meanwhile
        m_loaderSession = *session;
        m_loader = std::make_unique<CatalogLoader>(**session);
        connect(m_loader.get(), &CatalogLoader::namesLoaded, this, [this](const CatalogPtr &names) {
            if (!m_catalog) // on a refresh the tree keeps its columns until the new ones
                            // are here
                accept(names);
        });
        connect(m_loader.get(), &CatalogLoader::loaded, this, [this](const CatalogPtr &catalog) {
            const CatalogPtr before = m_catalog;
            accept(catalog);
            m_error.reset();
            setState(CatalogState::Loaded);
            if (before && before->hasDetails())
                compare(before);
        });
        connect(m_loader.get(), &CatalogLoader::failed, this, [this](const Error &error) {
            m_error = error;
            setState(CatalogState::Failed);
        });
    }
    setState(CatalogState::Loading);
    m_loader->load();
}

void OpenDatabase::checkCatalog(bool eager)
{
    const bool settled = m_state == CatalogState::Loaded || m_state == CatalogState::Failed;
    const auto session = m_connections->session(Purpose::Catalog);
    if (!m_catalog || !settled || m_checking || !session)
        return;
    m_checking = true;
    const auto judge = [this, eager](const Result<CatalogFingerprint> &now) {
        m_checking = false;
        if (!now || m_state == CatalogState::Loading)
            return;
        const CatalogFingerprint &before = m_catalog->fingerprint();
        const bool isCounted = !before.written.isEmpty() || eager;
        if (m_state == CatalogState::Failed || (isCounted && mayDiffer(before, *now)))
            loadCatalog();
        else if (eager && before.transaction != now->transaction)
            QTimer::singleShot(countsAreLate, this, [this] { checkCatalog(false); });
    };
    loadFingerprint(**session).then(this, judge);
}

void OpenDatabase::cancelCatalog()
{
    if (m_loader)
        m_loader->cancel();
}

} // namespace core
