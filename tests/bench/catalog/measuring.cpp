// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/catalog/measuring.h"

#include "core/catalog/catalogdiff.h"
#include "core/catalog/objectdetail.h"
#include "core/catalog/objectsearch.h"
#include "core/catalog/treemodel.h"
#include "core/diagram/diagramlayout.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bench {

namespace {

constexpr auto oneWay = 25ms;

} // namespace

CatalogMeasuring::CatalogMeasuring(core::SessionConfig config, int rounds)
    : m_config(std::move(config))
    , m_left(rounds)
{
}

CatalogMeasuring::~CatalogMeasuring() = default;

void CatalogMeasuring::start()
{
    next();
}

void CatalogMeasuring::next()
{
    if (m_left-- == 0)
        return goFar();
    m_loader.reset();
    m_session = std::make_unique<core::SessionThread>(m_config);
    connect(m_session.get(), &core::SessionThread::connectFailed, this, &CatalogMeasuring::failed);
    connect(
        m_session.get(), &core::SessionThread::connected, this, [this] { load(); },
        Qt::SingleShotConnection);
    m_session->open();
}

void CatalogMeasuring::load()
{
    m_loader = std::make_unique<core::CatalogLoader>(*m_session);
    connect(m_loader.get(), &core::CatalogLoader::namesLoaded, this,
            [this] { m_names.push_back(sinceStart()); });
    connect(m_loader.get(), &core::CatalogLoader::loaded, this, &CatalogMeasuring::loaded);
    connect(m_loader.get(), &core::CatalogLoader::failed, this, &CatalogMeasuring::failed);
    begin();
    m_loader->load();
}

void CatalogMeasuring::loaded(const core::CatalogPtr &catalog)
{
    m_whole.push_back(sinceStart());
    m_before = std::exchange(m_catalog, catalog);
    measureInMemory();
    check();
}

void CatalogMeasuring::measureInMemory()
{
    for (const QString &pattern : {u"t999"_s, u"creat"_s, u"s1.t5.na"_s, u"zzzz"_s}) {
        begin();
        const auto found = core::searchObjects(*m_catalog, pattern, {.limit = 30});
        m_search.push_back(sinceStart());
    }
    core::CatalogTreeModel model;
    model.setCatalog(m_catalog);
    for (const QString &pattern : {u"t"_s, u"t99"_s, u"creat"_s}) {
        begin();
        model.setFilter(pattern);
        m_filter.push_back(sinceStart());
    }
    if (m_before) {
        begin();
        const auto changes = core::catalogChanges(*m_before, *m_catalog);
        m_diff.push_back(sinceStart());
    }
    if (const core::SchemaInfo *const drawn = m_catalog->schema("drawn")) {
        begin();
        const auto tables = core::diagramTables(*m_catalog, *drawn);
        const auto layout = core::layOut(core::diagramGraph(*m_catalog, tables), {});
        m_layout.push_back(sinceStart());
    }
}

core::ObjectId CatalogMeasuring::someTable() const
{
    const core::RelationInfo *const table = m_catalog->relation("s1", "t5");
    return {core::classCatalog, table ? table->oid : core::Oid{}};
}

void CatalogMeasuring::check()
{
    begin();
    core::loadFingerprint(*m_session)
        .then(this, [this](const core::Result<core::CatalogFingerprint> &now) {
            if (!now)
                return emit failed(now.error());
            m_check.push_back(sinceStart());
            detail();
        });
}

void CatalogMeasuring::detail()
{
    begin();
    core::loadObjectDetail(*m_session, someTable())
        .then(this, [this](const core::Result<core::ObjectDetail> &shown) {
            if (!shown)
                return emit failed(shown.error());
            m_detail.push_back(sinceStart());
            // This runs inside of what the session that goes away sends.
            QMetaObject::invokeMethod(this, &CatalogMeasuring::next, Qt::QueuedConnection);
        });
}

void CatalogMeasuring::goFar()
{
    core::SessionConfig config = m_config;
    m_proxy = std::make_unique<test::FaultProxy>(config.keywords["port"_ba].toUShort());
    config.keywords["port"_ba] = QByteArray::number(m_proxy->port());
    m_farSession = std::make_unique<core::SessionThread>(config);
    connect(m_farSession.get(), &core::SessionThread::connectFailed, this,
            &CatalogMeasuring::failed);
    connect(
        m_farSession.get(), &core::SessionThread::connected, this, [this] { loadFar(); },
        Qt::SingleShotConnection);
    m_farSession->open();
}

void CatalogMeasuring::loadFar()
{
    m_proxy->setDelay(oneWay);
    m_proxy->resetCounts();
    m_farLoader = std::make_unique<core::CatalogLoader>(*m_farSession);
    connect(m_farLoader.get(), &core::CatalogLoader::failed, this, &CatalogMeasuring::failed);
    connect(m_farLoader.get(), &core::CatalogLoader::namesLoaded, this, [this] {
        m_far[u"farNames"_s] = sinceStart();
        m_far[u"namesTrips"_s] = m_proxy->roundTrips();
    });
    connect(m_farLoader.get(), &core::CatalogLoader::loaded, this, [this] {
        m_far[u"far"_s] = sinceStart();
        m_far[u"trips"_s] = m_proxy->roundTrips();
        detailFar();
    });
    begin();
    m_farLoader->load();
}

void CatalogMeasuring::detailFar()
{
    m_proxy->resetCounts();
    core::loadObjectDetail(*m_farSession, someTable())
        .then(this, [this](const core::Result<core::ObjectDetail> &shown) {
            if (!shown)
                return emit failed(shown.error());
            m_far[u"detailTrips"_s] = m_proxy->roundTrips();
            emit done();
        });
}

QJsonObject CatalogMeasuring::result() const
{
    QJsonObject all = m_far;
    all[u"names"_s] = toJson(m_names);
    all[u"whole"_s] = toJson(m_whole);
    all[u"check"_s] = toJson(m_check);
    all[u"detail"_s] = toJson(m_detail);
    all[u"search"_s] = toJson(m_search);
    all[u"filter"_s] = toJson(m_filter);
    all[u"layout"_s] = toJson(m_layout);
    all[u"diff"_s] = toJson(m_diff);
    all[u"relations"_s] = qint64(m_catalog->relations().size());
    all[u"bytes"_s] = qint64(m_catalog->residentBytes());
    return all;
}

} // namespace bench
