-- One relation's sizes and definitions. Sizes take a lock that a DDL in progress may hold: lock_timeout ends it.
SELECT CASE WHEN c.relkind IN ('r', 'm', 'S') THEN pg_catalog.pg_relation_size(c.oid) END,
       CASE WHEN c.relkind IN ('r', 'm', 'S') THEN pg_catalog.pg_total_relation_size(c.oid) END,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid),
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid, true) END
  FROM pg_catalog.pg_class c
 WHERE c.oid = $1
