SELECT 3381::oid, s.oid, 150, n.nspname || '.' || s.stxname, format('STATISTICS %I.%I', n.nspname, s.stxname), quote_ident(pg_get_userbyid(s.stxowner)),
       pg_get_statisticsobjdef(s.oid) || ';'
       || CASE WHEN s.stxstattarget >= 0 THEN format(E'\nALTER STATISTICS %I.%I SET STATISTICS %s;', n.nspname, s.stxname, s.stxstattarget) ELSE '' END,
       '1259 ' || s.stxrelid, NULL::text
  FROM pg_catalog.pg_statistic_ext s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
--one WHERE CASE $1 WHEN 1259 THEN s.stxrelid = $2 WHEN 3381 THEN s.oid = $2 END
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 3381 AND x.objid = s.oid AND x.deptype = 'e')
