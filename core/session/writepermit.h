// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/bootclock.h"
#include "core/pq/conninfo.h"

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace core {

enum class Exposure : quint8; // core/connect/production.h

/// Proof that a person switched writing on for one database. Only WriteSwitch (core/connect) makes
/// one, and whatever writes asks for it. A copy is of the same switch: it stops to hold when the
/// switch is turned off, when its time is over and when the switch is gone. Look again right before
/// anything is sent. May be copied and asked from any thread.
class WritePermit
{
public:
    [[nodiscard]] const QString &database() const { return m_grant->database; }
    [[nodiscard]] Exposure exposure() const { return m_grant->exposure; }
    /// nullopt = until it is turned off.
    [[nodiscard]] std::optional<BootClock::time_point> until() const { return m_grant->until; }
    [[nodiscard]] bool holds() const;
    /// Host, port, user and database name are among those that the switch was turned on for: an
    /// address that has changed since is another place.
    [[nodiscard]] bool covers(const ConnInfo &info) const;
    /// Of the same turn of the switch.
    bool operator==(const WritePermit &) const = default;

private:
    friend class WriteSwitch;

    struct Place {
        QString host = {};
        quint16 port = 0;
        QString user = {};
        QString database = {};
        bool operator==(const Place &) const = default;
        [[nodiscard]] static Place of(const ConnInfo &info);
    };
    struct Grant {
        QString database = {};
        Exposure exposure = {};
        std::optional<BootClock::time_point> until = {};
        std::vector<Place> places = {};
        std::atomic<bool> on = true;
    };
    explicit WritePermit(std::shared_ptr<Grant> grant);
    std::shared_ptr<Grant> m_grant;
};

} // namespace core
