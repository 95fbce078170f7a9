// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/quoting.h"
#include "tests/support/hostiletexts.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

class TestQuoting : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database = std::make_unique<test::TestDatabase>(); }
    void cleanupTestCase() { m_database.reset(); }
    void identifiersComeBack_data();
    void identifiersComeBack();
    void literalsComeBack_data();
    void literalsComeBack();
    void longLiteralsComeBack();
    void everyByteIsEscapedOrRefused();
    void refused_data();
    void refused();
    void exactText();

private:
    std::unique_ptr<test::TestDatabase> m_database;
};

void TestQuoting::identifiersComeBack_data()
{
    QTest::addColumn<QString>("text");
    for (const test::HostileText &row : test::hostileTexts())
        QTest::newRow(row.name) << row.text;
}

void TestQuoting::identifiersComeBack()
{
    QFETCH(QString, text);
    const auto schema = core::quotedIdentifier(text);
    const auto table = core::quotedName(text, text);
    QVERIFY(schema && table);
    m_database->exec("CREATE SCHEMA " + *schema + "; CREATE TABLE " + *table + " (" + *schema
                     + " int)");
    const QByteArray created = m_database->value(
        "SELECT nspname || '|' || relname || '|' || attname FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute a ON attrelid = c.oid "
        "WHERE attnum = 1 AND relkind = 'r' ORDER BY c.oid DESC LIMIT 1"_ba);
    QCOMPARE(QString::fromUtf8(created), text + u'|' + text + u'|' + text);
}

void TestQuoting::literalsComeBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("settings");
    for (const test::HostileText &row : test::hostileTexts()) {
        QTest::addRow("%s, conforming", row.name) << row.text << "on"_ba;
        QTest::addRow("%s, not conforming", row.name) << row.text << "off"_ba;
    }
    QTest::newRow("empty") << u""_s << "on"_ba;
}

void TestQuoting::literalsComeBack()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, settings);
    const auto literal = core::quotedLiteral(text);
    QVERIFY(literal);
    m_database->exec("SET standard_conforming_strings = " + settings
                     + "; SET backslash_quote = off; SET escape_string_warning = on");
    QCOMPARE(QString::fromUtf8(m_database->value("SELECT" + *literal)), text);
    // Nor does it join a word before it.
    QCOMPARE(m_database->value("SELECT 1 WHERE 'x' IN(" + *literal + ",'x')"), "1"_ba);
}

void TestQuoting::longLiteralsComeBack()
{
    const QByteArray text = QByteArray(R"(it's \ "x" é)").repeated(100'000);
    const auto literal = core::quotedLiteral(text);
    QVERIFY(literal);
    QCOMPARE(m_database->value("SELECT" + *literal), text);
}

void TestQuoting::everyByteIsEscapedOrRefused()
{
    for (int byte = 0; byte < 256; ++byte) {
        const QByteArray text(1, char(byte));
        const auto literal = core::quotedLiteral(text);
        QCOMPARE(literal.has_value(), byte > 0 && byte < 128);
        if (literal)
            QCOMPARE(m_database->value("SELECT" + *literal), text);
    }
}

void TestQuoting::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("zero byte") << QByteArray("a\0b", 3) << "quoting.nul"_ba;
    QTest::newRow("cut off character") << "a\xc3"_ba << "quoting.notUtf8"_ba;
    // CVE-2025-1094: the escape functions let the apostrophe through here.
    QTest::newRow("lead byte before an apostrophe") << "\xc0'"_ba << "quoting.notUtf8"_ba;
    QTest::newRow("overlong") << "\xc0\xa7"_ba << "quoting.notUtf8"_ba;
    QTest::newRow("surrogate") << "\xed\xa0\x80"_ba << "quoting.notUtf8"_ba;
    QTest::newRow("Latin 1") << "caf\xe9"_ba << "quoting.notUtf8"_ba;
}

void TestQuoting::refused()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, id);
    for (const auto &result : {core::quotedIdentifier(text), core::quotedLiteral(text),
                               core::quotedName("s"_ba, text), core::quotedName(text, "t"_ba)}) {
        QVERIFY(!result);
        QCOMPARE(result.error().id, id);
        QCOMPARE(result.error().kind, core::ErrorKind::Usage);
    }
}

void TestQuoting::exactText()
{
    QCOMPARE(core::quotedIdentifier(u"a\"b"_s).value(), "\"a\"\"b\""_ba);
    QCOMPARE(core::quotedName("s"_ba, "t"_ba).value(), "\"s\".\"t\""_ba);
    QCOMPARE(core::quotedLiteral("it's"_ba).value(), "'it''s'"_ba);
    QCOMPARE(core::quotedLiteral("a\\'"_ba).value(), " E'a\\\\'''"_ba);
    QCOMPARE(core::quotedLiteral(QByteArray()).value(), "''"_ba);
    QCOMPARE(core::quotedIdentifier(QByteArray()).error().id, "quoting.empty"_ba);
    QCOMPARE(core::quotedIdentifier(QString(QChar(0xd800))).error().id, "quoting.notUtf8"_ba);
    QCOMPARE(core::quotedLiteral(QString(QChar(0xdc00))).error().id, "quoting.notUtf8"_ba);
    QCOMPARE(core::quotedIdentifier(QString(QChar(u'\0'))).error().id, "quoting.nul"_ba);
}

QTEST_GUILESS_MAIN(TestQuoting)
#include "tst_quoting.moc"
