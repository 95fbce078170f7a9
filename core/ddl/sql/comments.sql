-- Comments and security labels: catalog, object, what it is of where that is a column, the rest of
-- the statement, its beginning. In one-object mode of its parts too; what else is met here is no part
-- of the text.
SELECT q.classid, q.objid, q.subid, CASE WHEN q.subid <> 0 THEN format('COLUMN %s.%I', q.objid::regclass, a.attname) END, q.words, q.verb
  FROM (SELECT d.classoid, d.objoid, d.objsubid, 'IS ' || quote_literal(d.description), 'COMMENT ON'
          FROM pg_catalog.pg_description d
         WHERE (d.objoid >= 16384 OR d.classoid = 2615 AND d.objoid = 2200 AND d.description <> 'standard public schema')
        UNION ALL
        SELECT l.classoid, l.objoid, l.objsubid, 'IS ' || quote_literal(l.label), format('SECURITY LABEL FOR %I ON', l.provider)
          FROM pg_catalog.pg_seclabel l) AS q (classid, objid, subid, words, verb)
  LEFT JOIN pg_catalog.pg_attribute a ON q.classid = 1259 AND a.attrelid = q.objid AND a.attnum = q.subid AND q.subid <> 0
--one WHERE (q.classid = $1 AND q.objid = $2) OR (q.classid, q.objid) IN (
--one       SELECT 2606::oid, k.oid FROM pg_catalog.pg_constraint k WHERE ($1 = 1259 AND k.conrelid = $2) OR ($1 = 1247 AND k.contypid = $2)
--one       UNION ALL SELECT 1259, i.indexrelid FROM pg_catalog.pg_index i WHERE $1 = 1259 AND i.indrelid = $2
--one       UNION ALL SELECT 2620, g.oid FROM pg_catalog.pg_trigger g WHERE $1 = 1259 AND g.tgrelid = $2
--one       UNION ALL SELECT 2618, r.oid FROM pg_catalog.pg_rewrite r WHERE $1 = 1259 AND r.ev_class = $2
--one       UNION ALL SELECT 3256, p.oid FROM pg_catalog.pg_policy p WHERE $1 = 1259 AND p.polrelid = $2
--one       UNION ALL SELECT 3381, s.oid FROM pg_catalog.pg_statistic_ext s WHERE $1 = 1259 AND s.stxrelid = $2
--one       UNION ALL SELECT 1259, x.objid FROM pg_catalog.pg_depend x WHERE $1 = 1259 AND x.classid = 1259 AND x.refclassid = 1259 AND x.refobjid = $2 AND x.deptype IN ('a', 'i')
--one       UNION ALL SELECT 1247, c.reltype FROM pg_catalog.pg_class c WHERE $1 = 1259 AND c.oid = $2
--one       UNION ALL SELECT 1259, t.typrelid FROM pg_catalog.pg_type t WHERE $1 = 1247 AND t.oid = $2)
 ORDER BY q.classid, q.objid, q.subid, q.verb
