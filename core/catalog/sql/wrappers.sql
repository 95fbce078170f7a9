-- Foreign data wrappers.
SELECT w.oid, 'foreign-data wrapper', 0, 0, w.fdwname, NULL, w.fdwowner
  FROM pg_catalog.pg_foreign_data_wrapper w
