// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"

namespace core {

/// The value of a connection keyword; empty where it is not there.
[[nodiscard]] inline QByteArray keyword(const ConnKeywords &keywords, const QByteArray &key)
{
    const auto found = keywords.find(key);
    return found == keywords.end() ? QByteArray() : found->second;
}

} // namespace core
