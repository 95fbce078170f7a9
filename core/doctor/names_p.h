// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/catalog.h"

#include <QStringList>

namespace core::doctor {

/// Names of a catalog that may be meant, as displayName() writes them; at most five, the server's
/// own schemas left out. `name` may hold a schema ("app.users"); only its last part counts.
[[nodiscard]] QStringList relationsNamed(const Catalog &catalog, const QString &name);
[[nodiscard]] QStringList relationsInOtherCase(const Catalog &catalog, const QString &name);
/// One or two letters differ, by the length.
[[nodiscard]] QStringList relationsLike(const Catalog &catalog, const QString &name);
/// "users.email"
[[nodiscard]] QStringList columnsLike(const Catalog &catalog, const QString &name);
[[nodiscard]] bool hasNoTables(const Catalog &catalog);

/// The well-known extension that the missing function or type of an error belongs to; empty for
/// all others.
[[nodiscard]] QString extensionOf(const Error &error);

} // namespace core::doctor
