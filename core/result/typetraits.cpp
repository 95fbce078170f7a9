// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/typetraits.h"

#include "core/result/typeoids.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace core {

namespace {

using namespace Qt::StringLiterals;

struct KnownType {
    Oid oid;
    Oid array;
    TypeCategory category;
    const char *name;
};

// Sorted by oid; array oids from pg_type.dat too.
using enum TypeCategory;
constexpr auto knownTypes = std::to_array<KnownType>({
    {oids::boolean, Oid{1000}, Boolean, "boolean"},
    {oids::bytea, Oid{1001}, Binary, "bytea"},
    {oids::internalChar, Oid{1002}, Code, "\"char\""},
    {oids::name, Oid{1003}, Code, "name"},
    {oids::int8, Oid{1016}, Number, "int8"},
    {oids::int2, Oid{1005}, Number, "int2"},
    {oids::int4, Oid{1007}, Number, "int4"},
    {oids::regproc, Oid{1008}, Code, "regproc"},
    {oids::text, Oid{1009}, Text, "text"},
    {oids::oid, Oid{1028}, Number, "oid"},
    {oids::tid, Oid{1010}, Code, "tid"},
    {oids::xid, Oid{1011}, Number, "xid"},
    {oids::cid, Oid{1012}, Number, "cid"},
    {oids::json, Oid{199}, Json, "json"},
    {oids::xml, Oid{143}, Text, "xml"},
    {oids::point, Oid{1017}, Code, "point"},
    {oids::lseg, Oid{1018}, Code, "lseg"},
    {oids::path, Oid{1019}, Code, "path"},
    {oids::box, Oid{1020}, Code, "box"},
    {oids::polygon, Oid{1027}, Code, "polygon"},
    {oids::line, Oid{629}, Code, "line"},
    {oids::cidr, Oid{651}, Code, "cidr"},
    {oids::float4, Oid{1021}, Number, "float4"},
    {oids::float8, Oid{1022}, Number, "float8"},
    {oids::unknown, Oid{}, Text, "unknown"},
    {oids::circle, Oid{719}, Code, "circle"},
    {oids::macaddr8, Oid{775}, Code, "macaddr8"},
    {oids::money, Oid{791}, Number, "money"},
    {oids::macaddr, Oid{1040}, Code, "macaddr"},
    {oids::inet, Oid{1041}, Code, "inet"},
    {oids::bpchar, Oid{1014}, Text, "char"},
    {oids::varchar, Oid{1015}, Text, "varchar"},
    {oids::date, Oid{1182}, Time, "date"},
    {oids::time, Oid{1183}, Time, "time"},
    {oids::timestamp, Oid{1115}, Time, "timestamp"},
    {oids::timestamptz, Oid{1185}, Time, "timestamptz"},
    {oids::interval, Oid{1187}, Time, "interval"},
    {oids::timetz, Oid{1270}, Time, "timetz"},
    {oids::bit, Oid{1561}, Code, "bit"},
    {oids::varbit, Oid{1563}, Code, "varbit"},
    {oids::numeric, Oid{1231}, Number, "numeric"},
    {oids::regprocedure, Oid{2207}, Code, "regprocedure"},
    {oids::regclass, Oid{2210}, Code, "regclass"},
    {oids::regtype, Oid{2211}, Code, "regtype"},
    {oids::uuid, Oid{2951}, Code, "uuid"},
    {oids::pgLsn, Oid{3221}, Code, "pg_lsn"},
    {oids::tsvector, Oid{3643}, Other, "tsvector"},
    {oids::tsquery, Oid{3645}, Other, "tsquery"},
    {oids::jsonb, Oid{3807}, Json, "jsonb"},
    {oids::jsonpath, Oid{4073}, Code, "jsonpath"},
    {oids::xid8, Oid{271}, Number, "xid8"},
});
static_assert(std::ranges::is_sorted(knownTypes, {}, &KnownType::oid));

const KnownType *known(Oid type)
{
    const auto *found = std::ranges::lower_bound(knownTypes, type, {}, &KnownType::oid);
    return found != knownTypes.end() && found->oid == type ? found : nullptr;
}

const KnownType *knownElement(Oid type)
{
    const auto *found = std::ranges::find(knownTypes, type, &KnownType::array);
    return isValid(type) && found != knownTypes.end() ? found : nullptr;
}

/// As the types' own typmodout functions read a modifier (varchar.c, numeric.c, timestamp.c,
/// varbit.c).
QString modifierText(Oid type, int modifier)
{
    constexpr int headerSize = 4; // VARHDRSZ
    if (modifier < 0)
        return {};
    if (type == oids::varchar || type == oids::bpchar)
        return u"(%1)"_s.arg(modifier - headerSize);
    if (type == oids::bit || type == oids::varbit || type == oids::time || type == oids::timetz
        || type == oids::timestamp || type == oids::timestamptz)
        return u"(%1)"_s.arg(modifier);
    if (type == oids::numeric && modifier >= headerSize) {
        const int packed = modifier - headerSize;
        const int scale =
            ((packed & 0x7ff) ^ 1024) - 1024; // eleven bits, signed since PostgreSQL 15
        return u"(%1,%2)"_s.arg((packed >> 16) & 0xffff).arg(scale);
    }
    return {};
}

} // namespace

TypeCategory categoryOf(Oid type)
{
    if (const KnownType *found = known(type))
        return found->category;
    return knownElement(type) ? Array : Other;
}

bool isMonospaced(Oid type)
{
    const TypeCategory category = categoryOf(type);
    return category == Json || category == Binary || type == oids::uuid || type == oids::tid
           || type == oids::pgLsn || type == oids::xml;
}

QString typeName(const Column &column)
{
    if (const KnownType *found = known(column.type))
        return QLatin1StringView(found->name) + modifierText(found->oid, column.typeModifier);
    if (const KnownType *element = knownElement(column.type)) {
        return QLatin1StringView(element->name) + modifierText(element->oid, column.typeModifier)
               + "[]"_L1;
    }
    if (!column.typeName.isEmpty())
        return column.typeName;
    return QCoreApplication::translate("core::typeName", "type %1").arg(number(column.type));
}

} // namespace core
