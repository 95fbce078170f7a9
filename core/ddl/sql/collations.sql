SELECT 3456::oid, c.oid, 40, n.nspname || '.' || c.collname, format('COLLATION %I.%I', n.nspname, c.collname),
       quote_ident(pg_get_userbyid(c.collowner)),
       format('CREATE COLLATION %I.%I (provider = %s%s', n.nspname, c.collname,
              CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' ELSE 'default' END,
              CASE WHEN NOT c.collisdeterministic THEN ', deterministic = false' END)
       || CASE
--17+ WHEN c.colllocale IS NOT NULL THEN format(', locale = %L', c.colllocale)
--15+ --16- WHEN c.colliculocale IS NOT NULL THEN format(', locale = %L', c.colliculocale)
               WHEN c.collcollate = c.collctype THEN format(', locale = %L', c.collcollate)
               ELSE format(', lc_collate = %L, lc_ctype = %L', c.collcollate, c.collctype) END
--16+ || coalesce(', rules = ' || quote_literal(c.collicurules), '')
       || ');',
       NULL::text, NULL::text
  FROM pg_catalog.pg_collation c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
--one WHERE c.oid = $2
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 3456 AND x.objid = c.oid AND x.deptype = 'e')
