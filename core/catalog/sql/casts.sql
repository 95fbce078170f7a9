-- Casts, which have no name of their own.
SELECT c.oid, 'cast', 0, 0,
       pg_catalog.format_type(c.castsource, NULL) || ' AS ' || pg_catalog.format_type(c.casttarget, NULL),
       CASE c.castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'assignment' ELSE 'explicit' END, 0
  FROM pg_catalog.pg_cast c
