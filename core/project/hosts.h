// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// The platform or cluster inside of which alone a host's name means something ("Railway"); empty
/// for every other host. By the name alone, nothing is looked up.
[[nodiscard]] QString onlyInside(const QString &host);

} // namespace core
