-- Names of the types that initdb made, as columns of no further modifier have them.
SELECT t.oid, pg_catalog.format_type(t.oid, -1)
  FROM pg_catalog.pg_type t
 WHERE t.oid < 16384
