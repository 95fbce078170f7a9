// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

class QCoreApplication;

namespace core {

/// Gives tr() the words of the system's language, in English the plural forms. Once, before the
/// first text; the translator belongs to the application.
void installTranslations(QCoreApplication &application);

/// What tr() chooses a plural form by, for any number.
[[nodiscard]] int pluralNumber(qint64 count);

} // namespace core
