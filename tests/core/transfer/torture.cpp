// SPDX-License-Identifier: GPL-3.0-or-later
#include "torture.h"

namespace test {

namespace {

constexpr const char *types = R"(
create extension hstore;
create extension citext;
create type mood as enum ('sad', 'ha"p,py', '');
create type pair as (a int, "b ""c" text, t timestamptz);
create type nest as (p pair, l pair[]);
create domain positive as int check (value > 0);
create domain amount as numeric(12, 2);
create domain stamp as timestamptz;
create domain pairs as pair[];
create domain onepair as pair;
create domain ints as int[];
create domain doc as jsonb;
create domain deep as amount;
create type textrange as range (subtype = text);
)";

struct TortureColumn {
    const char *name;
    const char *type;
    std::initializer_list<const char *> values; ///< SQL; row n takes the n-th, NULL beyond the last
};

constexpr const char *longText =
    R"(repeat('x', 5000) || E'\n"\\' || repeat(E'\x01', 3000) || repeat('ü', 4000))";

const std::initializer_list<TortureColumn> columns = {
    {"bool", "bool", {"true", "false"}},
    {"i2", "int2", {"-32768", "32767", "0"}},
    {"i4", "int4", {"-2147483648", "2147483647"}},
    {"i8", "int8", {"-9223372036854775808", "9223372036854775807"}},
    {"num",
     "numeric",
     {"'NaN'", "'Infinity'", "'-Infinity'", "-0.00", "1e-40", "repeat('9', 10000)::numeric",
      "('0.' || repeat('1', 10000))::numeric"}},
    {"f4", "float4", {"'NaN'", "'-Infinity'", "1e-30", "16777217", "-0"}},
    {"f8",
     "float8",
     {"'NaN'", "'Infinity'", "5e-324", "1.7976931348623157e308", "0.1", "-0", "1e15", "1e16"}},
    {"cash", "money", {"'$1,234.56'", "'-92233720368547758.08'"}},
    {"txt",
     "text",
     {"''", "' '", "'NULL'", R"('\.')", R"('\N')", "'a,b'", R"('say "hi"')", R"(E'line\nfeed')",
      R"(E'cr\rlf\r\n')", R"(E'tab\tback\\slash\b\f\v\x01\x1f\x7f')", "'😀 ü 表 \u202e \u2028'",
      "'=cmd()'", "'{a,b}'", "'[1]'", longText}},
    {"vc", "varchar(20)", {"'  padded  '", "''"}},
    {"ch", "char(5)", {"'ab'", "''"}},
    {"ic", "\"char\"", {"'x'", R"('\')"}},
    {"nm", "name", {"'a\"b,c'"}},
    {"ci", "citext", {"'MiXed'", "'a\"b'"}},
    {"bin", "bytea", {R"('\x')", R"('\x00ff22')", "'abc'"}},
    {"d",
     "date",
     {"'infinity'", "'-infinity'", "'4713-01-01 BC'", "'5874897-12-31'", "'2024-02-29'"}},
    {"t", "time", {"'24:00'", "'00:00:00.000001'"}},
    {"ttz", "timetz", {"'24:00+15:59'", "'12:00:00.5-02'"}},
    {"ts",
     "timestamp",
     {"'infinity'", "'-infinity'", "'4713-01-01 00:00:00 BC'", "'294276-12-31 23:59:59.999999'",
      "'2024-02-29 12:34:56.7'"}},
    {"tstz",
     "timestamptz",
     {"'infinity'", "'-infinity'", "'4714-11-24 00:00:00+00 BC'",
      "'294276-12-31 23:59:59.999999+00'", "'1890-01-01 00:00:00+00'", "'2024-07-01 12:00+00'",
      "'0044-03-15 12:00:00+00 BC'"}},
    {"iv", "interval", {"'1 year -2 mons +3 days -04:05:06.7'", "'0'", "'-178000000 years'"}},
    {"u", "uuid", {"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"}},
    {"ip", "inet", {"'::1/64'", "'127.0.0.1'"}},
    {"net", "cidr", {"'10.0.0.0/8'"}},
    {"mac", "macaddr", {"'08:00:2b:01:02:03'"}},
    {"mac8", "macaddr8", {"'08:00:2b:01:02:03:04:05'"}},
    {"b", "bit(5)", {"b'10101'"}},
    {"vb", "varbit", {"b''", "b'1'"}},
    {"x", "xml", {"'<a b=\"c\">d, e</a>'"}},
    {"j",
     "json",
     {R"('{"a": 1,   "b": [1, 2],  "a": 2}')", R"('  "x"  ')", R"(E'{\n\t"a" :\r\n 1}')", "'null'",
      R"('"\u0041\ud83d\ude00"')", "'1e400'"}},
    {"jb",
     "jsonb",
     {R"('{"b": 1, "a": [1, {"c": null}]}')",
      "'123456789012345678901234567890.12345678901234567890'", R"('"\"\\"')", "'null'", "'[]'"}},
    {"pt", "point", {"'(1,-2.5)'", "'(NaN,Infinity)'"}},
    {"bx", "box", {"'(1,2),(3,4)'"}},
    {"pl", "polygon", {"'((0,0),(1,1),(1,0))'"}},
    {"tsv", "tsvector", {R"('a:1A b:2 ''c d'':3')"}},
    {"tsq", "tsquery", {"'a & !b | ''c d'''"}},
    {"jp", "jsonpath", {R"('$.a[*] ? (@.b > 1)')"}},
    {"lsn", "pg_lsn", {"'16/B374D848'"}},
    {"oid", "oid", {"0", "4294967295"}},
    {"reg", "regclass", {"'pg_class'"}},
    {"rproc", "regprocedure", {"'lower(text)'"}},
    {"ov", "oidvector", {"'1 2 3'"}},
    {"i2v", "int2vector", {"'1 2'"}},
    {"en", "mood", {"'sad'", "'ha\"p,py'", "''"}},
    {"r4", "int4range", {"'[1,10)'", "'empty'", "'(,)'"}},
    {"rts", "tstzrange", {"'[\"2024-01-01 00:00:00+00\",)'"}},
    {"rtxt", "textrange", {R"('["a,b","c""d")')", "'[\"\",)'"}},
    {"mr", "int4multirange", {"'{[1,3),[5,9)}'", "'{}'"}},
    {"dom", "positive", {"1", "2147483647"}},
    {"damt", "amount", {"1.5", "'NaN'"}},
    {"ddeep", "deep", {"-1.25"}},
    {"dstamp", "stamp", {"'2024-07-01 12:00+00'", "'infinity'"}},
    {"ddoc", "doc", {R"('{"k": [1, 2]}')"}},
    {"comp", "pair", {R"(row(1, 'a"b,c', '2024-07-01 12:00+00'))", "row(null, null, null)"}},
    {"dcomp", "onepair", {"row(7, '', null)::pair"}},
    {"nested", "nest", {"row(row(1, E'x\\ny', null)::pair, array[row(2, '', null)::pair, null])"}},
    {"hs", "hstore", {R"('a=>1, "b c"=>NULL, d=>"x\"y"')", "''"}},
    {"ai",
     "int[]",
     {"'{}'", "'{1,NULL,3}'", "'{{1,2},{3,4}}'", "'[0:1]={5,6}'", "'[-1:0][2:3]={{1,2},{3,4}}'"}},
    {"an", "numeric[]", {"'{NaN,1.50,-0.0,Infinity}'"}},
    {"ab", "bool[]", {"'{t,f,NULL}'"}},
    {"at",
     "text[]",
     {R"(array['', 'NULL', 'null', 'a,b', 'q"q', 'b\s', ' ', '{x}', E'n\nl', null])",
      "'{{a,b},{\"c d\",NULL}}'", "array[repeat('y', 70000)]"}},
    {"ats",
     "timestamptz[]",
     {"array['2024-07-01 12:00+00', 'infinity', '0044-03-15 BC', null]::timestamptz[]"}},
    {"ad", "date[]", {"array['2024-07-01', '-infinity']::date[]"}},
    {"aj", "json[]", {R"(array['{"a" :  "b,c"}', '1', null]::json[])"}},
    {"ajb", "jsonb[]", {R"(array['{"a": "b\"c"}', '[]']::jsonb[])"}},
    {"abx", "box[]", {"array['(1,2),(3,4)', null, '(0,0),(1,1)']::box[]"}},
    {"aby", "bytea[]", {R"(array['\x00ff', '\x']::bytea[])"}},
    {"aen", "mood[]", {"array['sad', '', 'ha\"p,py']::mood[]"}},
    {"acomp", "pair[]", {R"(array[row(1, 'x', null)::pair, null])", "'{}'"}},
    {"ahs", "hstore[]", {R"(array['a=>1', null]::hstore[])"}},
    {"adom", "amount[]", {"array[1.5, 'NaN']::amount[]"}},
    {"adst", "stamp[]", {"array['2024-07-01 12:00+00']::stamp[]"}},
    {"dpairs", "pairs", {"array[row(1, 'x', null)::pair]"}},
    {"dints", "ints", {"'{1,2}'"}},
    {"adints", "ints[]", {"array['{1,2}'::ints, '{}'::ints]"}},
    {"arng", "int4range[]", {"array['[1,2)', 'empty']::int4range[]"}},
    {"aip", "inet[]", {"array['::1', '10.0.0.0/8']::inet[]"}},
    {"aoid", "oid[]", {"'{1,2}'"}},
    {"ac", "char(3)[]", {"array['a', '']::char(3)[]"}},
    {"txid", "xid8", {"'18446744073709551615'"}},
    {"weird \"name\",\n\\ü", "text", {"'x'"}},
    {"<b>&amp;", "text", {"'<script>'"}},
};

QByteArray quoted(QByteArray name)
{
    return '"' + name.replace('"', "\"\"") + '"';
}

} // namespace

void makeTorture(TestDatabase &database)
{
    QByteArrayList definitions;
    std::size_t rows = 0;
    for (const TortureColumn &column : columns) {
        definitions.append(quoted(column.name) + ' ' + column.type);
        rows = std::max(rows, column.values.size());
    }
    database.exec(types);
    database.exec("create table torture (" + definitions.join(',') + ')');
    // One row more than values: all NULL.
    for (std::size_t row = 0; row <= rows; ++row) {
        QByteArrayList values;
        for (const TortureColumn &column : columns) {
            values.append(row < column.values.size() ? *(column.values.begin() + row) : "null");
        }
        database.exec("insert into torture values (" + values.join(',') + ')');
    }
}

} // namespace test
