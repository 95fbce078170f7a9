SELECT 2601::oid, a.oid, 50, a.amname::text, 'ACCESS METHOD ' || quote_ident(a.amname), NULL::text,
       format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s;', a.amname,
              CASE a.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END, a.amhandler),
       NULL::text, NULL::text
  FROM pg_catalog.pg_am a
--one WHERE a.oid = $2
--all WHERE a.oid >= 16384
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2601 AND x.objid = a.oid AND x.deptype = 'e')
