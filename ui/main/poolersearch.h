// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/poolerprobe.h"

#include <QPointer>

#include <deque>
#include <memory>
#include <optional>

namespace ui {

// Finds out which pooler answers at endpoints of open databases, one endpoint after the other. What
// is found out is kept by the database's connections, and routes go by it.
class PoolerSearch : public QObject
{
    Q_OBJECT

public:
    explicit PoolerSearch(QObject *parent = nullptr);
    ~PoolerSearch() override;

    // What is being asked at an endpoint, or why that failed the last time.
    struct State {
        bool waits = false; // behind another one
        bool runs = false;
        int done = 0;
        int all = 0;
        std::optional<core::Error> error;
    };
    [[nodiscard]] State stateOf(const core::OpenDatabase &database,
                                const core::Endpoint &endpoint) const;

    // Nothing happens while it is asked already.
    void ask(core::OpenDatabase &database, const core::Endpoint &endpoint);
    // Ends its connections at once; nothing is said of it.
    void cancel(const core::OpenDatabase &database, const core::Endpoint &endpoint);
    // The poolers that show themselves while it is used.
    void watch(core::OpenDatabase &database);

signals:
    void stateChanged();
    void found(core::OpenDatabase *database, const core::Endpoint &endpoint,
               const core::PoolerFinding &finding);
    void failed(core::OpenDatabase *database, const core::Endpoint &endpoint,
                const core::Error &error);
    // Of an endpoint that was taken for direct, or for one that keeps a session's state.
    void shown(core::OpenDatabase *database, const core::Endpoint &endpoint);
    // What is known of a database's endpoints has changed.
    void learnt(core::OpenDatabase *database);

private:
    struct Question {
        QPointer<core::OpenDatabase> database;
        core::Endpoint endpoint;
        std::optional<core::Error> error = {}; // of the last time
        [[nodiscard]] bool isOf(const core::OpenDatabase &which, const core::Endpoint &at) const
        {
            return database.data() == &which
                   && core::poolerPlace(endpoint) == core::poolerPlace(at);
        }
    };
    void next();
    void take(const core::Result<core::PoolerFinding> &outcome);
    void end();

    std::deque<Question> m_questions;           // the first one runs
    std::unique_ptr<core::PoolerProbe> m_probe; // its
    std::vector<Question> m_failures;           // one an endpoint
    int m_done = 0;
    int m_all = 0;
};

} // namespace ui
