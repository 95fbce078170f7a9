-- Foreign servers with their wrappers.
SELECT s.oid, 'foreign server', 0, s.srvfdw, s.srvname, w.fdwname, s.srvowner
  FROM pg_catalog.pg_foreign_server s
  JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
