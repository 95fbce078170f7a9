-- Schemas without those of TOAST and of other sessions' temporary tables.
SELECT n.oid, n.nspname, n.nspowner,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE'),
       pg_catalog.obj_description(n.oid, 'pg_namespace')
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname !~ '^pg_toast' AND NOT pg_catalog.pg_is_other_temp_schema(n.oid)
