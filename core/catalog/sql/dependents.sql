-- What depends on an object ($1 is its catalog, $2 its oid), as far as DROP … CASCADE goes: what stands
-- below it in pg_depend, and whose inner part stands there (the view of a rule, the table of a row type).
-- A row for each edge between two that were met; the object itself comes first.
WITH RECURSIVE walk (classid, objid, objsubid, first) AS (
    SELECT $1::pg_catalog.oid, $2::pg_catalog.oid, 0, true
     UNION
    SELECT n.classid, n.objid, n.objsubid, false
      FROM walk w
     CROSS JOIN LATERAL (
           SELECT d.classid, d.objid, d.objsubid
             FROM pg_catalog.pg_depend d
            WHERE d.refclassid = w.classid AND d.refobjid = w.objid AND d.deptype <> 'p'
              AND (w.objsubid = 0 OR d.refobjsubid = w.objsubid)
            UNION ALL
           SELECT d.refclassid, d.refobjid, d.refobjsubid
             FROM pg_catalog.pg_depend d
            WHERE d.classid = w.classid AND d.objid = w.objid AND d.deptype = 'i' AND NOT w.first
            UNION ALL
           SELECT s.classid, s.objid, s.objsubid
             FROM pg_catalog.pg_shdepend s
            WHERE w.first AND s.refclassid = w.classid AND s.refobjid = w.objid
              AND s.dbid = (SELECT b.oid FROM pg_catalog.pg_database b
                             WHERE b.datname = pg_catalog.current_database())) n
     WHERE (n.classid, n.objid) <> ($1::pg_catalog.oid, $2::pg_catalog.oid)
), met AS MATERIALIZED (
    SELECT w.classid, w.objid, w.objsubid, w.first FROM walk w LIMIT 4001
), part AS MATERIALIZED (
    SELECT m.classid, m.objid, m.objsubid, m.first,
           coalesce(k.conrelid, t.tgrelid, r.ev_class, p.polrelid, x.indrelid, s.stxrelid, f.adrelid,
                    CASE WHEN m.objsubid <> 0 THEN m.objid END, 0) AS relation,
           coalesce(k.conname, t.tgname, r.rulename, p.polname, b.pubname,
                    (SELECT a.attname FROM pg_catalog.pg_attribute a
                      WHERE (a.attrelid, a.attnum) = (coalesce(f.adrelid, m.objid), coalesce(f.adnum, m.objsubid))
                        AND a.attnum <> 0)) AS part,
           b.oid AS publication,
           CASE WHEN k.oid IS NOT NULL THEN k.contype WHEN c.oid IS NOT NULL THEN c.relkind
                WHEN o.oid IS NOT NULL THEN o.prokind WHEN y.oid IS NOT NULL THEN y.typtype END AS letter,
           CASE WHEN k.contype = 'f' THEN k.confdeltype END AS action,
           coalesce(t.tgisinternal, r.rulename = '_RETURN', c.relkind IN ('c', 't'), y.typtype = 'm'
                    OR (y.typtype = 'b' AND y.typcategory = 'A' AND y.typelem <> 0)
                    OR EXISTS (SELECT FROM pg_catalog.pg_class z WHERE z.oid = y.typrelid AND z.relkind <> 'c'),
                    false) AS inner_part
      FROM met m
      LEFT JOIN pg_catalog.pg_constraint k
             ON m.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND k.oid = m.objid
      LEFT JOIN pg_catalog.pg_trigger t
             ON m.classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND t.oid = m.objid
      LEFT JOIN pg_catalog.pg_rewrite r
             ON m.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = m.objid
      LEFT JOIN pg_catalog.pg_policy p
             ON m.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass AND p.oid = m.objid
      LEFT JOIN pg_catalog.pg_class c
             ON m.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = m.objid
      LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = c.oid
      LEFT JOIN pg_catalog.pg_statistic_ext s
             ON m.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND s.oid = m.objid
      LEFT JOIN pg_catalog.pg_attrdef f
             ON m.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND f.oid = m.objid
      LEFT JOIN pg_catalog.pg_proc o
             ON m.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND o.oid = m.objid
      LEFT JOIN pg_catalog.pg_type y
             ON m.classid = 'pg_catalog.pg_type'::pg_catalog.regclass AND y.oid = m.objid
      LEFT JOIN pg_catalog.pg_publication b -- of a table or, since PostgreSQL 15, a schema that it publishes
             ON b.oid = (SELECT e.refobjid FROM pg_catalog.pg_depend e
                          WHERE e.classid = m.classid AND e.objid = m.objid AND e.objsubid = 0
                            AND e.refclassid = 'pg_catalog.pg_publication'::pg_catalog.regclass)
            AND m.classid <> 'pg_catalog.pg_publication'::pg_catalog.regclass
)
SELECT n.classid, n.objid, n.objsubid, n.relation, n.letter, n.action, n.inner_part, n.part, n.publication,
       i.type, i.schema,
       CASE WHEN n.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
            THEN (SELECT o.proname || '(' || pg_catalog.oidvectortypes(o.proargtypes) || ')'
                    FROM pg_catalog.pg_proc o WHERE o.oid = n.objid)
            ELSE i.name END, i.identity, q.nspname, h.relname, h.relkind,
       d.refclassid, d.refobjid, d.refobjsubid, d.deptype, a.attname
  FROM part n
 CROSS JOIN LATERAL pg_catalog.pg_identify_object(n.classid, n.objid, n.objsubid) i
  LEFT JOIN pg_catalog.pg_class h ON h.oid = n.relation
  LEFT JOIN pg_catalog.pg_namespace q ON q.oid = h.relnamespace
  LEFT JOIN pg_catalog.pg_depend d
         ON d.classid = n.classid AND d.objid = n.objid AND d.objsubid = n.objsubid AND d.deptype <> 'p'
        AND EXISTS (SELECT FROM met m WHERE m.classid = d.refclassid AND m.objid = d.refobjid)
  LEFT JOIN pg_catalog.pg_attribute a
         ON d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND d.refobjsubid <> 0
 ORDER BY n.first DESC, n.classid, n.objid, n.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype
