-- An index of a constraint comes with it; only what is said of it beyond that is written here.
SELECT 1259::oid, c.oid, CASE WHEN k.oid IS NULL THEN 140 ELSE 143 END, n.nspname || '.' || c.relname, 'INDEX ' || c.oid::regclass, NULL::text,
--all ltrim(CASE WHEN k.oid IS NULL THEN pg_get_indexdef(c.oid) || ';' ELSE '' END
--one ltrim(CASE WHEN k.oid IS NULL OR c.oid = $2 THEN pg_get_indexdef(c.oid) || ';' ELSE '' END
       || CASE WHEN c.reltablespace <> 0 THEN (SELECT format(E'\nALTER INDEX %s SET TABLESPACE %I;', c.oid::regclass, s.spcname) FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace) ELSE '' END
       || CASE WHEN i.indexprs IS NULL THEN '' ELSE
              coalesce((SELECT string_agg(format(E'\nALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s;', c.oid::regclass, a.attnum, a.attstattarget), '' ORDER BY a.attnum)
                          FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attstattarget >= 0), '') END
       || CASE WHEN i.indisclustered THEN format(E'\nALTER TABLE %s CLUSTER ON %I;', i.indrelid::regclass, c.relname) ELSE '' END
       || CASE WHEN i.indisreplident THEN format(E'\nALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I;', i.indrelid::regclass, c.relname) ELSE '' END, E'\n'),
       nullif(concat_ws(' ', '1259 ' || i.indrelid, CASE WHEN k.oid IS NOT NULL THEN '2606 ' || k.oid END,
              CASE WHEN t.relispartition THEN '2 ' || t.oid END,
              CASE WHEN t.relkind = 'p' THEN (SELECT string_agg('2 ' || h.inhrelid, ' ') FROM pg_catalog.pg_inherits h WHERE h.inhparent = t.oid) END), ''),
       NULL::text
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
--one WHERE $1 = 1259 AND i.indexrelid IN (SELECT u.indexrelid FROM pg_catalog.pg_index u WHERE u.indrelid = $2 UNION ALL SELECT $2)
--all WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = t.oid AND x.deptype = 'e')
