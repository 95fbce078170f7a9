// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerfindings.h"
#include "core/doctor/finding.h"
#include "core/doctor/serverfacts.h"
#include "core/project/poolsettings.h"
#include "core/project/trust.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace core {

/// What to look at.
struct CheckupSpec {
    Project project = {};
    DatabaseSet databases = {};
    QString only = {};                    ///< one database by its name; empty = all
    std::optional<TrustToken> token = {}; ///< without it nothing is connected to
    /// What is known of the poolers at their endpoints, by database.
    std::map<QString, PoolerFindings> poolers = {};
};

/// The doctor's round: the folder's files first, then each endpoint of each database on a
/// connection of its own, four at a time. start() once; finished() follows from the event loop,
/// exactly once. Deleting it ends everything. Thread-affine.
class Checkup : public QObject
{
    Q_OBJECT

public:
    explicit Checkup(CheckupSpec spec, QObject *parent = nullptr);
    ~Checkup() override;

    void start();
    /// Folder first, then by database: direct, pooled, what holds for the server.
    [[nodiscard]] std::vector<Finding> findings() const;
    /// Endpoints that were tried, and those that answered.
    [[nodiscard]] int tried() const { return int(m_next); }
    [[nodiscard]] int answered() const { return m_answered; }
    [[nodiscard]] bool hasProblem() const;

signals:
    void progressed(int done, int all);
    void finished();

private:
    struct Visit;
    void begin(const Result<PoolSettings> &settings);
    void plan(const Database &database, int number);
    void startNext();
    void take(Visit &visit, const Result<ServerFacts> &facts);
    void end();

    CheckupSpec m_spec;
    std::vector<Finding> m_folder;
    PoolSettings m_pool;
    std::vector<std::unique_ptr<Visit>> m_visits;
    std::size_t m_next = 0;
    int m_done = 0;
    int m_answered = 0;
};

} // namespace core
