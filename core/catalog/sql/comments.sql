-- Comments on relations (part 0) and their columns.
SELECT d.objoid, d.objsubid, d.description
  FROM pg_catalog.pg_description d
 WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
