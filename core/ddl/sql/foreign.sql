-- Wrappers, servers and user mappings. Of the last, only options that are known to hold no secret; of the others, all
-- that are not named like one.
SELECT q.* FROM (
SELECT 2328::oid, w.oid, 100, w.fdwname::text, 'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname), quote_ident(pg_get_userbyid(w.fdwowner)),
       format('CREATE FOREIGN DATA WRAPPER %I', w.fdwname)
       || CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc ELSE '' END
       || CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc ELSE '' END
       || coalesce((SELECT format(E' OPTIONS (\n    %s\n)', string_agg(format('%I %L', o.option_name, o.option_value), E',\n    ' ORDER BY o.option_name))
                      FROM pg_options_to_table(w.fdwoptions) AS o WHERE o.option_name !~* '(password|passwd|pwd|secret|token|credential|api_?key)$' HAVING count(*) > 0), '') || ';',
       NULL::text, NULL::text
  FROM pg_catalog.pg_foreign_data_wrapper w
UNION ALL
SELECT 1417, s.oid, 102, s.srvname, 'SERVER ' || quote_ident(s.srvname), quote_ident(pg_get_userbyid(s.srvowner)),
       format('CREATE SERVER %I', s.srvname) || coalesce(' TYPE ' || quote_literal(s.srvtype), '')
       || coalesce(' VERSION ' || quote_literal(s.srvversion), '') || format(' FOREIGN DATA WRAPPER %I', w.fdwname)
       || coalesce((SELECT format(E' OPTIONS (\n    %s\n)', string_agg(format('%I %L', o.option_name, o.option_value), E',\n    ' ORDER BY o.option_name))
                      FROM pg_options_to_table(s.srvoptions) AS o WHERE o.option_name !~* '(password|passwd|pwd|secret|token|credential|api_?key)$' HAVING count(*) > 0), '') || ';',
       NULL, NULL
  FROM pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = s.srvfdw
UNION ALL
SELECT 1418, m.umid, 104, m.srvname || ' ' || m.usename,
       format('USER MAPPING FOR %s SERVER %I', CASE WHEN m.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END, m.srvname), NULL,
       format('CREATE USER MAPPING FOR %s SERVER %I', CASE WHEN m.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(m.usename) END, m.srvname)
       || coalesce((SELECT format(E' OPTIONS (\n    %s\n)', string_agg(format('%I %L', o.option_name, o.option_value), E',\n    ' ORDER BY o.option_name))
                      FROM pg_options_to_table(m.umoptions) AS o
                     WHERE o.option_name ~* '^(odbc_)?(user|username|user_name|uid|dbname|schema|sslmode|password_required|use_remote_estimate|fetch_size)$' HAVING count(*) > 0), '') || ';',
       NULL, NULL
  FROM pg_catalog.pg_user_mappings m
) AS q (class, object, rank, name, target, owner, body, needs, extra)
--one WHERE q.class = $1 AND q.object = $2
--all WHERE q.object >= 16384
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = q.class AND x.objid = q.object AND x.deptype = 'e')
