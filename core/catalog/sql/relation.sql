-- The same as relations.sql for few: what a role may read is asked for each.
SELECT c.oid, c.relnamespace, c.relname, c.relkind, c.relpersistence, c.relispartition, c.relrowsecurity,
       c.reltuples, c.relpages, c.relnatts, c.relowner, pg_catalog.has_table_privilege(c.oid, 'SELECT')
  FROM pg_catalog.pg_class c
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
   AND (c.relpersistence <> 't' OR NOT pg_catalog.pg_is_other_temp_schema(c.relnamespace))
