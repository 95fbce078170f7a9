// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/servertime.h"

#include <QTimeZone>

namespace core {

QDateTime serverTime(QByteArrayView seconds)
{
    bool isNumber = false;
    const double number = seconds.toDouble(&isNumber);
    if (!isNumber)
        return {};
    // By microseconds, which are whole: a double is a little less than most thousandths.
    const qint64 microseconds = qRound64(number * 1'000'000);
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000, QTimeZone::UTC);
}

} // namespace core
