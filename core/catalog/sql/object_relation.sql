-- One relation's state. Sizes take a lock that a DDL in progress may hold: lock_timeout ends it. What
-- partitions hold is summed up from the statistics.
WITH RECURSIVE leaf AS (
    SELECT c.oid FROM pg_catalog.pg_class c WHERE c.oid = $1 AND c.relkind = 'p'
     UNION ALL
    SELECT i.inhrelid FROM leaf l JOIN pg_catalog.pg_inherits i ON i.inhparent = l.oid
)
SELECT c.relkind, c.relpersistence, c.reltuples,
       CASE WHEN c.relkind IN ('r', 'm', 'S', 'i') THEN pg_catalog.pg_relation_size(c.oid) END,
       CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_indexes_size(c.oid) END,
       CASE WHEN c.relkind IN ('r', 'm', 'S', 'i') THEN pg_catalog.pg_total_relation_size(c.oid) END,
       sum_of.rows, sum_of.bytes,
       c.relrowsecurity, c.relforcerowsecurity, c.relispartition,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid),
       pg_catalog.array_to_string(c.reloptions, ', '), t.spcname, m.amname, c.relreplident,
       pg_catalog.has_table_privilege(c.oid, 'SELECT'),
       CASE WHEN c.relkind IN ('r', 'p') THEN pg_catalog.row_security_active(c.oid) ELSE false END,
       pg_catalog.date_part('epoch', pg_catalog.pg_stat_get_db_stat_reset_time(
           (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = pg_catalog.current_database()))),
       CASE WHEN c.relkind = 'f' THEN
            (SELECT s.srvname FROM pg_catalog.pg_foreign_table f
               JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid) END
  FROM pg_catalog.pg_class c
  LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
 CROSS JOIN LATERAL (
       SELECT sum(l.reltuples) FILTER (WHERE l.reltuples >= 0) AS rows,
              sum(l.relpages::pg_catalog.int8) * pg_catalog.current_setting('block_size')::pg_catalog.int8 AS bytes
         FROM leaf f JOIN pg_catalog.pg_class l ON l.oid = f.oid AND l.relkind IN ('r', 'f')) sum_of
 WHERE c.oid = $1
