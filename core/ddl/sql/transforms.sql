SELECT 3576::oid, t.oid, 88, format_type(t.trftype, NULL) || ' ' || l.lanname,
       format('TRANSFORM FOR %s LANGUAGE %I', format_type(t.trftype, NULL), l.lanname), NULL::text,
       format('CREATE TRANSFORM FOR %s LANGUAGE %I (%s);', format_type(t.trftype, NULL), l.lanname,
              concat_ws(', ', CASE WHEN t.trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || t.trffromsql::regprocedure END,
                              CASE WHEN t.trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || t.trftosql::regprocedure END)),
       NULL::text, NULL::text
  FROM pg_catalog.pg_transform t
  JOIN pg_catalog.pg_language l ON l.oid = t.trflang
--one WHERE t.oid = $2
--all WHERE t.oid >= 16384
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 3576 AND x.objid = t.oid AND x.deptype = 'e')
