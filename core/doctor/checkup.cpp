// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/checkup.h"

#include "core/base/worker.h"
#include "core/connect/sessionsetup.h"
#include "core/doctor/foldercheck.h"
#include "core/doctor/servercheck.h"

#include <QCoreApplication>

#include <algorithm>

namespace core {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t atOnce = 4;

} // namespace

/// One endpoint.
struct Checkup::Visit {
    Database database = {};
    Endpoint endpoint = {};
    int number = 0; ///< of the database
    std::unique_ptr<SessionThread> session = {};
    std::vector<Finding> findings = {};
    std::vector<Finding> ofServer = {}; ///< by the endpoint that sees it best
    std::optional<ServerFacts> facts = {};
};

Checkup::Checkup(CheckupSpec spec, QObject *parent)
    : QObject(parent)
    , m_spec(std::move(spec))
{
}

Checkup::~Checkup() = default;

void Checkup::start()
{
    m_folder = checkFolder(m_spec.project, m_spec.databases);
    runOnWorker([folder = m_spec.project.folder] {
        return readPoolSettings(folder);
    }).then(this, [this](const Result<PoolSettings> &settings) { begin(settings); });
}

void Checkup::begin(const Result<PoolSettings> &settings)
{
    if (settings) {
        m_pool = *settings;
    } else {
        Finding unread{.id = "folder.settings"_ba,
                       .level = Finding::Level::Warning,
                       .sentence = settings.error().message,
                       .where = settings.error().place};
        if (!settings.error().advice.isEmpty())
            unread.fixes = {{.sentence = settings.error().advice}};
        m_folder.push_back(unread);
    }
    int number = 0;
    for (const Database &database : m_spec.databases.databases) {
        if (m_spec.only.isEmpty() || database.name == m_spec.only)
            plan(database, number++);
    }
    if (m_visits.empty())
        return end();
    emit progressed(0, int(m_visits.size()));
    while (m_next < std::min(atOnce, m_visits.size()))
        startNext();
}

void Checkup::plan(const Database &database, int number)
{
    for (const std::optional<Endpoint> *endpoint : {&database.direct, &database.pooled}) {
        if (!*endpoint || !m_spec.token || !m_spec.token->covers((*endpoint)->info))
            continue;
        auto visit = std::make_unique<Visit>();
        visit->database = database;
        visit->endpoint = **endpoint;
        visit->number = number;
        m_visits.push_back(std::move(visit));
    }
}

void Checkup::startNext()
{
    Visit &visit = *m_visits[m_next++];
    visit.session = std::make_unique<SessionThread>(sessionConfig(visit.endpoint));
    loadServerFacts(*visit.session).then(this, [this, &visit](const Result<ServerFacts> &facts) {
        take(visit, facts);
    });
}

void Checkup::take(Visit &visit, const Result<ServerFacts> &facts)
{
    const auto known = m_spec.poolers.find(visit.database.name);
    visit.findings =
        checkEndpoint(visit.database, visit.endpoint, facts,
                      known == m_spec.poolers.end() ? PoolerFindings() : known->second);
    if (facts) {
        ++m_answered;
        visit.facts = *facts;
    }
    visit.session->close();
    emit progressed(++m_done, int(m_visits.size()));
    if (m_next < m_visits.size())
        startNext();
    else if (m_done == int(m_visits.size()))
        end();
}

void Checkup::end()
{
    // What holds for the server is said once a database.
    int last = -1;
    for (const std::unique_ptr<Visit> &visit : m_visits) {
        if (!visit->facts || visit->number == last)
            continue;
        last = visit->number;
        visit->ofServer = checkServer(visit->database, *visit->facts);
        if (auto budget = checkBudget(visit->database, *visit->facts, m_pool))
            visit->ofServer.push_back(std::move(*budget));
    }
    emit finished();
}

std::vector<Finding> Checkup::findings() const
{
    std::vector<Finding> all = m_folder;
    for (auto first = m_visits.begin(); first != m_visits.end();) {
        const auto last =
            std::find_if(first, m_visits.end(), [number = (*first)->number](const auto &visit) {
                return visit->number != number;
            });
        for (const auto part : {&Visit::findings, &Visit::ofServer}) {
            for (auto visit = first; visit != last; ++visit)
                std::ranges::copy((**visit).*part, std::back_inserter(all));
        }
        first = last;
    }
    return all;
}

bool Checkup::hasProblem() const
{
    return std::ranges::any_of(findings(), [](const Finding &finding) {
        return finding.level == Finding::Level::Problem;
    });
}

} // namespace core
