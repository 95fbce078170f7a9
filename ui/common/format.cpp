// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/format.h"

#include "core/base/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

namespace ui {

namespace {

constexpr QChar isolateBegin(0x2068);
constexpr QChar isolateEnd(0x2069);

using namespace std::chrono;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ui::Format)
};

// Three significant figures at most, no trailing zeros: 1.94, 48.2, 161.
QString rounded(double value)
{
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    QString text = QLocale().toString(value, 'f', decimals);
    if (decimals == 0)
        return text;
    const QString point = QLocale().decimalPoint();
    const QString zero = QLocale().zeroDigit();
    while (text.endsWith(zero) && text.contains(point))
        text.chop(zero.size());
    if (text.endsWith(point))
        text.chop(point.size());
    return text;
}

QString twoDigits(qint64 value)
{
    const QString text = QLocale().toString(value);
    return value < 10 ? QLocale().zeroDigit() + text : text;
}

bool isDirectionControl(QChar c)
{
    const char16_t u = c.unicode();
    return u == 0x061C || u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E)
           || (u >= 0x2066 && u <= 0x2069);
}

} // namespace

QString formatDuration(nanoseconds duration)
{
    const qint64 micro = std::max<qint64>(duration_cast<microseconds>(duration).count(), 0);
    const double milli = double(micro) / 1000.0;
    const QLocale locale;
    if (milli < 1.0)
        return Words::tr("%1 ms").arg(micro == 0 ? locale.toString(0)
                                                 : rounded(std::max(milli, 0.01)));
    if (milli < 999.5)
        return Words::tr("%1 ms").arg(locale.toString(std::llround(milli)));
    if (milli < 59'950.0)
        return Words::tr("%1 s").arg(locale.toString(milli / 1000.0, 'f', 1));
    const qint64 seconds = std::llround(milli / 1000.0);
    if (seconds < 3600)
        return Words::tr("%1 m %2 s").arg(locale.toString(seconds / 60), twoDigits(seconds % 60));
    if (seconds < 86'400)
        return Words::tr("%1 h %2 m")
            .arg(locale.toString(seconds / 3600), twoDigits(seconds % 3600 / 60));
    return Words::tr("%1 d %2 h")
        .arg(locale.toString(seconds / 86'400), locale.toString(seconds % 86'400 / 3600));
}

QString formatBytes(qint64 bytes)
{
    if (bytes < 1024)
        return Words::tr("%n bytes", nullptr, int(std::max<qint64>(bytes, 0)));
    static constexpr std::array units{
        QT_TRANSLATE_NOOP("ui::Format", "%1 KB"), QT_TRANSLATE_NOOP("ui::Format", "%1 MB"),
        QT_TRANSLATE_NOOP("ui::Format", "%1 GB"), QT_TRANSLATE_NOOP("ui::Format", "%1 TB"),
        QT_TRANSLATE_NOOP("ui::Format", "%1 PB")};
    double value = double(bytes) / 1024.0;
    size_t unit = 0;
    while (value >= 1023.5 && unit + 1 < units.size()) {
        value /= 1024.0;
        ++unit;
    }
    const int decimals = unit > 0 && value < 99.95 ? 1 : 0;
    return Words::tr(units[unit]).arg(QLocale().toString(value, 'f', decimals));
}

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString formatRows(qint64 count)
{
    return Words::tr("%1 rows", nullptr, core::pluralNumber(count)).arg(formatCount(count));
}

QString formatColumns(qint64 count)
{
    return Words::tr("%1 columns", nullptr, core::pluralNumber(count)).arg(formatCount(count));
}

QString formatEstimate(double count)
{
    if (!(count >= 0.0))
        return {};
    if (count < 999'999.5)
        return Words::tr("≈ %1").arg(formatCount(std::llround(count)));
    if (count < 999.5e6)
        return Words::tr("≈ %1 M").arg(rounded(count / 1e6));
    return Words::tr("≈ %1 G").arg(rounded(count / 1e9));
}

QString formatEstimateInWords(double count)
{
    if (!(count >= 999'999.5))
        return formatEstimate(count);
    if (count < 999.5e6)
        return Words::tr("≈ %1 million").arg(rounded(count / 1e6));
    return Words::tr("≈ %1 billion").arg(rounded(count / 1e9));
}

QString formatWhen(const QDateTime &when, const QDateTime &now)
{
    const QLocale locale;
    const QDateTime local = when.toTimeZone(now.timeZone());
    const QString time = locale.toString(local.time(), QLocale::ShortFormat);
    const qint64 days = local.date().daysTo(now.date());
    if (days == 0)
        return Words::tr("Today %1").arg(time);
    if (days == 1)
        return Words::tr("Yesterday %1").arg(time);
    const bool sameYear = local.date().year() == now.date().year();
    //: A day of this year, as QDate::toString() takes it.
    const QString day =
        locale.toString(local.date(), sameYear ? Words::tr("d MMMM") : Words::tr("d MMMM yyyy"));
    //: A day and a time, "12 March 09:10".
    return Words::tr("%1 %2").arg(day, time);
}

QString oneLine(const QString &text)
{
    QString line = text;
    for (QChar &c : line) {
        if (c.category() == QChar::Other_Control || isDirectionControl(c))
            c = QChar::ReplacementCharacter;
    }
    return line;
}

QString sentenceLine(const QString &text)
{
    QString line = oneLine(text);
    // A pair cannot turn what stands outside of it; half of one could.
    QList<qsizetype> open;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text.at(i) == isolateBegin) {
            open.append(i);
        } else if (text.at(i) == isolateEnd && !open.isEmpty()) {
            line[open.takeLast()] = isolateBegin;
            line[i] = isolateEnd;
        }
    }
    return line;
}

QString isolated(const QString &text)
{
    return isolateBegin + oneLine(text) + isolateEnd;
}

} // namespace ui
