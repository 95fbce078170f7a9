-- Names of owners.
SELECT r.oid, r.rolname FROM pg_catalog.pg_roles r
