SELECT 2615::oid, n.oid, 10, n.nspname::text, 'SCHEMA ' || quote_ident(n.nspname),
--15+ CASE WHEN n.nspname <> 'public' OR n.nspowner <> 6171 THEN quote_ident(pg_get_userbyid(n.nspowner)) END,
--14 CASE WHEN n.nspname <> 'public' OR n.nspowner <> 10 THEN quote_ident(pg_get_userbyid(n.nspowner)) END,
--all CASE WHEN n.nspname <> 'public' THEN format('CREATE SCHEMA %I;', n.nspname) END,
--one format('CREATE SCHEMA %I;', n.nspname),
       NULL::text, NULL::text
  FROM pg_catalog.pg_namespace n
--one WHERE n.oid = $2
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2615 AND x.objid = n.oid AND x.deptype = 'e')
