-- Columns of everything that has rows. What kinds of types have the same name in every database comes once
-- (typenames.sql), for naming each of 200,000 takes longer than all else of a row; to a role that may not read
-- pg_type every name is sent. A column's own grant matters only where there is one.
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod,
       CASE WHEN a.atttypmod <> -1 OR a.atttypid >= 16384
                 OR NOT (SELECT pg_catalog.has_table_privilege('pg_catalog.pg_type', 'SELECT'))
            THEN pg_catalog.format_type(a.atttypid, a.atttypmod) END,
       a.attcollation, a.attnotnull,
       CASE WHEN a.attidentity <> '' THEN a.attidentity WHEN a.attgenerated <> '' THEN a.attgenerated
            WHEN a.atthasdef THEN 'D'::"char" END,
       CASE WHEN a.attacl IS NOT NULL
            THEN pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT') END
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
