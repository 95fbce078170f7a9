// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/writepermit.h"

#include <algorithm>
#include <utility>

namespace core {

WritePermit::Place WritePermit::Place::of(const ConnInfo &info)
{
    return {.host = info.host().toLower(),
            .port = info.port(),
            .user = info.user(),
            .database = info.database()};
}

WritePermit::WritePermit(std::shared_ptr<Grant> grant)
    : m_grant(std::move(grant))
{
}

bool WritePermit::holds() const
{
    return m_grant->on.load() && (!m_grant->until || BootClock::now() < *m_grant->until);
}

bool WritePermit::covers(const ConnInfo &info) const
{
    return std::ranges::contains(m_grant->places, Place::of(info));
}

} // namespace core
