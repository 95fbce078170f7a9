-- Partitions and inheriting tables of a relation (false), and what it is itself a part of (true).
SELECT false, c.oid, n.nspname, c.relname, c.relkind, c.relispartition, pg_catalog.pg_get_expr(c.relpartbound, c.oid),
       c.reltuples, c.relpages::pg_catalog.int8 * pg_catalog.current_setting('block_size')::pg_catalog.int8,
       coalesce(i.inhdetachpending, false)
  FROM pg_catalog.pg_inherits i
  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE i.inhparent = $1
 UNION ALL
SELECT true, c.oid, n.nspname, c.relname, c.relkind, false, NULL, -1, NULL, false
  FROM pg_catalog.pg_inherits i
  JOIN pg_catalog.pg_class c ON c.oid = i.inhparent
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE i.inhrelid = $1
 ORDER BY 1, 3, 4
