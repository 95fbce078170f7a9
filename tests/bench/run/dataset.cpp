// SPDX-License-Identifier: GPL-3.0-or-later
// BenchServer: the data, the same on every machine.
#include "tests/bench/run/benchserver.h"

#include "core/base/boundedfile.h"
#include "tests/support/connection.h"

#include <QDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

constexpr qint64 largestScript = qint64(1024) * 1024;

/// Nine columns of about 180 bytes of text a row. Times lie denser towards the end, as in a log of
/// something that grows.
constexpr QByteArrayView eventsSql = R"sql(
CREATE TABLE events (
    id bigint NOT NULL, happened_at timestamptz NOT NULL, reference uuid NOT NULL, title text NOT NULL,
    amount numeric(12,2) NOT NULL, payload jsonb NOT NULL, quantity integer NOT NULL, paid boolean NOT NULL,
    note text);
INSERT INTO events
SELECT n,
       timestamptz '2019-01-01 00:00+00'
           + sqrt(n::double precision / {rows}) * 220000000 * interval '1 second',
       md5('event' || n)::uuid,
       'Event ' || lpad(n::text, 9, '0') || ' ' || substr(md5('title' || n), 1, 24),
       (hashint8extended(n, 1) & 4294967295) % 100000000 / 100.0,
       jsonb_build_object('kind', (ARRAY['order', 'refund', 'visit', 'mail'])[1 + n % 4],
                          'source', 'web-' || n % 97, 'attempt', n % 7, 'ok', n % 11 <> 0),
       (hashint8extended(n, 2) & 4294967295) % 100000,
       n % 3 <> 0,
       CASE WHEN n % 5 < 2 THEN 'note "' || n % 1000 || '", checked' END
FROM generate_series(1, {rows}) n;
ALTER TABLE events ADD PRIMARY KEY (id);
)sql";

/// No key, and a fifth of the rows gone from all over.
constexpr QByteArrayView heapSql = R"sql(
CREATE TABLE events_heap AS SELECT * FROM events ORDER BY id;
DELETE FROM events_heap WHERE id % 5 = 0;
)sql";

/// A thousand tables, as applications have them.
constexpr QByteArrayView tablesSql = R"sql(
CREATE SCHEMA {schema};
DO $$ BEGIN FOR t IN 1..{tables} LOOP EXECUTE format(
    'CREATE TABLE {schema}.t%s (id bigint PRIMARY KEY, name text NOT NULL, created_at timestamptz DEFAULT now(),'
    ' position integer, price numeric(12,2), payload jsonb, active boolean, reference uuid, day date, tags text[])', t);
END LOOP; END $$;
)sql";

constexpr QByteArrayView drawnSql = R"sql(
CREATE SCHEMA drawn;
DO $$ BEGIN FOR t IN 1..100 LOOP EXECUTE format(
    'CREATE TABLE drawn.card%s (id bigint PRIMARY KEY, name text NOT NULL, parent bigint, other bigint, at timestamptz)', t);
END LOOP;
FOR t IN 2..100 LOOP EXECUTE format(
    'ALTER TABLE drawn.card%s ADD FOREIGN KEY (parent) REFERENCES drawn.card%s', t, t / 2);
    IF t % 3 = 0 THEN EXECUTE format('ALTER TABLE drawn.card%s ADD FOREIGN KEY (other) REFERENCES drawn.card%s', t, t / 3); END IF;
END LOOP; END $$;
)sql";

using Statements = std::vector<QByteArray>;

/// The statements one after the other in a new database, unless they all were run before.
core::Result<QString> prepare(const test::ClusterFacts &facts, const QString &name,
                              const Statements &statements)
{
    auto admin =
        test::Connection::tryConnect(test::socketKeywords(facts, u"postgres"_s, test::Role::Super));
    if (!admin)
        return std::unexpected(admin.error());
    const auto known = admin->tryValue("SELECT shobj_description(oid, 'pg_database') FROM "
                                       "pg_database WHERE datname = '"
                                       + name.toUtf8() + '\'');
    if (known && *known == "ready")
        return name;
    std::fprintf(stderr, "bench: making the database %s\n", qPrintable(name));
    for (const QByteArray &sql :
         {"DROP DATABASE IF EXISTS " + name.toUtf8(), "CREATE DATABASE " + name.toUtf8()}) {
        if (const auto done = admin->tryExec(sql); !done)
            return std::unexpected(done.error());
    }
    auto own = test::Connection::tryConnect(test::socketKeywords(facts, name, test::Role::Super));
    if (!own)
        return std::unexpected(own.error());
    for (const QByteArray &sql : statements) {
        if (const auto done = own->tryExec(sql); !done)
            return std::unexpected(done.error());
    }
    if (const auto done = admin->tryExec("COMMENT ON DATABASE " + name.toUtf8() + " IS 'ready'");
        !done)
        return std::unexpected(done.error());
    return name;
}

} // namespace

core::Result<QString> BenchServer::prepareEvents(qint64 rows) const
{
    // Each text is one transaction, whose tables need no log.
    const QByteArray count = QByteArray::number(rows);
    return prepare(m_facts, u"events_%1"_s.arg(rows),
                   {"CREATE EXTENSION pg_prewarm", eventsSql.toByteArray().replace("{rows}", count),
                    "VACUUM (FREEZE, ANALYZE) events", heapSql.toByteArray(),
                    "VACUUM (FREEZE, ANALYZE) events_heap", "CHECKPOINT"});
}

core::Result<QString> BenchServer::prepareCatalog(int tables) const
{
    constexpr int inSchema = 1000;
    Statements statements{drawnSql.toByteArray()};
    for (int made = 0; made < tables; made += inSchema) {
        statements.push_back(
            tablesSql.toByteArray()
                .replace("{schema}", 's' + QByteArray::number(1 + made / inSchema))
                .replace("{tables}", QByteArray::number(std::min(inSchema, tables - made))));
    }
    statements.insert(statements.end(), {"VACUUM (FREEZE, ANALYZE)", "CHECKPOINT"});
    return prepare(m_facts, u"catalog_%1"_s.arg(tables), statements);
}

core::Result<QString> BenchServer::prepareDemo() const
{
    const QString folder = QStringLiteral(SLUICE_SOURCE_DIR) + u"/resources/demo/db"_s;
    QStringList files;
    for (const QString &name :
         QDir(folder + u"/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name))
        files << folder + u"/migrations/"_s + name;
    files << folder + u"/seed.sql"_s;
    QByteArray all;
    for (const QString &file : std::as_const(files)) {
        const auto text = core::readBoundedFile(file, largestScript);
        if (!text)
            return std::unexpected(text.error());
        all += *text + '\n';
    }
    return prepare(m_facts, u"demo"_s, {all, "VACUUM (FREEZE, ANALYZE)", "CHECKPOINT"});
}

core::Result<> BenchServer::warm(const QString &database) const
{
    auto own =
        test::Connection::tryConnect(test::socketKeywords(m_facts, database, test::Role::Super));
    if (!own)
        return std::unexpected(own.error());
    return own->tryExec("SELECT pg_prewarm('events_heap'); SELECT pg_prewarm('events');"
                        "SELECT pg_prewarm('events_pkey')");
}

} // namespace bench
