-- Indexes with size and use. Sizes take a lock, as those of the relation do.
SELECT i.indexrelid, c.relname, pg_catalog.pg_get_indexdef(i.indexrelid),
       CASE WHEN c.relkind = 'i' THEN pg_catalog.pg_relation_size(i.indexrelid) END,
       CASE WHEN c.relkind = 'i' THEN pg_catalog.pg_stat_get_numscans(i.indexrelid) END,
       i.indisunique, i.indisprimary, i.indisvalid, i.indisexclusion, i.indisclustered, i.indisreplident,
       pg_catalog.obj_description(i.indexrelid, 'pg_class')
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = $1
 ORDER BY NOT i.indisprimary, c.relname
