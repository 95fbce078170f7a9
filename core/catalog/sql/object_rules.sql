SELECT r.oid, r.rulename, pg_catalog.pg_get_ruledef(r.oid, true), r.ev_enabled, r.ev_type, r.is_instead,
       pg_catalog.obj_description(r.oid, 'pg_rewrite')
  FROM pg_catalog.pg_rewrite r
 WHERE r.ev_class = $1 AND r.rulename <> '_RETURN'
 ORDER BY r.rulename
