// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace core {

/// A schema's name as search_path takes it: the name itself, whatever stands in it, in double
/// quotes where it needs them. Empty where no schema can be called so.
[[nodiscard]] QByteArray searchPathOf(const QByteArray &schema);

/// The same for a list as people write it for search_path: what stands outside of double quotes is
/// folded to lower case. Empty where the server would refuse the list (SplitIdentifierString).
[[nodiscard]] QByteArray searchPathOfList(const QByteArray &list);

/// "-c search_path=…" as libpq's `options` takes it; `path` as of the above.
[[nodiscard]] QByteArray searchPathOption(const QByteArray &path);

} // namespace core
