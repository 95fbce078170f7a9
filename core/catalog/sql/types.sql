-- Types without the row types of tables and the arrays of those, which are as many as there are tables. Those that
-- have a CREATE have a kind; arrays, pseudo types and what a range brings with it have none.
SELECT t.oid, t.typelem, t.typbasetype, t.typarray, t.typlen, t.typtype, t.typcategory,
       CASE WHEN t.typelem <> 0 AND t.typsubscript = 'pg_catalog.array_subscript_handler'::pg_catalog.regproc THEN NULL
            WHEN t.typtype = 'e' THEN 'enum' WHEN t.typtype = 'c' THEN 'composite type' WHEN t.typtype = 'r' THEN 'range type'
            WHEN t.typtype = 'd' THEN 'domain' WHEN t.typtype = 'b' THEN 'base type' END,
       t.typnamespace, t.typname,
       CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
            WHEN t.typtype = 'e' THEN (SELECT pg_catalog.left(pg_catalog.string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder), 300)
                                         FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid)
            WHEN t.typtype = 'r' THEN (SELECT pg_catalog.format_type(r.rngsubtype, NULL)
                                         FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid) END,
       t.typowner
  FROM pg_catalog.pg_type t
  LEFT JOIN pg_catalog.pg_class c ON t.typtype = 'c' AND c.oid = t.typrelid AND c.relkind = 'c'
 WHERE (t.typtype <> 'c' OR c.oid IS NOT NULL)
   AND NOT (t.typcategory = 'A'
            AND t.typelem IN (SELECT e.oid FROM pg_catalog.pg_type e WHERE e.typtype = 'c'))
