SELECT 2612::oid, l.oid, 30, l.lanname::text, 'LANGUAGE ' || quote_ident(l.lanname), quote_ident(pg_get_userbyid(l.lanowner)),
       format('CREATE %sLANGUAGE %I', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' END, l.lanname)
       || CASE WHEN l.lanplcallfoid <> 0 THEN ' HANDLER ' || l.lanplcallfoid::regproc ELSE '' END
       || CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc ELSE '' END
       || CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc ELSE '' END || ';',
       NULL::text, NULL::text
  FROM pg_catalog.pg_language l
--one WHERE l.oid = $2
--all WHERE l.oid >= 16384
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2612 AND x.objid = l.oid AND x.deptype = 'e')
