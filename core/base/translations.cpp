// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace core {

void installTranslations(QCoreApplication &application)
{
    auto *translator = new QTranslator(&application);
    if (translator->load(QLocale(), u"sluice"_s, u"_"_s, u":/i18n"_s)
        || translator->load(u":/i18n/sluice_en"_s))
        QCoreApplication::installTranslator(translator);
}

int pluralNumber(qint64 count)
{
    // The last digits decide in every language; what is beyond int keeps them.
    constexpr qint64 most = 1'000'000'000;
    return int(count < most ? count : most + count % 1'000'000);
}

} // namespace core
