// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/catalog/everyobject.h"

using namespace Qt::StringLiterals;

namespace test {

namespace {

const char *const ofAPerson = R"sql(
CREATE SCHEMA app;
CREATE TYPE app.state AS ENUM ('open', 'paid', 'it''s void');
CREATE TYPE app.pair AS (a integer, b text);
CREATE TYPE app.span AS RANGE (subtype = double precision);
CREATE DOMAIN app.positive AS numeric(12,2) CONSTRAINT above_zero CHECK (VALUE > 0);
COMMENT ON DOMAIN app.positive IS 'more than nothing';
CREATE TABLE app.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state app.state,
    amount app.positive, parts app.pair, note text DEFAULT 'x', CONSTRAINT short CHECK (length(note) < 99));
CREATE TABLE app.lines (order_id bigint CONSTRAINT lines_order REFERENCES app.orders ON DELETE CASCADE,
    during app.span, EXCLUDE USING gist (during WITH &&), UNIQUE (order_id));
CREATE INDEX orders_note ON app.orders (note);
CREATE TABLE app.parts (k int) PARTITION BY LIST (k);
CREATE TABLE app.parts_1 PARTITION OF app.parts FOR VALUES IN (1);
CREATE VIEW app.open_orders AS SELECT * FROM app.orders WHERE state = 'open';
CREATE MATERIALIZED VIEW app.sums AS SELECT sum(amount) FROM app.orders;
CREATE SEQUENCE app.numbers;
CREATE FUNCTION app.total(bigint) RETURNS numeric LANGUAGE sql AS 'SELECT 1.0';
CREATE FUNCTION app.total(bigint, text) RETURNS SETOF text LANGUAGE sql AS 'SELECT $2';
COMMENT ON FUNCTION app.total(bigint) IS 'what is owed';
CREATE PROCEDURE app.close(IN which bigint) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE app.product(double precision) (SFUNC = float8mul, STYPE = double precision, INITCOND = 1);
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touched BEFORE INSERT OR UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.orders DISABLE TRIGGER touched;
CREATE RULE kept AS ON DELETE TO app.lines DO INSTEAD NOTHING;
ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON app.orders FOR SELECT USING (true);
CREATE STATISTICS app.together (ndistinct, mcv) ON state, note FROM app.orders;
CREATE COLLATION app.german FROM "C";
CREATE CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE OPERATOR app.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE FUNCTION app.pair_of(bigint) RETURNS app.pair LANGUAGE sql AS 'SELECT NULL::app.pair';
CREATE CAST (bigint AS app.pair) WITH FUNCTION app.pair_of(bigint) AS ASSIGNMENT;
CREATE TEXT SEARCH DICTIONARY app.plain (TEMPLATE = simple);
CREATE TEXT SEARCH CONFIGURATION app.words (COPY = simple);
CREATE PUBLICATION orders_out FOR TABLE app.orders WITH (publish = 'insert, update');
CREATE FUNCTION app."quo""te"() RETURNS int LANGUAGE sql AS 'SELECT 1';
)sql";

const char *const ofTheSuperuser = R"sql(
CREATE TYPE app.shell;
CREATE FUNCTION app.shell_in(cstring) RETURNS app.shell LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION app.shell_out(app.shell) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE app.shell (INPUT = app.shell_in, OUTPUT = app.shell_out, LIKE = text);
CREATE FUNCTION app.number_of() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
CREATE OPERATOR FAMILY app.numbers_family USING btree;
CREATE OPERATOR CLASS app.numbers_class FOR TYPE integer USING btree FAMILY app.numbers_family AS OPERATOR 1 <, FUNCTION 1 btint4cmp(integer, integer);
CREATE TEXT SEARCH PARSER app.cutter (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE app.blank (LEXIZE = dsimple_lexize, INIT = dsimple_init);
CREATE LANGUAGE mylang HANDLER plpgsql_call_handler;
CREATE FUNCTION app.to_internal(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE TRANSFORM FOR app.pair LANGUAGE mylang (FROM SQL WITH FUNCTION app.to_internal(internal));
CREATE ACCESS METHOD tree TYPE INDEX HANDLER bthandler;
CREATE FOREIGN DATA WRAPPER wrapped;
CREATE SERVER "far\away" FOREIGN DATA WRAPPER wrapped;
CREATE FOREIGN TABLE app.remote (a int) SERVER "far\away";
CREATE FUNCTION app.watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watched ON ddl_command_end EXECUTE FUNCTION app.watch();
ALTER EVENT TRIGGER watched DISABLE;
)sql";

} // namespace

QByteArray everyObjectGroup(const TestDatabase &database)
{
    return "group_" + database.name().toUtf8();
}

QByteArray everyObjectMember(const TestDatabase &database)
{
    return "member_" + database.name().toUtf8();
}

void makeEveryObject(TestDatabase &database)
{
    const QByteArray group = everyObjectGroup(database);
    const QByteArray member = everyObjectMember(database);
    database.execSuper("CREATE ROLE " + group + "; CREATE ROLE " + member
                       + " LOGIN PASSWORD 'r0le-s3cr3t' CONNECTION LIMIT 3; GRANT " + group + " TO "
                       + member + "; COMMENT ON ROLE " + group + " IS 'a group'");
    database.exec(ofAPerson);
    database.execSuper(ofTheSuperuser);
    database.execSuper("CREATE USER MAPPING FOR " + member
                       + " SERVER \"far\\away\" OPTIONS (password 'm4pping-s3cr3t');"
                         "CREATE EXTENSION IF NOT EXISTS plpgsql");
    // In a transaction of its own.
    database.execSuper("CREATE SUBSCRIPTION sub_" + database.name().toUtf8()
                       + " CONNECTION 'host=127.0.0.1 password=subscr1ption-s3cr3t' PUBLICATION "
                         "p WITH (connect = false)");
}

void dropEveryObject(TestDatabase &database)
{
    const QByteArray subscription = "sub_" + database.name().toUtf8();
    database.execSuper("ALTER SUBSCRIPTION " + subscription + " DISABLE");
    database.execSuper("ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)");
    database.execSuper("DROP SUBSCRIPTION " + subscription);
    database.execSuper("DROP USER MAPPING FOR " + everyObjectMember(database)
                       + " SERVER \"far\\away\"; DROP ROLE " + everyObjectMember(database) + ", "
                       + everyObjectGroup(database));
}

} // namespace test
