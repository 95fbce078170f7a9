// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QDateTime>

namespace core {

/// The moment that a server counted as seconds since 1970 (ActivitySession::backendStart), to the
/// millisecond, in UTC; invalid where this role may not see it.
[[nodiscard]] QDateTime serverTime(QByteArrayView seconds);

} // namespace core
