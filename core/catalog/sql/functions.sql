-- Functions, procedures, aggregates and window functions with what tells overloads apart, and what they return.
SELECT p.oid,
       CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' WHEN 'w' THEN 'window function' ELSE 'function' END,
       p.pronamespace, 0, p.proname,
       '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')'
           || CASE WHEN p.prokind <> 'p'
                   THEN ' → ' || CASE WHEN p.proretset THEN 'SETOF ' ELSE '' END
                              || pg_catalog.format_type(p.prorettype, NULL) ELSE '' END,
       p.proowner
  FROM pg_catalog.pg_proc p
