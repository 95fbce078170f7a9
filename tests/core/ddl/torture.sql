-- Every kind of object with every option that the server keeps, for a superuser in a new database.
-- @one@ and @two@ are roles. A line that begins with `--15+ ` or `--14- ` is for these versions.
SET check_function_bodies = false;
CREATE SCHEMA a;
CREATE SCHEMA "Odd "".Schema" AUTHORIZATION @one@;
COMMENT ON SCHEMA a IS E'it''s a\nschema with \\ and "';
GRANT USAGE ON SCHEMA a TO @one@;
GRANT ALL ON SCHEMA a TO @two@ WITH GRANT OPTION;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
COMMENT ON SCHEMA public IS 'ours';
CREATE EXTENSION btree_gist WITH SCHEMA a;
CREATE EXTENSION hstore WITH SCHEMA public;
COMMENT ON EXTENSION hstore IS 'our own words';
CREATE EXTENSION file_fdw;
CREATE EXTENSION citext WITH SCHEMA a;
GRANT EXECUTE ON FUNCTION public.hstore(text, text) TO @one@;

CREATE TRUSTED LANGUAGE plother HANDLER plpgsql_call_handler INLINE plpgsql_inline_handler VALIDATOR plpgsql_validator;
COMMENT ON LANGUAGE plother IS 'another name';
GRANT USAGE ON LANGUAGE plother TO @one@;
REVOKE USAGE ON LANGUAGE plother FROM PUBLIC;

CREATE COLLATION a.blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
--16+ CREATE COLLATION a.ruled (provider = icu, locale = 'und', rules = '&V << w <<< W');
CREATE COLLATION a."C Too" FROM "C";
CREATE COLLATION a.mixed (lc_collate = 'C', lc_ctype = 'C.UTF-8');
--18+ CREATE COLLATION a.fast (provider = builtin, locale = 'PG_UNICODE_FAST');
--17+ CREATE COLLATION a.builtin (provider = builtin, locale = 'C.UTF-8');
COMMENT ON COLLATION a.blind IS 'letters are letters';

CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;
CREATE ACCESS METHOD btree2 TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD heap2 IS 'the same again';

-- Types.
CREATE TYPE a.mood AS ENUM ('sad', 'o''k', 'happy\', '');
ALTER TYPE a.mood ADD VALUE 'between' BEFORE 'happy\';
CREATE TYPE a.pair AS (x integer, "Y y" text COLLATE a.blind, z numeric(10,2)[]);
COMMENT ON COLUMN a.pair."Y y" IS 'a column of a type';
COMMENT ON TYPE a.pair IS 'two and more';
CREATE TYPE a.nothing AS ();
CREATE TYPE a.floats AS RANGE (subtype = float8, subtype_diff = float8mi, multirange_type_name = a.many_floats);
CREATE TYPE a.texts AS RANGE (subtype = text, collation = "C", subtype_opclass = text_pattern_ops);
CREATE TYPE a.days;
CREATE FUNCTION a.days_canonical(a.days) RETURNS a.days IMMUTABLE STRICT LANGUAGE internal AS 'int4range_canonical';
CREATE TYPE a.days AS RANGE (subtype = int4, canonical = a.days_canonical);
CREATE DOMAIN a.positive AS integer DEFAULT 5 NOT NULL CONSTRAINT more CHECK (VALUE > 0) CONSTRAINT less CHECK (VALUE < 1000);
ALTER DOMAIN a.positive ADD CONSTRAINT odd CHECK (VALUE % 2 = 1) NOT VALID;
COMMENT ON CONSTRAINT more ON DOMAIN a.positive IS 'a domain''s constraint';
CREATE DOMAIN a."Name" AS varchar(30) COLLATE "C" CONSTRAINT given NOT NULL;
CREATE DOMAIN a.names AS a."Name"[];
COMMENT ON DOMAIN a."Name" IS 'a domain';
CREATE TYPE a.shell_only;
CREATE TYPE a.num;
CREATE FUNCTION a.num_in(cstring) RETURNS a.num IMMUTABLE STRICT LANGUAGE internal AS 'int4in';
CREATE FUNCTION a.num_out(a.num) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'int4out';
CREATE FUNCTION a.num_recv(internal) RETURNS a.num IMMUTABLE STRICT LANGUAGE internal AS 'int4recv';
CREATE FUNCTION a.num_send(a.num) RETURNS bytea IMMUTABLE STRICT LANGUAGE internal AS 'int4send';
CREATE TYPE a.num (INPUT = a.num_in, OUTPUT = a.num_out, RECEIVE = a.num_recv, SEND = a.num_send, INTERNALLENGTH = 4, PASSEDBYVALUE,
    ALIGNMENT = int4, STORAGE = plain, CATEGORY = 'x', PREFERRED = true, DEFAULT = '7', DELIMITER = ';');
CREATE TYPE a.chars;
CREATE FUNCTION a.chars_in(cstring, oid, integer) RETURNS a.chars IMMUTABLE STRICT LANGUAGE internal AS 'varcharin';
CREATE FUNCTION a.chars_out(a.chars) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'varcharout';
CREATE FUNCTION a.chars_modin(cstring[]) RETURNS integer IMMUTABLE STRICT LANGUAGE internal AS 'varchartypmodin';
CREATE FUNCTION a.chars_modout(integer) RETURNS cstring IMMUTABLE STRICT LANGUAGE internal AS 'varchartypmodout';
CREATE TYPE a.chars (INPUT = a.chars_in, OUTPUT = a.chars_out, TYPMOD_IN = a.chars_modin, TYPMOD_OUT = a.chars_modout, ANALYZE = pg_catalog.array_typanalyze,
    INTERNALLENGTH = VARIABLE, STORAGE = extended, COLLATABLE = true);
COMMENT ON TYPE a.num IS 'a base type';
ALTER TYPE a.mood OWNER TO @one@;
GRANT USAGE ON TYPE a.mood TO @two@ WITH GRANT OPTION;
REVOKE USAGE ON TYPE a."Name" FROM PUBLIC;

-- Functions, procedures, aggregates.
CREATE FUNCTION a.plain(integer, b text DEFAULT 'it''s', OUT c integer, INOUT d numeric DEFAULT 1.5, VARIADIC e text[] DEFAULT '{}')
    LANGUAGE plpgsql STABLE STRICT SECURITY DEFINER LEAKPROOF PARALLEL RESTRICTED COST 7 SET search_path TO a, "$user", pg_temp SET work_mem TO '4MB'
    AS $f$ BEGIN c := 1; /* $function$ */ END $f$;
CREATE FUNCTION a.rows_of(n integer) RETURNS TABLE (i integer, "T t" text) LANGUAGE sql ROWS 17 AS 'SELECT 1, ''x''';
CREATE FUNCTION a.parsed(x integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN x + 1;
CREATE FUNCTION a.parsed_more(x integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT a.parsed(x); SELECT a.parsed(x) + 2; END;
CREATE FUNCTION a.win(anyelement) RETURNS anyelement LANGUAGE internal WINDOW IMMUTABLE STRICT AS 'window_first_value';
CREATE FUNCTION a.supported(text) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT SUPPORT pg_catalog.textlike_support AS 'texteq';
CREATE PROCEDURE a.proc(INOUT x integer, y text) LANGUAGE plpgsql AS $$ BEGIN x := 2; END $$;
CREATE FUNCTION a."Odd ""f"(")" integer) RETURNS void LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE FUNCTION a.sfunc(internal, integer) RETURNS internal LANGUAGE internal IMMUTABLE AS 'int8_avg_accum';
COMMENT ON FUNCTION a.plain IS 'plain';
COMMENT ON PROCEDURE a.proc IS 'a procedure';
ALTER PROCEDURE a.proc OWNER TO @two@;
REVOKE ALL ON FUNCTION a.rows_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION a.rows_of TO @one@;
GRANT EXECUTE ON PROCEDURE a.proc TO @one@ WITH GRANT OPTION;
CREATE AGGREGATE a.total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = SAFE,
    MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '3', SSPACE = 10, MSSPACE = 11);
CREATE AGGREGATE a.biggest(integer) (SFUNC = int4larger, STYPE = integer, SORTOP = >);
CREATE AGGREGATE a.nothing(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0', FINALFUNC = int8abs, FINALFUNC_MODIFY = SHAREABLE);
CREATE AGGREGATE a.median(double precision ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
CREATE AGGREGATE a.place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal, FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
COMMENT ON AGGREGATE a.total(integer) IS 'sum of all';
COMMENT ON AGGREGATE a.nothing(*) IS 'how many';
ALTER AGGREGATE a.biggest(integer) OWNER TO @one@;
GRANT EXECUTE ON FUNCTION a.median TO @one@;

-- Operators and what is made of them.
CREATE FUNCTION a.num_lt(a.num, a.num) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4lt';
CREATE FUNCTION a.num_le(a.num, a.num) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4le';
CREATE FUNCTION a.num_eq(a.num, a.num) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4eq';
CREATE FUNCTION a.num_ne(a.num, a.num) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4ne';
CREATE FUNCTION a.num_ge(a.num, a.num) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4ge';
CREATE FUNCTION a.num_gt(a.num, a.num) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4gt';
CREATE FUNCTION a.num_cmp(a.num, a.num) RETURNS integer IMMUTABLE STRICT LANGUAGE internal AS 'btint4cmp';
CREATE FUNCTION a.num_int_eq(a.num, integer) RETURNS boolean IMMUTABLE STRICT LANGUAGE internal AS 'int4eq';
CREATE FUNCTION a.num_int_cmp(a.num, integer) RETURNS integer IMMUTABLE STRICT LANGUAGE internal AS 'btint4cmp';
CREATE FUNCTION a.num_minus(a.num) RETURNS a.num IMMUTABLE STRICT LANGUAGE internal AS 'int4um';
CREATE OPERATOR a.< (FUNCTION = a.num_lt, LEFTARG = a.num, RIGHTARG = a.num, COMMUTATOR = OPERATOR(a.>), NEGATOR = OPERATOR(a.>=), RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR a.<= (FUNCTION = a.num_le, LEFTARG = a.num, RIGHTARG = a.num, COMMUTATOR = OPERATOR(a.>=), NEGATOR = OPERATOR(a.>));
CREATE OPERATOR a.= (FUNCTION = a.num_eq, LEFTARG = a.num, RIGHTARG = a.num, COMMUTATOR = OPERATOR(a.=), NEGATOR = OPERATOR(a.<>), HASHES, MERGES, RESTRICT = eqsel, JOIN = eqjoinsel);
CREATE OPERATOR a.<> (FUNCTION = a.num_ne, LEFTARG = a.num, RIGHTARG = a.num, COMMUTATOR = OPERATOR(a.<>), NEGATOR = OPERATOR(a.=));
CREATE OPERATOR a.>= (FUNCTION = a.num_ge, LEFTARG = a.num, RIGHTARG = a.num, COMMUTATOR = OPERATOR(a.<=), NEGATOR = OPERATOR(a.<));
CREATE OPERATOR a.> (FUNCTION = a.num_gt, LEFTARG = a.num, RIGHTARG = a.num, COMMUTATOR = OPERATOR(a.<), NEGATOR = OPERATOR(a.<=));
CREATE OPERATOR a.= (FUNCTION = a.num_int_eq, LEFTARG = a.num, RIGHTARG = integer);
CREATE OPERATOR a.- (FUNCTION = a.num_minus, RIGHTARG = a.num);
COMMENT ON OPERATOR a.- (NONE, a.num) IS 'the other side of nought';
ALTER OPERATOR a.<= (a.num, a.num) OWNER TO @one@;
CREATE OPERATOR FAMILY a.num_family USING btree;
CREATE OPERATOR CLASS a.num_ops DEFAULT FOR TYPE a.num USING btree FAMILY a.num_family AS
    OPERATOR 1 a.<, OPERATOR 2 a.<=, OPERATOR 3 a.=, OPERATOR 4 a.>=, OPERATOR 5 a.>, FUNCTION 1 a.num_cmp(a.num, a.num);
ALTER OPERATOR FAMILY a.num_family USING btree ADD OPERATOR 3 a.= (a.num, integer), FUNCTION 1 (a.num, integer) a.num_int_cmp(a.num, integer);
CREATE OPERATOR CLASS a.again FOR TYPE a.num USING btree2 AS
    OPERATOR 1 a.<, OPERATOR 2 a.<=, OPERATOR 3 a.=, OPERATOR 4 a.>=, OPERATOR 5 a.>, FUNCTION 1 a.num_cmp(a.num, a.num);
CREATE OPERATOR CLASS a.stored FOR TYPE circle USING gist AS OPERATOR 15 <->(circle, point) FOR ORDER BY float_ops, STORAGE box;
COMMENT ON OPERATOR FAMILY a.num_family USING btree IS 'a family';
COMMENT ON OPERATOR CLASS a.num_ops USING btree IS 'a class';
ALTER OPERATOR CLASS a.again USING btree2 OWNER TO @one@;
ALTER OPERATOR FAMILY a.again USING btree2 OWNER TO @two@;
CREATE FUNCTION a.num_of(integer) RETURNS a.num IMMUTABLE STRICT LANGUAGE internal AS 'int4up';
CREATE CAST (a.num AS integer) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (integer AS a.num) WITH FUNCTION a.num_of(integer) AS ASSIGNMENT;
CREATE CAST (a.mood AS a.num) WITH INOUT;
COMMENT ON CAST (a.num AS integer) IS 'of the same bytes';
CREATE FUNCTION a.num_from(internal) RETURNS internal LANGUAGE internal IMMUTABLE STRICT AS 'int8_avg_combine';
CREATE FUNCTION a.num_to(internal) RETURNS a.num LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE TRANSFORM FOR a.num LANGUAGE plother (FROM SQL WITH FUNCTION a.num_from(internal), TO SQL WITH FUNCTION a.num_to(internal));
COMMENT ON TRANSFORM FOR a.num LANGUAGE plother IS 'to and fro';
CREATE FUNCTION a.transformed(a.num) RETURNS integer TRANSFORM FOR TYPE a.num LANGUAGE plother AS $$ BEGIN RETURN 1; END $$;
CREATE CONVERSION a.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE DEFAULT CONVERSION a."Latin9" FOR 'LATIN9' TO 'UTF8' FROM iso8859_to_utf8;
COMMENT ON CONVERSION a.latin IS 'a conversion';

-- Text search.
CREATE TEXT SEARCH PARSER a.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE a.simple (INIT = dsimple_init, LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY a.few (TEMPLATE = a.simple, STOPWORDS = english, ACCEPT = false);
CREATE TEXT SEARCH CONFIGURATION a."Find" (PARSER = a.words);
ALTER TEXT SEARCH CONFIGURATION a."Find" ADD MAPPING FOR word, asciiword WITH a.few, pg_catalog.english_stem;
ALTER TEXT SEARCH CONFIGURATION a."Find" ADD MAPPING FOR email WITH simple;
COMMENT ON TEXT SEARCH PARSER a.words IS 'p';
COMMENT ON TEXT SEARCH TEMPLATE a.simple IS 't';
COMMENT ON TEXT SEARCH DICTIONARY a.few IS 'd';
COMMENT ON TEXT SEARCH CONFIGURATION a."Find" IS 'c';
ALTER TEXT SEARCH DICTIONARY a.few OWNER TO @one@;

-- Foreign data.
CREATE FOREIGN DATA WRAPPER nothing OPTIONS (debug 'it''s', "Odd one" 'true');
CREATE FOREIGN DATA WRAPPER files HANDLER file_fdw_handler VALIDATOR file_fdw_validator;
CREATE SERVER far TYPE 'kind' VERSION '1.0' FOREIGN DATA WRAPPER nothing OPTIONS (host 'far.example', port '1');
CREATE SERVER near FOREIGN DATA WRAPPER files;
COMMENT ON FOREIGN DATA WRAPPER nothing IS 'w';
COMMENT ON SERVER far IS 's';
CREATE USER MAPPING FOR @one@ SERVER far OPTIONS (user 'bob');
CREATE USER MAPPING FOR PUBLIC SERVER far;
GRANT USAGE ON FOREIGN DATA WRAPPER nothing TO @one@ WITH GRANT OPTION;
GRANT USAGE ON FOREIGN SERVER far TO @two@;
CREATE FOREIGN TABLE a.lines (n integer OPTIONS (force_null 'true') NOT NULL, "t t" text DEFAULT 'x', CONSTRAINT few CHECK (n < 10))
    SERVER near OPTIONS (filename '/nowhere', format 'csv');
ALTER FOREIGN TABLE a.lines ALTER COLUMN n SET STATISTICS 7;
COMMENT ON FOREIGN TABLE a.lines IS 'l';

-- Sequences and tables.
CREATE SEQUENCE a.counter AS smallint INCREMENT BY -3 MINVALUE -30 MAXVALUE 50 START 20 CACHE 4 CYCLE;
--15+ CREATE UNLOGGED SEQUENCE a.quick;
COMMENT ON SEQUENCE a.counter IS 'down';
GRANT USAGE, SELECT ON SEQUENCE a.counter TO @one@;
CREATE TABLE a.main (
    id bigserial PRIMARY KEY,
    "Mixed Case" varchar(20) COLLATE "C" NOT NULL DEFAULT 'x''y',
    n numeric(12,2) DEFAULT 0.5,
    at timestamptz DEFAULT '2001-02-03 04:05:06+00',
    span interval DEFAULT '1 day 02:03:04',
    f double precision DEFAULT 0.1,
    tags text[] NOT NULL DEFAULT '{}',
    mood a.mood DEFAULT 'sad',
    num a.num,
    pos a.positive,
    twice integer GENERATED ALWAYS AS (a.parsed(1) * 2) STORED,
    big text, small text, gone integer,
    by_default integer GENERATED BY DEFAULT AS IDENTITY (START WITH 10 INCREMENT BY 5 MINVALUE 2 MAXVALUE 10000 CACHE 3 CYCLE),
    named bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME a."odd seq"),
    CONSTRAINT "n's" CHECK (n > 0) NO INHERIT,
    CONSTRAINT both_given CHECK ((n IS NULL) = (at IS NULL)),
--14-     CONSTRAINT u UNIQUE (n, at) INCLUDE (f) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED,
--18+     virtual integer GENERATED ALWAYS AS (by_default + 1) VIRTUAL,
--18+     named_not_null integer CONSTRAINT "this one is given" NOT NULL NO INHERIT,
--18+     proved_later integer,
--18+     CONSTRAINT lax CHECK (n < 999) NOT ENFORCED,
--15+     CONSTRAINT u UNIQUE NULLS NOT DISTINCT (n, at) INCLUDE (f) WITH (fillfactor = 70) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT x EXCLUDE USING gist (n WITH =, tstzrange(at, at) WITH &&) WHERE (n > 1)
) WITH (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_enabled = false);
ALTER TABLE a.main DROP COLUMN gone;
ALTER TABLE a.main ADD CONSTRAINT later CHECK (f < 100) NOT VALID;
--18+ ALTER TABLE a.main ADD CONSTRAINT later_given NOT NULL proved_later NOT VALID;
ALTER TABLE a.main ALTER COLUMN big SET STORAGE EXTERNAL, ALTER COLUMN small SET STORAGE MAIN, ALTER COLUMN small SET COMPRESSION pglz;
ALTER TABLE a.main ALTER COLUMN n SET STATISTICS 500, ALTER COLUMN n SET (n_distinct = -0.5, n_distinct_inherited = 100);
ALTER TABLE a.main CLUSTER ON main_pkey;
ALTER TABLE a.main REPLICA IDENTITY FULL;
ALTER TABLE a.main OWNER TO @one@;
ALTER TABLE a.main ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
COMMENT ON TABLE a.main IS E'multi\nline';
COMMENT ON COLUMN a.main."Mixed Case" IS 'c';
COMMENT ON COLUMN a.main.id IS 'first';
COMMENT ON CONSTRAINT "n's" ON a.main IS 'k';
COMMENT ON CONSTRAINT u ON a.main IS 'uu';
COMMENT ON INDEX a.main_pkey IS 'of the key';
COMMENT ON SEQUENCE a."odd seq" IS 'of an identity';
GRANT SELECT, INSERT ON a.main TO @two@;
GRANT UPDATE (n, "Mixed Case"), SELECT (id) ON a.main TO PUBLIC;
GRANT SELECT ON SEQUENCE a.main_id_seq TO @two@;
SET SESSION AUTHORIZATION @one@;
GRANT DELETE ON a.main TO @two@ WITH GRANT OPTION;
SET SESSION AUTHORIZATION @two@;
GRANT DELETE ON a.main TO PUBLIC;
RESET SESSION AUTHORIZATION;
REVOKE TRUNCATE ON a.main FROM @one@;
CREATE UNLOGGED TABLE a.quickly (k integer GENERATED ALWAYS AS IDENTITY, v text) USING heap2;
CREATE TABLE a.empty ();
CREATE TABLE a.typed OF a.pair (x WITH OPTIONS NOT NULL DEFAULT 4, PRIMARY KEY (x));
CREATE TABLE a.typed_plain OF a.pair;
CREATE TABLE a.self (id integer PRIMARY KEY, parent integer REFERENCES a.self ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE,
    main_id bigint CONSTRAINT to_main REFERENCES a.main MATCH FULL ON DELETE RESTRICT, CONSTRAINT self_pair UNIQUE (id, main_id));
ALTER TABLE a.self ADD CONSTRAINT unproved FOREIGN KEY (id) REFERENCES a.self (id) NOT VALID;
ALTER TABLE a.self REPLICA IDENTITY USING INDEX self_pkey;
CREATE TABLE a.round_one (id integer PRIMARY KEY, other integer);
CREATE TABLE a.round_two (id integer PRIMARY KEY, other integer REFERENCES a.round_one);
--14- ALTER TABLE a.round_one ADD FOREIGN KEY (other) REFERENCES a.round_two ON DELETE SET DEFAULT;
--15+ ALTER TABLE a.round_one ADD FOREIGN KEY (other) REFERENCES a.round_two ON DELETE SET DEFAULT (other);
--18+ ALTER TABLE a.round_one ADD CONSTRAINT unenforced FOREIGN KEY (id) REFERENCES a.self NOT ENFORCED;
--18+ CREATE TABLE a.stays (room integer, during daterange, PRIMARY KEY (room, during WITHOUT OVERLAPS));
--18+ CREATE TABLE a.meals (room integer, during daterange, FOREIGN KEY (room, PERIOD during) REFERENCES a.stays (room, PERIOD during));

-- Inheritance and partitions.
CREATE TABLE a.parent (p integer NOT NULL DEFAULT 1, q text DEFAULT 'p', r integer, CONSTRAINT pr CHECK (p <> r));
CREATE TABLE a.parent_two (q text DEFAULT 'p', s date);
CREATE TABLE a.child (own integer, r integer, CONSTRAINT mine CHECK (own > 0)) INHERITS (a.parent, a.parent_two);
ALTER TABLE a.child ALTER COLUMN p SET DEFAULT 2, ALTER COLUMN s SET NOT NULL, ALTER COLUMN s SET DEFAULT '2020-01-01';
CREATE TABLE a.grandchild () INHERITS (a.child);
ALTER TABLE a.grandchild ALTER COLUMN q DROP DEFAULT;
CREATE TABLE a.parts (day date NOT NULL, k integer, note text DEFAULT 'n', CONSTRAINT known CHECK (k IS NOT NULL)) PARTITION BY RANGE (day, k);

ALTER TABLE a.parts ADD CONSTRAINT parts_key PRIMARY KEY (day, k);
CREATE TABLE a.parts_1 PARTITION OF a.parts FOR VALUES FROM ('2020-01-01', MINVALUE) TO ('2021-01-01', 5);
CREATE TABLE a.parts_rest PARTITION OF a.parts DEFAULT PARTITION BY LIST (k);
CREATE TABLE a.parts_rest_x PARTITION OF a.parts_rest FOR VALUES IN (1, NULL, 7);
CREATE TABLE a.parts_other (note text DEFAULT 'mine', extra_gone integer, k integer NOT NULL, day date NOT NULL, CONSTRAINT known CHECK (k IS NOT NULL), CONSTRAINT far CHECK (k < 100));
ALTER TABLE a.parts_other DROP COLUMN extra_gone;
ALTER TABLE a.parts ATTACH PARTITION a.parts_other FOR VALUES FROM ('2021-01-01', 5) TO ('2022-01-01', MAXVALUE);
CREATE INDEX parts_note ON a.parts (note);
COMMENT ON INDEX a.parts_1_note_idx IS 'of a partition';
CREATE TABLE a.hashed (id integer GENERATED ALWAYS AS IDENTITY, v text COLLATE "C", w a.num) PARTITION BY HASH (lower(v) COLLATE "C" text_pattern_ops);
CREATE TABLE a.hashed_0 PARTITION OF a.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE a.hashed_1 PARTITION OF a.hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1) WITH (fillfactor = 50);
ALTER TABLE a.hashed ADD CONSTRAINT to_self FOREIGN KEY (id) REFERENCES a.round_one;
CREATE TABLE a.into_parts (day date, k integer, FOREIGN KEY (day, k) REFERENCES a.parts ON DELETE CASCADE);
CREATE FOREIGN TABLE a.hashed_far (id integer NOT NULL, v text COLLATE "C", w a.num) SERVER near OPTIONS (filename '/nowhere');

-- Indexes and statistics.
CREATE INDEX by_expression ON a.main USING btree (lower("Mixed Case"), n DESC NULLS LAST) INCLUDE (at) WITH (fillfactor = 60) WHERE n > 5;
ALTER INDEX a.by_expression ALTER COLUMN 1 SET STATISTICS 300;
CREATE UNIQUE INDEX "Odd ""index" ON a.main (num a.num_ops);
CREATE INDEX by_tags ON a.main USING gin (tags) WITH (fastupdate = off);
CREATE INDEX by_time ON a.main USING brin (at) WITH (pages_per_range = 4);
CREATE UNIQUE INDEX unique_quick ON a.quickly (k);
ALTER TABLE a.quickly ALTER COLUMN k SET NOT NULL;
ALTER TABLE a.quickly REPLICA IDENTITY USING INDEX unique_quick;
COMMENT ON INDEX a.by_tags IS 'i';
CREATE STATISTICS a.together (dependencies, ndistinct) ON n, at FROM a.main;
CREATE STATISTICS a.expressions ON (n + 1), f FROM a.main;
ALTER STATISTICS a.together SET STATISTICS 99;
ALTER STATISTICS a.expressions OWNER TO @two@;
COMMENT ON STATISTICS a.together IS 'st';

-- Views, and rings.
CREATE VIEW a.simple_view AS SELECT id, n AS "N n" FROM a.main WHERE n > 1;
--14- CREATE VIEW a.guarded WITH (security_barrier = true) AS SELECT id, n FROM a.main WHERE n > 1 WITH LOCAL CHECK OPTION;
--15+ CREATE VIEW a.guarded WITH (security_barrier = true, security_invoker = true) AS SELECT id, n FROM a.main WHERE n > 1 WITH LOCAL CHECK OPTION;
CREATE VIEW a.of_view AS SELECT v.*, a.parsed(1) AS one FROM a.simple_view v;
CREATE VIEW a.checked AS SELECT id FROM a.guarded WHERE id > 3 WITH CASCADED CHECK OPTION;
ALTER VIEW a.simple_view ALTER COLUMN "N n" SET DEFAULT 3;
ALTER VIEW a.guarded OWNER TO @one@;
COMMENT ON VIEW a.guarded IS 'v';
COMMENT ON COLUMN a.guarded.n IS 'vc';
GRANT SELECT ON a.guarded TO @two@;
CREATE VIEW a.by_key AS SELECT m.id, m."Mixed Case", count(*) FROM a.main m JOIN a.self s ON s.main_id = m.id GROUP BY m.id;
CREATE RECURSIVE VIEW a.numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 5;
CREATE VIEW a.ring AS SELECT id FROM a.main;
CREATE FUNCTION a.of_ring(a.ring) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN ($1).id;
CREATE OR REPLACE VIEW a.ring AS SELECT id FROM a.main WHERE a.of_ring(ROW(id)::a.ring) > 0;
CREATE TABLE a.ring_table (id integer, v integer);
CREATE FUNCTION a.of_table(a.ring_table) RETURNS integer LANGUAGE sql IMMUTABLE RETURN ($1).id;
ALTER TABLE a.ring_table ADD CONSTRAINT own CHECK (a.of_table(ring_table) > 0);
CREATE FUNCTION a.next_ring() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT count(*)::integer FROM a.ring_table; END;
ALTER TABLE a.ring_table ALTER COLUMN v SET DEFAULT a.next_ring();
CREATE MATERIALIZED VIEW a.held WITH (fillfactor = 75) AS SELECT id, n FROM a.simple_view s (id, n);
CREATE UNIQUE INDEX held_id ON a.held (id);
CREATE MATERIALIZED VIEW a.unheld AS SELECT 1 AS one WITH NO DATA;
ALTER MATERIALIZED VIEW a.held CLUSTER ON held_id;
ALTER MATERIALIZED VIEW a.held ALTER COLUMN n SET STATISTICS 33;
COMMENT ON MATERIALIZED VIEW a.held IS 'm';
COMMENT ON COLUMN a.held.n IS 'mc';

-- Triggers, rules, policies.
CREATE FUNCTION a.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION a.ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE TRIGGER one BEFORE INSERT OR UPDATE OF n, "Mixed Case" ON a.main FOR EACH ROW WHEN (NEW.n > 0) EXECUTE FUNCTION a.fire('a', 'it''s');
CREATE TRIGGER "Two's" AFTER UPDATE ON a.main REFERENCING OLD TABLE AS o NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION a.fire();
CREATE CONSTRAINT TRIGGER three AFTER DELETE ON a.main FROM a.self DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION a.fire();
CREATE TRIGGER four INSTEAD OF UPDATE ON a.simple_view FOR EACH ROW EXECUTE FUNCTION a.fire();
CREATE TRIGGER five AFTER TRUNCATE ON a.main EXECUTE FUNCTION a.fire();
CREATE TRIGGER on_parts AFTER INSERT ON a.parts FOR EACH ROW EXECUTE FUNCTION a.fire();
ALTER TABLE a.parts_1 DISABLE TRIGGER on_parts;
ALTER TABLE a.main DISABLE TRIGGER one;
ALTER TABLE a.main ENABLE REPLICA TRIGGER "Two's";
ALTER TABLE a.main ENABLE ALWAYS TRIGGER five;
COMMENT ON TRIGGER one ON a.main IS 'tr';
CREATE RULE "Instead" AS ON INSERT TO a.of_view WHERE NEW.id > 1 DO INSTEAD (INSERT INTO a.main (n) VALUES (NEW."N n"); DELETE FROM a.quickly);
CREATE RULE "Tell" AS ON UPDATE TO a.of_view DO ALSO NOTIFY "chan nel";
CREATE RULE quiet AS ON DELETE TO a.main DO ALSO NOTHING;
ALTER TABLE a.main DISABLE RULE quiet;
COMMENT ON RULE quiet ON a.main IS 'ru';
CREATE POLICY all_of ON a.main USING (n > 0);
CREATE POLICY "Some of" ON a.main AS RESTRICTIVE FOR UPDATE TO @one@, @two@ USING (n > 0) WITH CHECK (n < 10 AND "Mixed Case" <> '%s');
CREATE POLICY adding ON a.main FOR INSERT TO CURRENT_USER WITH CHECK (true);
COMMENT ON POLICY all_of ON a.main IS 'po';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION a.ddl();
--17+ CREATE EVENT TRIGGER "Watch login" ON login EXECUTE FUNCTION a.ddl();
ALTER EVENT TRIGGER watch DISABLE;
--17+ ALTER EVENT TRIGGER "Watch login" DISABLE;
COMMENT ON EVENT TRIGGER watch IS 'et';

-- Replication.
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, truncate', publish_via_partition_root = true);
--14- CREATE PUBLICATION "Some" FOR TABLE a.self, ONLY a.parent;
--15+ CREATE PUBLICATION "Some" FOR TABLE a.self (id, main_id) WHERE (id > 5), ONLY a.parent;
--14- CREATE PUBLICATION schemas FOR TABLE a.empty;
--18+ CREATE PUBLICATION generated FOR TABLE a.empty WITH (publish_generated_columns = stored);
--15+ CREATE PUBLICATION schemas FOR TABLE a.empty, TABLES IN SCHEMA "Odd "".Schema";
CREATE PUBLICATION nothing_in WITH (publish = '');
ALTER PUBLICATION "Some" OWNER TO @one@;
COMMENT ON PUBLICATION "Some" IS 'pu';
CREATE SUBSCRIPTION "Sub @one@" CONNECTION 'host=nowhere password=canary' PUBLICATION p, "P q"
--14-     WITH (connect = false, slot_name = NONE, binary = true, streaming = true, synchronous_commit = 'local');
--15+ --15-     WITH (connect = false, slot_name = NONE, binary = true, streaming = true, two_phase = true, disable_on_error = true, synchronous_commit = 'local');
--16+     WITH (connect = false, slot_name = NONE, binary = true, streaming = parallel, two_phase = true, disable_on_error = true, origin = none, run_as_owner = true, synchronous_commit = 'local');
COMMENT ON SUBSCRIPTION "Sub @one@" IS 'su';

-- Default privileges.
ALTER DEFAULT PRIVILEGES FOR ROLE @one@ GRANT SELECT ON TABLES TO @two@ WITH GRANT OPTION;
ALTER DEFAULT PRIVILEGES FOR ROLE @one@ REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE @two@ IN SCHEMA a GRANT USAGE ON SEQUENCES TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE @two@ IN SCHEMA a GRANT INSERT, UPDATE ON TABLES TO @one@;
ALTER DEFAULT PRIVILEGES FOR ROLE @one@ GRANT USAGE ON SCHEMAS TO @two@;
REVOKE EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text) TO @two@;

-- A name as long as names may be, and others that are hard to write.
CREATE TABLE "Odd "".Schema"."a""b.c'd$e\f
g" ("select" integer PRIMARY KEY, "<b>&amp;" integer, "مرحبا" integer DEFAULT 1, "e\" text DEFAULT E'\\');
CREATE TABLE a.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaz (
    bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
