// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

#include <optional>
#include <vector>

namespace core {

/// What one process's connection pool says of itself, as far as its address tells.
struct PoolHints {
    std::optional<int> size = {};    ///< connections a process may open
    std::optional<int> timeout = {}; ///< seconds that it waits for one; 0 = for ever
    QString source = {};             ///< "connection_limit in .env:3"
    bool operator==(const PoolHints &) const = default;
};

/// connection_limit (Prisma), max (node), pool (Rails), pool_size with max_overflow (SQLAlchemy),
/// pool_max_conns (pgx) and pool_timeout of an endpoint's URL.
[[nodiscard]] PoolHints poolHints(const Endpoint &endpoint);

/// How an application connects (P11), and what there is for it.
struct PoolPlan {
    std::optional<int> size = {}; ///< connections a process may open; nullopt = not known
    int processes = 1;            ///< that many of them at the same time
    int extras = 0;               ///< beside them: migrations, cron jobs, people with tools
    std::optional<int> timeout = {};
    QString sizeSource = {};
    int maxConnections = 0;             ///< of the server; 0 = not known
    int reserved = 0;                   ///< of those, kept for superusers and chosen roles
    std::optional<int> planLimit = {};  ///< what the platform's plan allows
    std::optional<int> inUse = {};      ///< at this moment
    bool pooled = false;                ///< the processes connect through a pooler
    std::optional<int> poolerSize = {}; ///< server connections that it opens at most, if known
    bool operator==(const PoolPlan &) const = default;
};

struct PoolVerdict {
    enum class State : quint8 {
        Unknown, ///< a number is missing
        Fits,
        Tight, ///< fits, and nearly nothing is left
        Exceeds,
    };
    State state = State::Unknown;
    int wanted = 0;                        ///< connections at the server when everybody is busy
    int available = 0;                     ///< 0 = not known
    std::optional<int> suggestedSize = {}; ///< a process, where it should be another
    QString sum = {};                      ///< "4 × 10 + 3 = 43 of 97 connections"
    QString reason = {};                   ///< why that is good or not; one sentence
    QString advice = {};                   ///< what to set; empty = nothing
    bool operator==(const PoolVerdict &) const = default;
};

/// Pure arithmetic; never negative, whatever numbers come in.
[[nodiscard]] PoolVerdict judgePool(const PoolPlan &plan);

/// Stable, for --json: "unknown", "fits", "tight", "exceeds".
[[nodiscard]] QString poolStateId(PoolVerdict::State state);

} // namespace core
