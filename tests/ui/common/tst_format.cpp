// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/format.h"

#include <QLocale>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestFormat : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void durations_data();
    void durations();
    void bytes_data();
    void bytes();
    void counts();
    void estimates_data();
    void estimates();
    void otherLocales();
    void whens_data();
    void whens();
    void isolates();
};

void TestFormat::durations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, std::chrono::nanoseconds duration, const QString &text) {
        QTest::newRow(name) << qint64(duration.count()) << text;
    };
    row("nothing", 0ns, u"0 ms"_s);
    row("negative", -5ms, u"0 ms"_s);
    row("microseconds", 400us, u"0.4 ms"_s);
    row("milliseconds", 38ms, u"38 ms"_s);
    row("below a second", 999ms, u"999 ms"_s);
    row("rounds to a second", 999'600us, u"1.0 s"_s);
    row("seconds", 2100ms, u"2.1 s"_s);
    row("rounds to a minute", 59'980ms, u"1 m 00 s"_s);
    row("minutes", 372s, u"6 m 12 s"_s);
    row("seconds with two digits", 158s, u"2 m 38 s"_s);
    row("hours", 3h + 4min + 50s, u"3 h 04 m"_s);
    row("days", 53h, u"2 d 5 h"_s);
}

void TestFormat::durations()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(QString, text);
    QCOMPARE(ui::formatDuration(std::chrono::nanoseconds(nanoseconds)), text);
}

void TestFormat::bytes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << u"0 bytes"_s;
    QTest::newRow("bytes") << qint64(71) << u"71 bytes"_s;
    QTest::newRow("last byte") << qint64(1023) << u"1023 bytes"_s;
    QTest::newRow("first kilobyte") << qint64(1024) << u"1 KB"_s;
    QTest::newRow("kilobytes") << qint64(48 * 1024 + 100) << u"48 KB"_s;
    QTest::newRow("rounds to the next unit") << qint64(1024 * 1024 - 1) << u"1.0 MB"_s;
    QTest::newRow("gigabytes") << qint64(3'328'599'654) << u"3.1 GB"_s;
    QTest::newRow("no decimals from a hundred on") << (qint64(250) << 30) << u"250 GB"_s;
    QTest::newRow("largest") << std::numeric_limits<qint64>::max() << u"8,192 PB"_s;
}

void TestFormat::bytes()
{
    QFETCH(qint64, bytes);
    QFETCH(QString, text);
    QCOMPARE(ui::formatBytes(bytes), text);
}

void TestFormat::counts()
{
    QCOMPARE(ui::formatCount(1284), u"1,284"_s);
    QCOMPARE(ui::formatCount(0), u"0"_s);
}

void TestFormat::estimates_data()
{
    QTest::addColumn<double>("count");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("inWords");
    const auto same = [](const char *name, double count, const QString &text) {
        QTest::newRow(name) << count << text << text;
    };
    same("unknown", -1.0, {});
    same("not a number", std::nan(""), {});
    same("none", 0.0, u"≈ 0"_s);
    same("thousands", 612'400.0, u"≈ 612,400"_s);
    same("below a million", 999'999.0, u"≈ 999,999"_s);
    QTest::newRow("a million") << 999'999.6 << u"≈ 1 M"_s << u"≈ 1 million"_s;
    QTest::newRow("two figures") << 48.2e6 << u"≈ 48.2 M"_s << u"≈ 48.2 million"_s;
    QTest::newRow("one figure") << 1.94e6 << u"≈ 1.94 M"_s << u"≈ 1.94 million"_s;
    QTest::newRow("three figures") << 214.3e6 << u"≈ 214 M"_s << u"≈ 214 million"_s;
    QTest::newRow("billions") << 1.2e9 << u"≈ 1.2 G"_s << u"≈ 1.2 billion"_s;
}

void TestFormat::estimates()
{
    QFETCH(double, count);
    QFETCH(QString, text);
    QFETCH(QString, inWords);
    QCOMPARE(ui::formatEstimate(count), text);
    QCOMPARE(ui::formatEstimateInWords(count), inWords);
}

void TestFormat::otherLocales()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(ui::formatCount(1284), u"1.284"_s);
    QCOMPARE(ui::formatEstimate(48.2e6), u"≈ 48,2 M"_s);
    QCOMPARE(ui::formatDuration(2100ms), u"2,1 s"_s);
    QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Egypt));
    QVERIFY(ui::formatEstimate(2e6).contains(QChar(0x0662)));
    QVERIFY(ui::formatDuration(61s).contains(QChar(0x0660)));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

void TestFormat::whens_data()
{
    QTest::addColumn<QDateTime>("when");
    QTest::addColumn<QString>("text");
    const auto at = [](int year, int month, int day, int hour, int minute) {
        return QDateTime(QDate(year, month, day), QTime(hour, minute), QTimeZone::UTC);
    };
    QTest::newRow("today") << at(2026, 3, 14, 3, 0) << u"Today 03:00"_s;
    QTest::newRow("yesterday") << at(2026, 3, 13, 23, 59) << u"Yesterday 23:59"_s;
    QTest::newRow("this year") << at(2026, 3, 12, 9, 10) << u"12 March 09:10"_s;
    QTest::newRow("other year") << at(2025, 12, 31, 9, 10) << u"31 December 2025 09:10"_s;
    QTest::newRow("other zone, same day")
        << QDateTime(QDate(2026, 3, 15), QTime(1, 0), QTimeZone(7200)) << u"Today 23:00"_s;
}

void TestFormat::whens()
{
    QFETCH(QDateTime, when);
    QFETCH(QString, text);
    const QDateTime now(QDate(2026, 3, 14), QTime(9, 0), QTimeZone::UTC);
    QCOMPARE(ui::formatWhen(when, now), text);
}

void TestFormat::isolates()
{
    QCOMPARE(ui::isolated(u"app-prod"_s), u"\u2068app-prod\u2069"_s);
    // An override in a name must not reach the sentence around it, nor end the isolation early.
    const QString hostile = ui::isolated(u"a\u202Eb\u2069c"_s);
    QCOMPARE(hostile, u"\u2068a\uFFFDb\uFFFDc\u2069"_s);
    // A sentence keeps them, and nothing else.
    QCOMPARE(ui::sentenceLine(u"Row "_s + hostile + u"\n\u202E"_s),
             u"Row "_s + hostile + u"\uFFFD\uFFFD"_s);
    QCOMPARE(ui::sentenceLine(u"\u2069a\u2068b"_s), u"\uFFFDa\uFFFDb"_s);
    QCOMPARE(ui::sentenceLine(u"\u2068a\u2068b\u2069"_s), u"\uFFFDa\u2068b\u2069"_s);
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
