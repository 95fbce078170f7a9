// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/poolersearch.h"

#include <algorithm>

namespace ui {

PoolerSearch::PoolerSearch(QObject *parent)
    : QObject(parent)
{
}

PoolerSearch::~PoolerSearch() = default;

PoolerSearch::State PoolerSearch::stateOf(const core::OpenDatabase &database,
                                          const core::Endpoint &endpoint) const
{
    const auto isIt = [&](const Question &one) { return one.isOf(database, endpoint); };
    State state;
    const auto asked = std::ranges::find_if(m_questions, isIt);
    state.runs = asked != m_questions.end() && asked == m_questions.begin();
    state.waits = asked != m_questions.end() && !state.runs;
    if (state.runs) {
        state.done = m_done;
        state.all = m_all;
    }
    if (const auto failure = std::ranges::find_if(m_failures, isIt); failure != m_failures.end())
        state.error = failure->error;
    return state;
}

void PoolerSearch::ask(core::OpenDatabase &database, const core::Endpoint &endpoint)
{
    const State state = stateOf(database, endpoint);
    if (state.runs || state.waits)
        return;
    std::erase_if(m_failures, [&](const Question &one) { return one.isOf(database, endpoint); });
    connect(&database, &QObject::destroyed, this, &PoolerSearch::next, Qt::UniqueConnection);
    m_questions.push_back({&database, endpoint});
    next();
}

void PoolerSearch::cancel(const core::OpenDatabase &database, const core::Endpoint &endpoint)
{
    if (stateOf(database, endpoint).runs)
        return end();
    std::erase_if(m_questions, [&](const Question &one) { return one.isOf(database, endpoint); });
    emit stateChanged();
}

/// The first question has its answer, or wants none any more.
void PoolerSearch::end()
{
    if (m_probe) {
        m_probe->disconnect(this);
        m_probe.release()->deleteLater(); // it may be its signal that we are called by
    }
    m_questions.pop_front();
    next();
}

void PoolerSearch::next()
{
    if (m_probe && !m_questions.front().database)
        return end();
    std::erase_if(m_questions, [](const Question &one) { return !one.database; });
    std::erase_if(m_failures, [](const Question &one) { return !one.database; });
    if (!m_probe && !m_questions.empty()) {
        const Question &first = m_questions.front();
        auto probe = first.database->connections().probe(first.endpoint);
        if (!probe)
            return take(std::unexpected(probe.error()));
        m_done = 0;
        m_all = 0;
        m_probe = std::move(*probe);
        connect(m_probe.get(), &core::PoolerProbe::progressed, this, [this](int done, int all) {
            m_done = done;
            m_all = all;
            emit stateChanged();
        });
        connect(m_probe.get(), &core::PoolerProbe::finished, this, &PoolerSearch::take);
        m_probe->start();
    }
    emit stateChanged();
}

void PoolerSearch::take(const core::Result<core::PoolerFinding> &outcome)
{
    Question question = m_questions.front();
    core::OpenDatabase *database = question.database;
    if (!outcome) {
        question.error = outcome.error();
        m_failures.push_back(question);
    } else if (database) {
        database->connections().learn(question.endpoint, *outcome);
    }
    end();
    if (!database)
        return;
    if (outcome)
        emit found(database, question.endpoint, *outcome);
    else
        emit failed(database, question.endpoint, outcome.error());
}

void PoolerSearch::watch(core::OpenDatabase &database)
{
    core::ConnectionSet &connections = database.connections();
    // One connection a database, however often it is shown.
    disconnect(&connections, nullptr, this, nullptr);
    connect(
        &connections, &core::ConnectionSet::endpointChanged, this,
        [this, which = &database](const core::Endpoint &endpoint) { emit shown(which, endpoint); });
    connect(&connections, &core::ConnectionSet::findingsChanged, this,
            [this, which = &database] { emit learnt(which); });
}

} // namespace ui
