-- Access methods of tables and indexes.
SELECT m.oid, 'access method', 0, 0, m.amname, CASE m.amtype WHEN 't' THEN 'table' ELSE 'index' END, 0
  FROM pg_catalog.pg_am m
