// SPDX-License-Identifier: GPL-3.0-or-later
// Values between two values, array text, places in a heap: pure text.
#include "core/browse/arrayliteral.h"
#include "core/browse/bound.h"
#include "core/browse/interpolate.h"
#include "core/browse/keymarks.h"
#include "core/result/typeoids.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestInterpolate : public QObject
{
    Q_OBJECT

private slots:
    void middle_data();
    void middle();
    void marksDivideEvenly();
    void arrays_data();
    void arrays();
    void arraysComeBack();
    void places_data();
    void places();
};

void TestInterpolate::middle_data()
{
    QTest::addColumn<quint32>("type");
    QTest::addColumn<QByteArray>("low");
    QTest::addColumn<QByteArray>("high");
    QTest::addColumn<double>("part");
    QTest::addColumn<QByteArray>("expected"); // empty = none
    const auto row = [](const char *name, core::Oid type, const QByteArray &low,
                        const QByteArray &high, double part, const QByteArray &expected) {
        QTest::newRow(name) << number(type) << low << high << part << expected;
    };
    row("int", oids::int4, "0", "100", 0.25, "25");
    row("int below zero", oids::int8, "-100", "100", 0.25, "-50");
    row("int8 ends", oids::int8, "-9223372036854775808", "9223372036854775807", 0.0,
        "-9223372036854775808");
    row("int8 top", oids::int8, "9223372036854775806", "9223372036854775807", 1.0,
        "9223372036854775807");
    row("numeric", oids::numeric, "1.5", "2.5", 0.5, "2.000000000000000000e+00");
    row("numeric NaN", oids::numeric, "1.5", "NaN", 0.5, "");
    row("float infinity", oids::float8, "1", "Infinity", 0.5, "");
    row("date", oids::date, "2024-01-01", "2024-01-11", 0.5, "2024-01-06");
    row("date BC", oids::date, "0001-01-01 BC", "2024-01-11", 0.5, "");
    row("date infinity", oids::date, "2024-01-11", "infinity", 0.5, "");
    row("timestamp", oids::timestamp, "2024-01-01 00:00:00", "2024-01-03 00:00:00.5", 0.5,
        "2024-01-02 00:00:00.250000");
    row("timestamptz", oids::timestamptz, "2024-01-01 02:00:00+02", "2024-01-01 02:30:00+00", 0.5,
        "2024-01-01 01:15:00.000000+00");
    row("timestamptz odd offset", oids::timestamptz, "2024-01-01 00:00:00-03:30",
        "2024-01-01 03:30:00+00", 0.5, "2024-01-01 03:30:00.000000+00");
    row("uuid", oids::uuid, "00000000-0000-0000-0000-000000000000",
        "80000000-0000-0000-0000-000000000000", 0.5, "40000000000000000000000000000000");
    row("text", oids::text, "a", "c", 0.5, "b");
    row("text common beginning", oids::text, "user_a", "user_c", 0.5, "user_b");
    row("text not ASCII", oids::text, "é", "ü", 0.5, "");
    row("boolean", oids::boolean, "f", "t", 0.5, "");
    row("not a number", oids::int4, "x", "100", 0.25, "");
}

void TestInterpolate::middle()
{
    QFETCH(quint32, type);
    QFETCH(QByteArray, low);
    QFETCH(QByteArray, high);
    QFETCH(double, part);
    QFETCH(QByteArray, expected);
    QCOMPARE(interpolated(core::Oid{type}, low, high, part).value_or(QByteArray{}), expected);
}

void TestInterpolate::marksDivideEvenly()
{
    const KeyMarks marks({{"0"}, {"10"}, {"1000"}}, oids::int4);
    QCOMPARE(marks.at(0).values, KeyMarks::Tuple{"0"});
    QCOMPARE(marks.at(0.25).values, KeyMarks::Tuple{"5"});
    QCOMPARE(marks.at(0.5).values, KeyMarks::Tuple{"10"});
    QCOMPARE(marks.at(0.75).values, KeyMarks::Tuple{"505"});
    QCOMPARE(marks.at(1).values, KeyMarks::Tuple{"1000"});
    QCOMPARE(marks.at(7).values, KeyMarks::Tuple{"1000"});
    const KeyMarks one({{"5", "x"}}, oids::int4);
    QCOMPARE(one.at(0.7).values, (KeyMarks::Tuple{"5", "x"}));
}

void TestInterpolate::arrays_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("read");
    QTest::addColumn<QByteArrayList>("elements");
    QTest::newRow("empty") << "{}"_ba << true << QByteArrayList{};
    QTest::newRow("plain") << "{1,2,3}"_ba << true << QByteArrayList{"1", "2", "3"};
    QTest::newRow("quoted") << R"({"a b","c\"d","e\\f",""})"_ba << true
                            << QByteArrayList{"a b", "c\"d", "e\\f", ""};
    QTest::newRow("comma and braces")
        << R"({"a,b","{}"})"_ba << true << QByteArrayList{"a,b", "{}"};
    QTest::newRow("null") << R"({NULL,"NULL"})"_ba << true << QByteArrayList{"NULL"};
    QTest::newRow("nested") << "{{1},{2}}"_ba << false << QByteArrayList{};
    QTest::newRow("open quote") << "{\"a}"_ba << false << QByteArrayList{};
    QTest::newRow("no braces") << "1,2"_ba << false << QByteArrayList{};
}

void TestInterpolate::arrays()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, read);
    QFETCH(QByteArrayList, elements);
    const auto found = readArray(text);
    QCOMPARE(found.has_value(), read);
    if (found)
        QCOMPARE(QByteArrayList(found->begin(), found->end()), elements);
}

void TestInterpolate::arraysComeBack()
{
    const std::vector<QByteArray> elements{"", "a", "NULL", "\"", "\\", "a,b", "{x}", "ü", "\n"};
    QCOMPARE(readArray(writeArray(elements)), std::optional(elements));
}

void TestInterpolate::places_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("read");
    QTest::newRow("first") << "(0,1)"_ba << true;
    QTest::newRow("last") << "(4294967295,65535)"_ba << true;
    QTest::newRow("page too large") << "(4294967296,1)"_ba << false;
    QTest::newRow("item too large") << "(1,65536)"_ba << false;
    QTest::newRow("no item") << "(1,)"_ba << false;
    QTest::newRow("more after it") << "(1,2)x"_ba << false;
    QTest::newRow("empty") << ""_ba << false;
}

void TestInterpolate::places()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, read);
    const auto id = TupleId::read(text);
    QCOMPARE(id.has_value(), read);
    if (id)
        QCOMPARE(id->text(), text);
}

QTEST_GUILESS_MAIN(TestInterpolate)
#include "tst_interpolate.moc"
