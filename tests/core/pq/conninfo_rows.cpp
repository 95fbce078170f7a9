// SPDX-License-Identifier: GPL-3.0-or-later
#include "conninfo_rows.h"

using namespace Qt::StringLiterals;
using core::ConnOrigin;

namespace {

std::vector<GoodRow> addressRows()
{
    return {
        {"whole", u"postgresql://ada:secret@db.example.com:6543/shop"_s,
         "dbname=shop host=db.example.com password=secret port=6543 user=ada"_ba},
        {"short scheme", u"postgres://ada:secret@h.example.com/shop"_s,
         "dbname=shop host=h.example.com password=secret port=5432 user=ada"_ba},
        {"scheme in capitals", u"PostgreSQL://h.example.com/shop"_s,
         "dbname=shop host=h.example.com port=5432"_ba},
        {"spaces around", u"  postgres://h/db \t"_s, "dbname=db host=h port=5432"_ba},
        {"no user", u"postgres://h/db"_s, "dbname=db host=h port=5432"_ba},
        {"no database", u"postgres://ada@h"_s, "host=h port=5432 user=ada"_ba},
        {"slash without database", u"postgres://ada@h/"_s, "host=h port=5432 user=ada"_ba},
        {"empty port", u"postgres://h:/db"_s, "dbname=db host=h port=5432"_ba},
        {"empty password", u"postgres://ada:@h/db"_s, "dbname=db host=h port=5432 user=ada"_ba},
        {"password without user", u"postgres://:pw@h/db"_s,
         "dbname=db host=h password=pw port=5432"_ba},
        {"highest port", u"postgres://h:65535/db"_s, "dbname=db host=h port=65535"_ba},
        {"IPv4", u"postgres://10.0.0.7/db"_s, "dbname=db host=10.0.0.7 port=5432"_ba},
        {"IPv6", u"postgres://[::1]/db"_s, "dbname=db host=::1 port=5432"_ba},
        {"IPv6 with port", u"postgres://u:p@[2001:db8::7]:6432/db"_s,
         "dbname=db host=2001:db8::7 password=p port=6432 user=u"_ba},
        {"IPv6 with zone", u"postgres://[fe80::1%25eth0]/db"_s,
         "dbname=db host=fe80::1%eth0 port=5432"_ba},
        {"host with underscore", u"postgres://my_db/db"_s, "dbname=db host=my_db port=5432"_ba},
        {"host with final dot", u"postgres://db.example.com./db"_s,
         "dbname=db host=db.example.com. port=5432"_ba},
        {"host in other letters", u"postgres://bücher.example/db"_s,
         "dbname=db host=xn--bcher-kva.example port=5432"_ba},
        {"database with slash", u"postgres://h/a/b"_s, "dbname=a/b host=h port=5432"_ba},
        {"database with encoded space", u"postgres://h/my%20db"_s,
         "dbname=my db host=h port=5432"_ba},
        {"database with equals sign", u"postgres://h/host%3Devil"_s,
         "dbname=host=evil host=h port=5432"_ba},
        {"database that looks like a URL", u"postgres://h/postgres%3A%2F%2Fevil"_s,
         "dbname=postgres://evil host=h port=5432"_ba},
        {"database with @", u"postgres://h:5432/a@b"_s, "dbname=a@b host=h port=5432"_ba},
        {"database in other letters", u"postgres://h/магазин"_s,
         "dbname=магазин host=h port=5432"_ba},
        {"host in the query wins", u"postgres://a/db?host=b"_s, "dbname=db host=b port=5432"_ba},
        {"port in the query wins", u"postgres://h:1/db?port=2"_s, "dbname=db host=h port=2"_ba},
        {"user in the query", u"postgres://h/db?user=me@example.com"_s,
         "dbname=db host=h port=5432 user=me@example.com"_ba},
        {"last value counts", u"postgres://h/db?user=a&user=b"_s,
         "dbname=db host=h port=5432 user=b"_ba},
        {"bare IPv6 in the query", u"postgres:///db?host=::1"_s, "dbname=db host=::1 port=5432"_ba},
    };
}

std::vector<GoodRow> passwordRows()
{
    return {
        {"encoded @:/#%?", u"postgres://u:%40%3A%2F%23%25%3F@h/db"_s,
         "dbname=db host=h password=@:/#%? port=5432 user=u"_ba},
        {"lower case hexadecimal", u"postgres://u:%c3%a9@h/db"_s,
         "dbname=db host=h password=é port=5432 user=u"_ba},
        {"plus is a plus", u"postgres://u:a+b@h/db"_s,
         "dbname=db host=h password=a+b port=5432 user=u"_ba},
        {"colon", u"postgres://u:a:b@h/db"_s, "dbname=db host=h password=a:b port=5432 user=u"_ba},
        {"dollar, ampersand, equals", u"postgres://u:a$b&c=d@h/db"_s,
         "dbname=db host=h password=a$b&c=d port=5432 user=u"_ba},
        {"space", u"postgres://u:a b@h/db"_s, "dbname=db host=h password=a b port=5432 user=u"_ba},
        {"beyond the basic plane", u"postgres://u:😀@h/db"_s,
         "dbname=db host=h password=😀 port=5432 user=u"_ba},
        {"user with dot", u"postgres://postgres.abcd:p@aws-0.pooler.supabase.com:6543/postgres"_s,
         "dbname=postgres host=aws-0.pooler.supabase.com password=p port=6543 user=postgres.abcd"_ba},
        {"user with encoded @", u"postgres://me%40corp:p@h/db"_s,
         "dbname=db host=h password=p port=5432 user=me@corp"_ba},
        {"digits before the @", u"postgres://u:5432@h/db"_s,
         "dbname=db host=h password=5432 port=5432 user=u"_ba},
    };
}

std::vector<GoodRow> schemeRows()
{
    const QByteArray plain = "dbname=db host=h port=5432"_ba;
    return {
        {"psycopg2", u"postgresql+psycopg2://h/db"_s, plain},
        {"asyncpg", u"postgresql+asyncpg://h/db"_s, plain},
        {"psycopg", u"postgres+psycopg://h/db"_s, plain},
        {"pgx5", u"pgx5://h/db"_s, plain},
        {"ecto", u"ecto://h/db"_s, plain},
        {"postgis", u"postgis://h/db"_s, plain},
        {"sqitch", u"db:pg://h/db"_s, plain},
        {"jdbc", u"jdbc:postgresql://h/db"_s, plain},
        {"jdbc with credentials", u"jdbc:postgresql://h:6432/db?user=ada&password=a+b%2Bc"_s,
         "dbname=db host=h password=a b+c port=6432 user=ada"_ba},
        {"jdbc database only", u"jdbc:postgresql:db"_s, "dbname=db host=localhost port=5432"_ba},
        {"jdbc without host", u"jdbc:postgresql:///db"_s, "dbname=db host=localhost port=5432"_ba},
        {"jdbc driver settings",
         u"jdbc:postgresql://h/db?prepareThreshold=0&reWriteBatchedInserts=true&ApplicationName=x"_s,
         plain, "-prepareThreshold -reWriteBatchedInserts -ApplicationName"_ba},
        {"jdbc timeouts", u"jdbc:postgresql://h/db?loginTimeout=7"_s,
         "connect_timeout=7 dbname=db host=h port=5432"_ba, "~loginTimeout"_ba},
        {"jdbc schema", u"jdbc:postgresql://h/db?currentSchema=app"_s, plain, {}, "schema:app"_ba},
    };
}

std::vector<GoodRow> keywordRows()
{
    return {
        {"keywords", u"host=h port=6432 dbname=db user=ada password=secret"_s,
         "dbname=db host=h password=secret port=6432 user=ada"_ba},
        {"keywords with quotes", u"host=h password='a b' dbname=db"_s,
         "dbname=db host=h password=a b port=5432"_ba},
        {"keywords with escapes", uR"(host=h password='it\'s \\ here' dbname=db)"_s,
         R"(dbname=db host=h password=it's \ here port=5432)"_ba},
        {"keywords unquoted escape", uR"(host=h password=a\ b)"_s,
         "host=h password=a b port=5432"_ba},
        {"keywords with spaces", u"host = h   dbname = 'db'"_s, "dbname=db host=h port=5432"_ba},
        {"keywords with special characters", u"host=h password=p@s#s%:/"_s,
         "host=h password=p@s#s%:/ port=5432"_ba},
        {"keywords dbname is no conninfo", u"host=h dbname='host=evil user=x'"_s,
         "dbname=host=evil user=x host=h port=5432"_ba},
        {"keywords refused", u"host=h sslkey=/k service=x passfile=/p"_s, "host=h port=5432"_ba,
         "!sslkey !service !passfile"_ba},
    };
}

std::vector<GoodRow> strippedRows()
{
    const QByteArray plain = "dbname=db host=h port=5432"_ba;
    return {
        {"pgbouncer", u"postgres://h/db?pgbouncer=true"_s, plain, {}, "pgbouncer"_ba},
        {"pgbouncer off", u"postgres://h/db?pgbouncer=false"_s, plain},
        {"Prisma",
         u"postgres://h/db?schema=app&pgbouncer=true&connection_limit=1&pool_timeout=20"_s, plain,
         "-connection_limit -pool_timeout"_ba, "pgbouncer schema:app"_ba},
        {"Prisma TLS", u"postgres://h/db?sslaccept=strict&sslidentity=x"_s, plain,
         "-sslaccept -sslidentity"_ba},
        {"statement cache", u"postgres://h/db?statement_cache_size=0&socket_timeout=3"_s, plain,
         "-statement_cache_size -socket_timeout"_ba},
        {"search_path", u"postgres://h/db?search_path=a,b"_s, plain, {}, "schema:a,b"_ba},
        {"node", u"postgres://h/db?max=5&idle_timeout=3&prepare=false&uselibpqcompat=true"_s, plain,
         "-max -idle_timeout -prepare -uselibpqcompat"_ba},
        {"golang-migrate", u"postgres://h/db?x-migrations-table=m&x-multi-statement=1"_s, plain,
         "-x-migrations-table -x-multi-statement"_ba},
        {"Rails", u"postgres://h/db?pool=5&prepared_statements=false&reaping_frequency=1"_s, plain,
         "-pool -prepared_statements -reaping_frequency"_ba},
        {"pgx", u"postgres://h/db?pool_max_conns=4&default_query_exec_mode=exec"_s, plain,
         "-pool_max_conns -default_query_exec_mode"_ba},
        {"sqlx", u"postgres://h/db?statement-cache-capacity=0"_s, plain,
         "-statement-cache-capacity"_ba},
        {"lib/pq", u"postgres://h/db?binary_parameters=yes"_s, plain, "-binary_parameters"_ba},
        {"supabase", u"postgres://h/db?supa=base-pooler.x&workaround=1"_s, plain,
         "-supa -workaround"_ba},
        {"unknown", u"postgres://h/db?frobnicate=1"_s, plain, "-frobnicate"_ba},
        {"application_name", u"postgres://h/db?application_name=web"_s, plain,
         "-application_name"_ba},
        {"empty segments", u"postgres://h/db?&&sslmode=require&"_s,
         "dbname=db host=h port=5432 sslmode=require"_ba},
        {"bare key", u"postgres://h/db?frobnicate"_s, plain, "-frobnicate"_ba},
    };
}

std::vector<GoodRow> tlsRows()
{
    const QByteArray plain = "dbname=db host=h port=5432"_ba;
    const QByteArray require = plain + " sslmode=require";
    const QByteArray full = plain + " sslmode=verify-full";
    return {
        {"sslmode", u"postgres://h/db?sslmode=require"_s, require},
        {"sslmode verify-full", u"postgres://h/db?sslmode=verify-full"_s, full},
        {"sslmode disable", u"postgres://h/db?sslmode=disable"_s, plain + " sslmode=disable"},
        {"sslmode no-verify", u"postgres://h/db?sslmode=no-verify"_s, require, "~sslmode"_ba},
        {"sslmode unknown", u"postgres://h/db?sslmode=maybe"_s, plain, "-sslmode"_ba},
        {"sslmode in capitals", u"postgres://h/db?sslmode=REQUIRE"_s, require, "~sslmode"_ba},
        {"ssl-mode", u"postgres://h/db?ssl-mode=REQUIRED"_s, require, "~ssl-mode"_ba},
        {"ssl=true", u"postgres://h/db?ssl=true"_s, require, "~ssl"_ba},
        {"ssl without value", u"postgres://h/db?ssl"_s, require, "~ssl"_ba},
        {"ssl=0", u"postgres://h/db?ssl=0"_s, plain + " sslmode=disable", "~ssl"_ba},
        {"ssl as node object", u"postgres://h/db?ssl=%7B%22rejectUnauthorized%22:false%7D"_s,
         require, "~ssl"_ba},
        {"weaker word after stronger", u"postgres://h/db?sslmode=verify-full&ssl=true"_s, full},
        {"system certificates", u"postgres://h/db?sslrootcert=system"_s, full, "~sslrootcert"_ba},
        {"certificate file", u"postgres://h/db?sslrootcert=/tmp/ca.pem&sslcert=/c&ssl-key=/k"_s,
         plain, "!sslrootcert !sslcert !ssl-key"_ba},
        {"channel binding", u"postgres://h/db?sslmode=require&channel_binding=require"_s,
         "channel_binding=require dbname=db host=h port=5432 sslmode=require"_ba},
        {"channel binding off", u"postgres://h/db?channel_binding=disable"_s, plain,
         "!channel_binding"_ba},
        {"protocol raised", u"postgres://h/db?ssl_min_protocol_version=TLSv1.3"_s,
         plain + " ssl_min_protocol_version=TLSv1.3"},
        {"protocol lowered", u"postgres://h/db?ssl_min_protocol_version=TLSv1"_s, plain,
         "!ssl_min_protocol_version"_ba},
        {"direct negotiation", u"postgres://h/db?sslmode=require&sslnegotiation=direct"_s,
         plain + " sslmode=require sslnegotiation=direct"},
        {"require_auth raised", u"postgres://h/db?require_auth=scram-sha-256"_s,
         plain + " require_auth=scram-sha-256"},
        {"require_auth lowered", u"postgres://h/db?require_auth=password"_s, plain,
         "!require_auth"_ba},
    };
}

std::vector<GoodRow> otherRows()
{
    const QByteArray plain = "dbname=db host=h port=5432"_ba;
    return {
        {"timeout", u"postgres://h/db?connect_timeout=15"_s,
         "connect_timeout=15 dbname=db host=h port=5432"_ba},
        {"timeout too long", u"postgres://h/db?connect_timeout=300"_s,
         "connect_timeout=30 dbname=db host=h port=5432"_ba, "~connect_timeout"_ba},
        {"timeout for ever", u"postgres://h/db?connect_timeout=0"_s,
         "connect_timeout=30 dbname=db host=h port=5432"_ba, "~connect_timeout"_ba},
        {"timeout no number", u"postgres://h/db?connect_timeout=soon"_s, plain,
         "-connect_timeout"_ba},
        {"session attributes", u"postgres://h/db?target_session_attrs=read-write"_s,
         plain + " target_session_attrs=read-write"},
        {"hostaddr", u"postgres://h/db?hostaddr=6.6.6.6"_s, plain, "!hostaddr"_ba},
        {"options", u"postgres://h/db?options=-c%20statement_timeout%3D0"_s, plain, "!options"_ba},
        {"options search_path", u"postgres://h/db?options=-csearch_path%3Dapp"_s, plain,
         "~options"_ba, "schema:app"_ba},
        {"options endpoint", u"postgres://h/db?options=endpoint%3Dep-x"_s, plain, "-options"_ba},
        {"options in brackets", u"postgres://h/db?options[search_path]=app&options[x]=1"_s, plain,
         "!options[x]"_ba, "schema:app"_ba},
        {"local matters",
         u"postgres://h/db?requirepeer=x&krbsrvname=y&gssencmode=require&keepalives=0&tcp_user_timeout=1"_s,
         plain, "!requirepeer !krbsrvname !gssencmode !keepalives !tcp_user_timeout"_ba},
        {"never",
         u"postgres://h/db?service=x&replication=database&load_balance_hosts=random&client_encoding=LATIN1"_s,
         plain, "!service !replication !load_balance_hosts !client_encoding"_ba},
        {"user: socket",
         u"postgres:///db?host=/run/postgresql"_s,
         "dbname=db host=/run/postgresql port=5432"_ba,
         {},
         {},
         ConnOrigin::User},
        {"user: encoded socket",
         u"postgres://u@%2Frun%2Fpostgresql:6432/db"_s,
         "dbname=db host=/run/postgresql port=6432 user=u"_ba,
         {},
         {},
         ConnOrigin::User},
        {"user: abstract socket",
         u"host=@x dbname=db"_s,
         "dbname=db host=@x port=5432"_ba,
         {},
         {},
         ConnOrigin::User},
        {"user: no host", u"postgres:///db"_s, "dbname=db port=5432"_ba, {}, {}, ConnOrigin::User},
        {"user: certificates",
         u"postgres://h/db?sslcert=/c&ssl-key=/k&sslrootcert=/r"_s,
         plain + " sslcert=/c sslkey=/k sslrootcert=/r",
         {},
         {},
         ConnOrigin::User},
        {"user: address only",
         u"hostaddr=10.0.0.1 dbname=db"_s,
         "dbname=db hostaddr=10.0.0.1 port=5432"_ba,
         {},
         {},
         ConnOrigin::User},
        {"user: options",
         u"postgres://h/db?options[a]=1&options[b]=x%20y"_s,
         R"(dbname=db host=h options=-c a=1 -c b=x\ y port=5432)"_ba,
         {},
         {},
         ConnOrigin::User},
        {"user: service",
         u"service=x host=h"_s,
         "host=h port=5432"_ba,
         "!service"_ba,
         {},
         ConnOrigin::User},
    };
}

} // namespace

std::vector<GoodRow> goodRows()
{
    std::vector<GoodRow> all;
    for (const auto &part : {addressRows(), passwordRows(), schemeRows(), keywordRows(),
                             strippedRows(), tlsRows(), otherRows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<BadRow> badRows()
{
    return {
        {"empty", u""_s, "conninfo.empty"_ba, 1},
        {"only spaces", u"  \n"_s, "conninfo.empty"_ba, 1},
        {"https", u"https://example.com"_s, "conninfo.scheme"_ba, 1},
        {"mysql", u"mysql://u:p@h/db"_s, "conninfo.scheme"_ba, 1},
        {"prisma proxy", u"prisma+postgres://accelerate.prisma-data.net/?api_key=x"_s,
         "conninfo.scheme"_ba, 1},
        {"no slashes", u"postgres:h/db"_s, "conninfo.scheme"_ba, 1},
        {"host and database only", u"localhost:5432/db"_s, "conninfo.scheme"_ba, 1},
        {"a word", u"db"_s, "conninfo.scheme"_ba, 1},
        {"percent at the end of the password", u"postgres://u:p%@h/db"_s, "conninfo.badPercent"_ba,
         15},
        {"percent and one digit", u"postgres://u:p%4@h/db"_s, "conninfo.badPercent"_ba, 15},
        {"percent and letters", u"postgres://u:%zz@h/db"_s, "conninfo.badPercent"_ba, 14},
        {"percent in the database", u"postgres://h/a%"_s, "conninfo.badPercent"_ba, 15},
        {"percent in the query", u"postgres://h/db?user=%G1"_s, "conninfo.badPercent"_ba, 22},
        {"percent in a key", u"postgres://h/db?%=1"_s, "conninfo.badPercent"_ba, 17},
        {"not UTF-8", u"postgres://u:%ff@h/db"_s, "conninfo.badPercent"_ba, 14},
        {"cut off UTF-8", u"postgres://h/%c3"_s, "conninfo.badPercent"_ba, 14},
        {"encoded zero", u"postgres://u:a%00b@h/db"_s, "conninfo.control"_ba, 15},
        {"encoded line break", u"postgres://h/a%0Ab"_s, "conninfo.control"_ba, 15},
        {"line break", u"postgres://h/a\nb"_s, "conninfo.control"_ba, 15},
        {"zero", u"postgres://h/a"_s + QChar(u'\0') + u'b', "conninfo.control"_ba, 15},
        {"delete", u"postgres://h/a\x7f"_s, "conninfo.control"_ba, 15},
        {"half a character", u"postgres://h/"_s + QChar(0xd800), "conninfo.control"_ba, 1},
        {"port zero", u"postgres://h:0/db"_s, "conninfo.port"_ba, 14},
        {"port too high", u"postgres://h:65536/db"_s, "conninfo.port"_ba, 14},
        {"port negative", u"postgres://h:-1/db"_s, "conninfo.port"_ba, 14},
        {"port in letters", u"postgres://u@h:abc/db"_s, "conninfo.port"_ba, 16},
        {"port very long", u"postgres://h:99999999999999999999/db"_s, "conninfo.port"_ba, 14},
        {"port in the query", u"postgres://h/db?port=x"_s, "conninfo.port"_ba, 22},
        {"port in keywords", u"host=h port=70000"_s, "conninfo.port"_ba, 13},
        {"@ in the password", u"postgres://u:p@ss@h:5432/db"_s, "conninfo.unescaped"_ba, 15},
        {"two @ in the password", u"postgres://u:p@s@s@h/db"_s, "conninfo.unescaped"_ba, 15},
        {"# in the password", u"postgres://u:p#ss@h/db"_s, "conninfo.unescaped"_ba, 15},
        {"/ in the password", u"postgres://u:p/ss@h/db"_s, "conninfo.unescaped"_ba, 15},
        {"/ after digits", u"postgres://u:12/34@h:5432/db"_s, "conninfo.unescaped"_ba, 16},
        {"? in the password", u"postgres://u:p?ss@h/db"_s, "conninfo.unescaped"_ba, 15},
        {"/ and @ in the password", u"postgres://u:p/s@s@h/db"_s, "conninfo.unescaped"_ba, 15},
        {"# in the database", u"postgres://h/a#b"_s, "conninfo.unescaped"_ba, 15},
        {"several hosts", u"postgres://a,b/db"_s, "conninfo.multipleHosts"_ba, 13},
        {"several hosts with ports", u"postgres://a:1,b:2/db"_s, "conninfo.multipleHosts"_ba, 15},
        {"several hosts in the query", u"postgres:///db?host=a,b"_s, "conninfo.multipleHosts"_ba,
         21},
        {"several hosts of a person", u"host=a,b"_s, "conninfo.multipleHosts"_ba, 6,
         ConnOrigin::User},
        {"no host", u"postgres:///db"_s, "conninfo.socketHost"_ba, 12},
        {"user and no host", u"postgres://u@/db"_s, "conninfo.socketHost"_ba, 14},
        {"keywords without host", u"dbname=db user=u"_s, "conninfo.socketHost"_ba, 1},
        {"socket in the query", u"postgres:///db?host=/run"_s, "conninfo.socketHost"_ba, 21},
        {"socket encoded", u"postgres://%2Frun/db"_s, "conninfo.socketHost"_ba, 12},
        {"socket of dbmate", u"postgres:///db?socket=/run"_s, "conninfo.socketHost"_ba, 23},
        {"abstract socket", u"host=@x"_s, "conninfo.socketHost"_ba, 6},
        {"bare IPv6", u"postgres://::1/db"_s, "conninfo.host"_ba, 12},
        {"IPv6 not closed", u"postgres://[::1/db"_s, "conninfo.host"_ba, 12},
        {"IPv6 that is none", u"postgres://[nonsense]/db"_s, "conninfo.host"_ba, 12},
        {"text after IPv6", u"postgres://[::1]x/db"_s, "conninfo.host"_ba, 12},
        {"space in the host", u"postgres://a b/db"_s, "conninfo.host"_ba, 12},
        {"host with markup", u"postgres://<img>/db"_s, "conninfo.host"_ba, 12},
        {"host beginning with a dash", u"postgres://-oProxyCommand/db"_s, "conninfo.host"_ba, 12},
        {"empty label", u"postgres://a..b/db"_s, "conninfo.host"_ba, 12},
        {"unresolved reference", u"postgres://${HOST}/db"_s, "conninfo.host"_ba, 12},
        {"keyword without value", u"host=h dbname"_s, "conninfo.syntax"_ba, 8},
        {"quote not closed", u"host=h password='abc"_s, "conninfo.syntax"_ba, 17},
    };
}
