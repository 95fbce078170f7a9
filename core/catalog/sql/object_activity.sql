-- What the server counted of a relation since its statistics were reset.
SELECT pg_catalog.pg_stat_get_live_tuples(c.oid), pg_catalog.pg_stat_get_dead_tuples(c.oid),
       pg_catalog.pg_stat_get_mod_since_analyze(c.oid),
       pg_catalog.date_part('epoch', pg_catalog.pg_stat_get_last_vacuum_time(c.oid)),
       pg_catalog.date_part('epoch', pg_catalog.pg_stat_get_last_autovacuum_time(c.oid)),
       pg_catalog.date_part('epoch', pg_catalog.pg_stat_get_last_analyze_time(c.oid)),
       pg_catalog.date_part('epoch', pg_catalog.pg_stat_get_last_autoanalyze_time(c.oid)),
       pg_catalog.pg_stat_get_numscans(c.oid),
       (SELECT sum(pg_catalog.pg_stat_get_numscans(i.indexrelid)) FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid),
       pg_catalog.pg_stat_get_tuples_inserted(c.oid), pg_catalog.pg_stat_get_tuples_updated(c.oid),
       pg_catalog.pg_stat_get_tuples_hot_updated(c.oid), pg_catalog.pg_stat_get_tuples_deleted(c.oid),
       CASE WHEN c.relfrozenxid <> '0'::pg_catalog.xid THEN pg_catalog.age(c.relfrozenxid) END
  FROM pg_catalog.pg_class c
 WHERE c.oid = $1 AND c.relkind IN ('r', 'm', 't')
