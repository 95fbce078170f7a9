// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

class QLocale;

namespace ui {

// Numbers and times of the interface, in the given locale's digits and the interface's language.
// Values of the database never come through here: they are shown as the server sent them.

// "38 ms", "2.1 s", "6 m 12 s", "3 h 04 m", "2 d 5 h". Below 1 ms "0.4 ms". Negative counts as 0.
[[nodiscard]] QString formatDuration(std::chrono::nanoseconds duration);

// Powers of 1024 as PostgreSQL counts: "0 bytes", "71 bytes", "48 KB", "3.1 GB".
[[nodiscard]] QString formatBytes(qint64 bytes);

// Exact: "1,284".
[[nodiscard]] QString formatCount(qint64 count);

// "1 row", "1,284 rows"; "1 column", "14 columns".
[[nodiscard]] QString formatRows(qint64 count);
[[nodiscard]] QString formatColumns(qint64 count);

// An estimate: "≈ 612,400", from a million on "≈ 48.2 M", "≈ 1.94 G". Exact below only in its look:
// the mark stands before every one. Negative (unknown) gives an empty string.
[[nodiscard]] QString formatEstimate(double count);
// The same in words, for sentences: "≈ 1.94 million".
[[nodiscard]] QString formatEstimateInWords(double count);

// "Today 03:00", "Yesterday 18:20", "12 March 09:10", with the year when it is another one.
[[nodiscard]] QString formatWhen(const QDateTime &when, const QDateTime &now);

// A name on a line of its own: control characters as U+FFFD, and those that turn the direction too.
[[nodiscard]] QString oneLine(const QString &text);

// The same for a sentence: what isolated() put around the names in it stays.
[[nodiscard]] QString sentenceLine(const QString &text);

// U+2068 … U+2069 around a name, host, path, key or number inside a sentence, so that its direction
// does not mix with the sentence's. Inside it is on one line, as by oneLine().
[[nodiscard]] QString isolated(const QString &text);

} // namespace ui
