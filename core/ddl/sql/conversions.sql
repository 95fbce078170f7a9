SELECT 2607::oid, c.oid, 90, n.nspname || '.' || c.conname, format('CONVERSION %I.%I', n.nspname, c.conname),
       quote_ident(pg_get_userbyid(c.conowner)),
       format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s;', CASE WHEN c.condefault THEN 'DEFAULT ' END, n.nspname, c.conname,
              pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding), c.conproc),
       NULL::text, NULL::text
  FROM pg_catalog.pg_conversion c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
--one WHERE c.oid = $2
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2607 AND x.objid = c.oid AND x.deptype = 'e')
