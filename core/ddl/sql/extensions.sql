-- As pg_dump does, without a version: the other server may have another.
SELECT 3079::oid, e.oid, 20, e.extname::text, 'EXTENSION ' || quote_ident(e.extname), NULL::text,
       format('CREATE EXTENSION IF NOT EXISTS %I WITH SCHEMA %I;', e.extname, n.nspname),
       NULL::text, NULL::text
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
--one WHERE e.oid = $2
--all WHERE e.oid >= 16384
--members AND false
