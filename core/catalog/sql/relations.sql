-- What has rows: tables, partitioned tables, views, materialized views, foreign tables, sequences. Whether a role may
-- read one is decided by its owner and its grants, and asked once for each pair of these: for each of 20,000 tables
-- the question takes longer than all else. A superuser may.
WITH held AS MATERIALIZED (
    SELECT o.relowner, coalesce(o.relacl::pg_catalog.text, '') AS grants,
           pg_catalog.has_table_privilege(pg_catalog.min(o.oid), 'SELECT') AS may_read
      FROM pg_catalog.pg_class o
     WHERE o.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND pg_catalog.current_setting('is_superuser') <> 'on'
     GROUP BY 1, 2
)
SELECT c.oid, c.relnamespace, c.relname, c.relkind, c.relpersistence, c.relispartition, c.relrowsecurity,
       c.reltuples, c.relpages, c.relnatts, c.relowner, coalesce(h.may_read, true)
  FROM pg_catalog.pg_class c
  LEFT JOIN held h ON h.relowner = c.relowner AND h.grants = coalesce(c.relacl::pg_catalog.text, '')
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
   AND (c.relpersistence <> 't' OR NOT pg_catalog.pg_is_other_temp_schema(c.relnamespace))
