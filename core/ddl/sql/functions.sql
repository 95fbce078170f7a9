SELECT 1255::oid, p.oid, 70, n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
       format('%s %I.%I(%s)', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, n.nspname, p.proname,
              pg_get_function_identity_arguments(p.oid)),
       quote_ident(pg_get_userbyid(p.proowner)),
       rtrim(pg_get_functiondef(p.oid), E'\n') || ';',
       NULL::text, NULL::text
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE p.prokind <> 'a'
--one AND p.oid = $2
--all AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1255 AND x.objid = p.oid AND x.deptype = 'e')
-- What makes a range's constructors comes with the type.
--all AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1255 AND x.objid = p.oid AND x.deptype = 'i')
