SELECT p.oid, p.polname, p.polpermissive, p.polcmd,
       (SELECT pg_catalog.string_agg(CASE WHEN r = 0 THEN 'public'
                                     ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(r)) END, ', ')
          FROM pg_catalog.unnest(p.polroles) r),
       pg_catalog.pg_get_expr(p.polqual, p.polrelid, true), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true),
       pg_catalog.obj_description(p.oid, 'pg_policy')
  FROM pg_catalog.pg_policy p
 WHERE p.polrelid = $1
 ORDER BY p.polname
