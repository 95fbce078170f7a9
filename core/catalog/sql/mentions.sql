-- Functions whose body is a text: the server does not know what they need. Those that name the relation
-- or function ($1 is its catalog, $2 its oid), and what they do to it, as far as a pattern can tell.
WITH wanted AS (
    SELECT n.nspname, c.relname AS name
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = $2
       AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
     UNION ALL
    SELECT n.nspname, p.proname
      FROM pg_catalog.pg_proc p
      JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
     WHERE $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = $2
), pattern AS (
    SELECT w.name,
           '("?' || pg_catalog.regexp_replace(w.nspname, '([^[:alnum:]_])', '\\\1', 'g') || '"?\s*\.\s*)?"?'
           || pg_catalog.regexp_replace(w.name, '([^[:alnum:]_])', '\\\1', 'g') || '"?(?![[:alnum:]_$"])'
           || CASE WHEN $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass THEN '\s*\(' ELSE '' END AS named
      FROM wanted w
)
SELECT p.oid, p.prokind, n.nspname,
       p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')',
       p.prosrc ~* ('\mupdate\s+(only\s+)?' || t.named),
       p.prosrc ~* ('\minsert\s+into\s+' || t.named),
       p.prosrc ~* ('\mdelete\s+from\s+(only\s+)?' || t.named),
       p.prosrc ~* ('\mtruncate\s+(table\s+)?(only\s+)?' || t.named)
  FROM pattern t
  JOIN pg_catalog.pg_proc p ON pg_catalog.strpos(pg_catalog.lower(p.prosrc), pg_catalog.lower(t.name)) > 0
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND l.lanname NOT IN ('internal', 'c')
   AND p.prosqlbody IS NULL
   AND NOT ($1 = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = $2)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
                      AND d.deptype = 'e')
   AND p.prosrc ~* ('(^|[^[:alnum:]_$.])' || t.named)
 ORDER BY n.nspname, p.proname, p.oid
 LIMIT 500
