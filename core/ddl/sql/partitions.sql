-- Each partition is made as a table of its own and attached, which keeps the order of its columns.
-- The class 2 stands for these ties, 3 for those of their indexes.
SELECT q.* FROM (
SELECT 2::oid, c.oid, 130, n.nspname || '.' || c.relname, NULL::text, NULL::text,
       format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s;', i.inhparent::regclass, c.oid::regclass, pg_get_expr(c.relpartbound, c.oid)),
       format('1259 %s 1259 %s', c.oid, i.inhparent), NULL::text, c.oid
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
 WHERE c.relispartition AND c.relkind IN ('r', 'p', 'f')
--all AND c.relpersistence <> 't'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = c.oid AND x.deptype = 'e')
UNION ALL
SELECT 3, c.oid, 145, n.nspname || '.' || c.relname, NULL, NULL,
       format('ALTER INDEX %s ATTACH PARTITION %s;', i.inhparent::regclass, c.oid::regclass),
       format('1259 %s 1259 %s', c.oid, i.inhparent), NULL, x.indrelid
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_inherits i ON i.inhrelid = c.oid
  JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid
 WHERE c.relispartition AND c.relkind IN ('i', 'I')
--all AND c.relpersistence <> 't'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = i.inhparent AND x.deptype = 'e')
) AS q (class, object, rank, name, target, owner, body, needs, extra, relation)
--one WHERE $1 = 1259 AND (q.object = $2 OR q.relation = $2)
