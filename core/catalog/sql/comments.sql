-- Comments on everything but schemas, which bring theirs; those on columns have their number as part.
SELECT d.classoid, d.objoid, d.objsubid, d.description
  FROM pg_catalog.pg_description d
UNION ALL
SELECT s.classoid, s.objoid, 0, s.description
  FROM pg_catalog.pg_shdescription s
 WHERE s.classoid = 'pg_catalog.pg_authid'::pg_catalog.regclass
