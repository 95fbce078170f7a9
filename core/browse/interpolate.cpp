// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/interpolate.h"

#include "core/result/typeoids.h"

#include <QDate>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 microsecondsPerDay = qint64(24) * 3600 * 1000 * 1000;

std::optional<long double> readNumber(QByteArrayView text)
{
    long double value = 0;
    const auto [end, error] = std::from_chars(text.begin(), text.end(), value);
    if (error != std::errc{} || end != text.end() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<QByteArray> betweenNumbers(QByteArrayView low, QByteArrayView high, double part,
                                         bool whole)
{
    const auto from = readNumber(low);
    const auto to = readNumber(high);
    if (!from || !to)
        return std::nullopt;
    long double value = *from + (*to - *from) * static_cast<long double>(part);
    if (whole)
        value = std::clamp(std::floor(value), *from, *to);
    char buffer[64];
    const auto [end, error] =
        whole ? std::to_chars(buffer, std::end(buffer), value, std::chars_format::fixed, 0)
              : std::to_chars(buffer, std::end(buffer), value, std::chars_format::scientific, 18);
    if (error != std::errc{})
        return std::nullopt;
    return QByteArray(buffer, end - buffer);
}

/// Reads fixed pieces of "2024-05-01 10:20:30.123456+02:30" one after the other.
class MomentReader
{
public:
    explicit MomentReader(QByteArrayView text)
        : m_at(text.begin())
        , m_end(text.end())
    {
    }

    std::optional<qint64> microseconds()
    {
        const int year = number();
        const int month = piece('-');
        const int day = piece('-');
        const QDate date(year, month, day);
        if (m_bad || !date.isValid())
            return std::nullopt;
        qint64 value = (date.toJulianDay()) * microsecondsPerDay;
        if (m_at != m_end)
            value += timeOfDay();
        if (m_at != m_end)
            value -= offset();
        return m_bad || m_at != m_end ? std::nullopt : std::optional(value);
    }

private:
    int number()
    {
        int value = 0;
        const auto [end, error] = std::from_chars(m_at, m_end, value);
        m_bad = m_bad || error != std::errc{} || value < 0;
        m_at = end;
        return value;
    }
    bool take(char letter)
    {
        if (m_at == m_end || *m_at != letter)
            return false;
        ++m_at;
        return true;
    }
    int piece(char before)
    {
        m_bad = !take(before) || m_bad;
        return m_bad ? 0 : number();
    }
    qint64 timeOfDay()
    {
        const qint64 hours = piece(' ');
        const qint64 minutes = piece(':');
        const qint64 seconds = piece(':');
        qint64 fraction = 0;
        if (take('.')) {
            for (qint64 unit = 100'000; m_at != m_end && *m_at >= '0' && *m_at <= '9'; unit /= 10)
                fraction += unit * (*m_at++ - '0');
        }
        return ((hours * 60 + minutes) * 60 + seconds) * 1'000'000 + fraction;
    }
    qint64 offset()
    {
        const bool west = m_at != m_end && *m_at == '-';
        if (!take('+') && !take('-')) {
            m_bad = true;
            return 0;
        }
        qint64 seconds = qint64(number()) * 3600;
        if (take(':'))
            seconds += qint64(number()) * 60;
        if (take(':'))
            seconds += number();
        return (west ? -seconds : seconds) * 1'000'000;
    }

    const char *m_at;
    const char *m_end;
    bool m_bad = false;
};

std::optional<QByteArray> betweenMoments(Oid type, QByteArrayView low, QByteArrayView high,
                                         double part)
{
    const auto from = MomentReader(low).microseconds();
    const auto to = MomentReader(high).microseconds();
    if (!from || !to)
        return std::nullopt;
    const qint64 value = *from + qint64(static_cast<long double>(*to - *from) * part);
    const QDate date = QDate::fromJulianDay(value / microsecondsPerDay);
    // Empty beyond the year 9999.
    QByteArray text = date.toString(Qt::ISODate).toLatin1();
    if (text.isEmpty())
        return std::nullopt;
    if (type == oids::date)
        return text;
    const qint64 rest = value % microsecondsPerDay;
    const auto padded = [](qint64 number, int width) {
        return QByteArray::number(number).rightJustified(width, '0');
    };
    const qint64 seconds = rest / 1'000'000;
    text += ' ' + padded(seconds / 3600, 2) + ':' + padded(seconds / 60 % 60, 2) + ':'
            + padded(seconds % 60, 2) + '.' + padded(rest % 1'000'000, 6);
    return type == oids::timestamptz ? text + "+00"_ba : text;
}

std::optional<QByteArray> betweenUuids(QByteArrayView low, QByteArrayView high, double part)
{
    const QByteArray from = low.toByteArray().replace('-', ""_ba);
    const QByteArray to = high.toByteArray().replace('-', ""_ba);
    bool lowRead = false;
    bool highRead = false;
    const quint64 first =
        from.first(std::min(from.size(), qsizetype(16))).toULongLong(&lowRead, 16);
    const quint64 last = to.first(std::min(to.size(), qsizetype(16))).toULongLong(&highRead, 16);
    if (!lowRead || !highRead || from.size() != 32 || last < first)
        return std::nullopt;
    const quint64 value = first + quint64(static_cast<long double>(last - first) * part);
    if (value == first)
        return low.toByteArray();
    return QByteArray::number(value, 16).rightJustified(16, '0') + QByteArray(16, '0');
}

/// Digits of base 95 (blank to tilde) after the common beginning.
std::optional<QByteArray> betweenTexts(QByteArrayView low, QByteArrayView high, double part)
{
    constexpr int digits = 8;
    constexpr int base = '~' - ' ' + 1;
    qsizetype common = 0;
    while (common < low.size() && common < high.size() && low[common] == high[common])
        ++common;
    if (common > 0 && (uchar(low[common - 1]) & 0x80))
        return std::nullopt;
    const auto value = [common](QByteArrayView text) -> std::optional<long double> {
        long double sum = 0;
        for (qsizetype at = common; at < common + digits; ++at) {
            const char letter = at < text.size() ? text[at] : ' ';
            if (letter < ' ' || letter > '~')
                return std::nullopt;
            sum = sum * base + (letter - ' ');
        }
        return sum;
    };
    const auto from = value(low);
    const auto to = value(high);
    if (!from || !to || *to < *from)
        return std::nullopt;
    auto between = quint64(*from + (*to - *from) * static_cast<long double>(part));
    QByteArray tail;
    for (int digit = 0; digit < digits; ++digit, between /= base)
        tail.prepend(char(' ' + int(between % base)));
    while (tail.endsWith(' '))
        tail.chop(1);
    return low.first(common).toByteArray() + tail;
}

} // namespace

std::optional<QByteArray> interpolated(Oid baseType, QByteArrayView low, QByteArrayView high,
                                       double part)
{
    if (baseType == oids::int2 || baseType == oids::int4 || baseType == oids::int8
        || baseType == oids::oid)
        return betweenNumbers(low, high, part, true);
    if (baseType == oids::numeric || baseType == oids::float4 || baseType == oids::float8)
        return betweenNumbers(low, high, part, false);
    if (baseType == oids::date || baseType == oids::timestamp || baseType == oids::timestamptz)
        return betweenMoments(baseType, low, high, part);
    if (baseType == oids::uuid)
        return betweenUuids(low, high, part);
    if (baseType == oids::text || baseType == oids::varchar || baseType == oids::bpchar)
        return betweenTexts(low, high, part);
    return std::nullopt;
}

} // namespace core
