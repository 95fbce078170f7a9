-- Types without the row types of tables and the arrays of those, which are as many as there are tables.
SELECT t.oid, t.typelem, t.typbasetype, t.typarray, t.typlen, t.typtype, t.typcategory
  FROM pg_catalog.pg_type t
 WHERE t.typtype <> 'c'
   AND NOT (t.typcategory = 'A'
            AND t.typelem IN (SELECT e.oid FROM pg_catalog.pg_type e WHERE e.typtype = 'c'))
