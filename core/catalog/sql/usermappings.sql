-- User mappings without their options, which hold passwords.
SELECT m.umid, 'user mapping', 0, m.srvid, m.usename, m.srvname, 0
  FROM pg_catalog.pg_user_mappings m
