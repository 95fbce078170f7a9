SELECT t.oid, t.tgname, pg_catalog.pg_get_triggerdef(t.oid, true), t.tgenabled, t.tgtype, t.tgparentid <> 0, p.oid,
       n.nspname, p.proname, pg_catalog.obj_description(t.oid, 'pg_trigger')
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
 WHERE t.tgrelid = $1 AND NOT t.tgisinternal
 ORDER BY t.tgname
