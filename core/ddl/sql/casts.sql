SELECT 2605::oid, c.oid, 86, format_type(c.castsource, NULL) || ' ' || format_type(c.casttarget, NULL),
       format('CAST (%s AS %s)', format_type(c.castsource, NULL), format_type(c.casttarget, NULL)), NULL::text,
       format('CREATE CAST (%s AS %s) %s%s;', format_type(c.castsource, NULL), format_type(c.casttarget, NULL),
              CASE c.castmethod WHEN 'b' THEN 'WITHOUT FUNCTION' WHEN 'i' THEN 'WITH INOUT'
                   ELSE 'WITH FUNCTION ' || c.castfunc::regprocedure END,
              CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' END),
       NULL::text, NULL::text
  FROM pg_catalog.pg_cast c
--one WHERE c.oid = $2
-- A range's cast to its multirange comes with it.
--all WHERE c.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2605 AND x.objid = c.oid AND x.deptype = 'i')
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2605 AND x.objid = c.oid AND x.deptype = 'e')
