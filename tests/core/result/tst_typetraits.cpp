// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/typeoids.h"
#include "core/result/typetraits.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::Column;
using core::Oid;
using core::TypeCategory;

class TestTypeTraits : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void categories_data();
    void categories();
};

void TestTypeTraits::names_data()
{
    QTest::addColumn<quint32>("oid");
    QTest::addColumn<int>("modifier");
    QTest::addColumn<QString>("serverName");
    QTest::addColumn<QString>("expected");
    QTest::newRow("int8") << 20U << -1 << u"bigint"_s << u"int8"_s;
    QTest::newRow("numeric") << 1700U << -1 << QString() << u"numeric"_s;
    QTest::newRow("numeric(12,2)")
        << 1700U << ((12 << 16) | 2) + 4 << QString() << u"numeric(12,2)"_s;
    QTest::newRow("numeric(3,-2)")
        << 1700U << ((3 << 16) | (-2 & 0x7ff)) + 4 << QString() << u"numeric(3,-2)"_s;
    QTest::newRow("varchar(20)") << 1043U << 24 << QString() << u"varchar(20)"_s;
    QTest::newRow("char(1)") << 1042U << 5 << QString() << u"char(1)"_s;
    QTest::newRow("timestamptz(3)") << 1184U << 3 << QString() << u"timestamptz(3)"_s;
    QTest::newRow("text[]") << 1009U << -1 << QString() << u"text[]"_s;
    QTest::newRow("varchar(7)[]") << 1015U << 11 << QString() << u"varchar(7)[]"_s;
    QTest::newRow("enum, named by the server")
        << 90'001U << -1 << u"public.mood"_s << u"public.mood"_s;
    QTest::newRow("enum, not named") << 90'001U << -1 << QString() << u"type 90001"_s;
    QTest::newRow("no type") << 0U << -1 << QString() << u"type 0"_s;
}

void TestTypeTraits::names()
{
    QFETCH(const quint32, oid);
    QFETCH(const int, modifier);
    QFETCH(const QString, serverName);
    Column column;
    column.type = Oid{oid};
    column.typeModifier = modifier;
    column.typeName = serverName;
    QTEST(core::typeName(column), "expected");
}

void TestTypeTraits::categories_data()
{
    QTest::addColumn<quint32>("oid");
    QTest::addColumn<int>("category");
    QTest::addColumn<bool>("monospaced");
    const auto row = [](const char *name, Oid oid, TypeCategory category, bool monospaced = false) {
        QTest::newRow(name) << core::number(oid) << int(category) << monospaced;
    };
    row("int2", core::oids::int2, TypeCategory::Number);
    row("money", core::oids::money, TypeCategory::Number);
    row("oid", core::oids::oid, TypeCategory::Number);
    row("xid8, the last known", core::oids::xid8, TypeCategory::Number);
    row("boolean, the first known", core::oids::boolean, TypeCategory::Boolean);
    row("bytea", core::oids::bytea, TypeCategory::Binary, true);
    row("jsonb", core::oids::jsonb, TypeCategory::Json, true);
    row("uuid", core::oids::uuid, TypeCategory::Code, true);
    row("timetz", core::oids::timetz, TypeCategory::Time);
    row("bpchar", core::oids::bpchar, TypeCategory::Text);
    row("int8[]", Oid{1016}, TypeCategory::Array);
    row("jsonb[]", Oid{3807}, TypeCategory::Array);
    row("extension", Oid{123'456}, TypeCategory::Other);
    row("none", Oid{}, TypeCategory::Other);
}

void TestTypeTraits::categories()
{
    QFETCH(const quint32, oid);
    QFETCH(const int, category);
    QCOMPARE(int(core::categoryOf(Oid{oid})), category);
    QTEST(core::isMonospaced(Oid{oid}), "monospaced");
    QCOMPARE(core::alignsRight(core::categoryOf(Oid{oid})),
             TypeCategory(category) == TypeCategory::Number);
}

QTEST_GUILESS_MAIN(TestTypeTraits)
#include "tst_typetraits.moc"
