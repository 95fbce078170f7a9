// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/poolercommand.h"

using namespace Qt::StringLiterals;

namespace cli {

void PoolerCommand::runOn(core::ConnectionSet &connections)
{
    const core::Database &database = connections.database();
    for (const auto &endpoint : {database.direct, database.pooled}) {
        if (endpoint)
            m_endpoints.push_back(*endpoint);
    }
    probeNext();
}

void PoolerCommand::probeNext()
{
    if (m_endpoints.empty()) {
        if (wantsJson())
            printJson({{u"endpoints"_s, m_json}});
        if (m_error)
            return fail(*m_error);
        return done();
    }
    const core::Endpoint endpoint = m_endpoints.back();
    m_endpoints.pop_back();
    auto probe = core::PoolerProbe::create(endpoint, token());
    if (!probe)
        return fail(probe.error());
    if (m_probe)
        m_probe.release()->deleteLater(); // it is its signal that we are called by
    m_probe = std::move(*probe);
    connect(m_probe.get(), &core::PoolerProbe::finished, this,
            [this, endpoint](const core::Result<core::PoolerFinding> &outcome) {
                take(endpoint, outcome);
            });
    m_probe->start();
}

void PoolerCommand::take(const core::Endpoint &endpoint,
                         const core::Result<core::PoolerFinding> &outcome)
{
    const QString role = core::roleId(endpoint.role);
    if (!outcome) {
        core::Error error = outcome.error();
        error.place = role + u": "_s + error.place;
        if (m_error)
            printError(*m_error, wantsJson());
        m_error = std::move(error);
        return probeNext();
    }
    if (wantsJson()) {
        m_json.append(QJsonObject{{u"role"_s, role},
                                  {u"pooler"_s, core::poolerKindId(outcome->kind)},
                                  {u"mode"_s, core::poolModeId(outcome->mode)},
                                  {u"evidence"_s, outcome->evidence}});
    } else {
        print(u"%1  %2\n"_s.arg(role.leftJustified(6), core::poolerText(*outcome)));
        if (!outcome->evidence.isEmpty())
            print(u"        "_s + outcome->evidence + u'\n');
        if (const QString follows = core::poolerConsequence(*outcome); !follows.isEmpty())
            print(u"        "_s + follows + u'\n');
    }
    probeNext();
}

} // namespace cli
