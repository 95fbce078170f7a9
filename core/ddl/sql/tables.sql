-- Tables without what stands between their brackets: that is put there from columns and constraints.
-- Beyond the common columns: what follows the brackets, what follows the statement, whether of a type.
SELECT 1259::oid, c.oid, 120, n.nspname || '.' || c.relname,
       CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass, quote_ident(pg_get_userbyid(c.relowner)),
       'CREATE ' || CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END
       || CASE c.relkind WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass
       || CASE WHEN c.reloftype <> 0 THEN ' OF ' || c.reloftype::regtype ELSE '' END,
       NULL::text,
       c.oid::regclass,
       CASE WHEN c.relispartition OR NOT EXISTS (SELECT FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) THEN ''
            ELSE (SELECT format(E'\nINHERITS (%s)', string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno))
                    FROM pg_catalog.pg_inherits i WHERE i.inhrelid = c.oid) END
       || CASE WHEN c.relkind = 'p' THEN E'\nPARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END
       || CASE WHEN c.relkind = 'f' THEN
              (SELECT format(E'\nSERVER %I', s.srvname)
                      || coalesce((SELECT format(E'\nOPTIONS (\n    %s\n)', string_agg(format('%I %L', o.option_name, o.option_value), E',\n    ' ORDER BY o.option_name))
                                     FROM pg_options_to_table(ft.ftoptions) AS o HAVING count(*) > 0), '')
                 FROM pg_catalog.pg_foreign_table ft JOIN pg_catalog.pg_foreign_server s ON s.oid = ft.ftserver WHERE ft.ftrelid = c.oid) ELSE '' END
       || CASE WHEN am.amname <> 'heap' THEN format(E'\nUSING %I', am.amname) ELSE '' END
       || CASE WHEN c.reloptions IS NULL AND toast.reloptions IS NULL THEN '' ELSE
              (SELECT format(E'\nWITH (%s)', string_agg(o.prefix || quote_ident(o.option_name) || '='
                             || CASE WHEN quote_ident(o.option_value) = o.option_value THEN o.option_value ELSE quote_literal(o.option_value) END, ', ' ORDER BY o.prefix, o.place))
                 FROM (SELECT '' AS prefix, option_name, option_value, place FROM pg_options_to_table(c.reloptions) WITH ORDINALITY AS e (option_name, option_value, place)
                       UNION ALL SELECT 'toast.', option_name, option_value, place FROM pg_options_to_table(toast.reloptions) WITH ORDINALITY AS e (option_name, option_value, place)) AS o) END
       || CASE WHEN c.reltablespace <> 0 THEN (SELECT format(E'\nTABLESPACE %I', s.spcname) FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace) ELSE '' END,
       CASE WHEN c.relrowsecurity THEN format(E'\nALTER TABLE %s ENABLE ROW LEVEL SECURITY;', c.oid::regclass) ELSE '' END
       || CASE WHEN c.relforcerowsecurity THEN format(E'\nALTER TABLE %s FORCE ROW LEVEL SECURITY;', c.oid::regclass) ELSE '' END
       || CASE WHEN c.relkind <> 'f' AND c.relreplident IN ('f', 'n') THEN format(E'\nALTER TABLE ONLY %s REPLICA IDENTITY %s;', c.oid::regclass,
               CASE c.relreplident WHEN 'f' THEN 'FULL' ELSE 'NOTHING' END) ELSE '' END,
       c.reloftype <> 0
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
 WHERE c.relkind IN ('r', 'p', 'f')
--one AND $1 = 1259 AND c.oid = $2
--all AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = c.oid AND x.deptype = 'e')
