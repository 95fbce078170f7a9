-- Extensions with their versions and the schema that holds them.
SELECT e.oid, 'extension', 0, e.extnamespace, e.extname, e.extversion, e.extowner
  FROM pg_catalog.pg_extension e
