-- Columns of everything that has rows. A column's own grant matters only where there is one.
SELECT a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod,
       pg_catalog.format_type(a.atttypid, a.atttypmod), a.attcollation, a.attlen, a.attnotnull,
       a.atthasdef, a.attidentity, a.attgenerated,
       CASE WHEN a.attacl IS NOT NULL
            THEN pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT') END
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
 WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
