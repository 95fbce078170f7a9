// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/formats.h"

#include "core/result/typeoids.h"
#include "core/result/typetraits.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

/// First oid that initdb gives out by itself: those below are fixed by pg_type.dat.
constexpr quint32 firstUnfixedOid = 10'000;

struct ArrayType {
    quint32 array;
    quint32 element;
};

/// pg_type.dat, PostgreSQL 17: array types whose elements are base, range or multirange types.
/// Sorted.
constexpr auto arrayTypes = std::to_array<ArrayType>({
    {143, 142},   {199, 114},   {271, 5069},  {629, 628},   {651, 650},   {719, 718},
    {775, 774},   {791, 790},   {1000, 16},   {1001, 17},   {1002, 18},   {1003, 19},
    {1005, 21},   {1007, 23},   {1008, 24},   {1009, 25},   {1010, 27},   {1011, 28},
    {1012, 29},   {1014, 1042}, {1015, 1043}, {1016, 20},   {1017, 600},  {1018, 601},
    {1019, 602},  {1020, 603},  {1021, 700},  {1022, 701},  {1027, 604},  {1028, 26},
    {1034, 1033}, {1040, 829},  {1041, 869},  {1115, 1114}, {1182, 1082}, {1183, 1083},
    {1185, 1184}, {1187, 1186}, {1231, 1700}, {1263, 2275}, {1270, 1266}, {1561, 1560},
    {1563, 1562}, {2201, 1790}, {2207, 2202}, {2208, 2203}, {2209, 2204}, {2210, 2205},
    {2211, 2206}, {2949, 2970}, {2951, 2950}, {3221, 3220}, {3643, 3614}, {3644, 3642},
    {3645, 3615}, {3735, 3734}, {3770, 3769}, {3807, 3802}, {3905, 3904}, {3907, 3906},
    {3909, 3908}, {3911, 3910}, {3913, 3912}, {3927, 3926}, {4073, 4072}, {4090, 4089},
    {4097, 4096}, {4192, 4191}, {5039, 5038}, {6150, 4451}, {6151, 4532}, {6152, 4533},
    {6153, 4534}, {6155, 4535}, {6157, 4536},
});

/// record, row types of the catalogs, the vectors that are arrays but not written as such, and
/// arrays of all these.
constexpr auto composedTypes = std::to_array<quint32>({
    22,   30,   71,   75,   81,   83,   210,  270,  272,  273,
    1006, 1013, 1248, 2249, 2287, 2842, 2843, 4066, 6101,
});

JsonKind scalarKind(Oid type)
{
    switch (type) {
    case oids::boolean:
        return JsonKind::Bool;
    case oids::int2:
    case oids::int4:
    case oids::int8:
    case oids::float4:
    case oids::float8:
    case oids::numeric:
        return JsonKind::Number;
    case oids::date:
    case oids::timestamp:
    case oids::timestamptz:
        return JsonKind::DateTime;
    case oids::json:
    case oids::jsonb:
        return JsonKind::Verbatim;
    default:
        return JsonKind::String;
    }
}

} // namespace

std::optional<FormatColumn> builtinFormat(Oid type)
{
    if (!isValid(type) || number(type) >= firstUnfixedOid
        || std::ranges::find(composedTypes, number(type)) != composedTypes.end())
        return {};
    FormatColumn format;
    const auto *array = std::ranges::lower_bound(arrayTypes, number(type), {}, &ArrayType::array);
    format.isArray = array != arrayTypes.end() && array->array == number(type);
    const Oid element = format.isArray ? Oid{array->element} : type;
    format.kind = scalarKind(element);
    format.arrayDelimiter = format.isArray && element == oids::box ? ';' : ',';
    format.alignRight = !format.isArray && alignsRight(categoryOf(type));
    return format;
}

FormatColumns formatColumns(const Columns &columns)
{
    FormatColumns formats;
    for (const Column &column : columns) {
        FormatColumn format = builtinFormat(column.type).value_or(FormatColumn{});
        format.name = column.name.toUtf8();
        formats.push_back(std::move(format));
    }
    return formats;
}

} // namespace core
