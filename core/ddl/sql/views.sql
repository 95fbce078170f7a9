-- The last column: a view of the same columns that depends on nothing, for views in a cycle.
SELECT 1259::oid, c.oid, 125, n.nspname || '.' || c.relname,
       CASE c.relkind WHEN 'v' THEN 'VIEW ' ELSE 'MATERIALIZED VIEW ' END || c.oid::regclass, quote_ident(pg_get_userbyid(c.relowner)),
       CASE c.relkind WHEN 'v' THEN
              'VIEW ' || c.oid::regclass || coalesce((SELECT format(' WITH (%s)', string_agg(quote_ident(o.option_name) || '='
                           || CASE WHEN quote_ident(o.option_value) = o.option_value THEN o.option_value ELSE quote_literal(o.option_value) END, ', ' ORDER BY o.place))
                         FROM pg_options_to_table(c.reloptions) WITH ORDINALITY AS o (option_name, option_value, place) WHERE o.option_name <> 'check_option' HAVING count(*) > 0), '')
              || E' AS\n' || rtrim(pg_get_viewdef(c.oid), ';')
              || coalesce((SELECT format(E'\n  WITH %s CHECK OPTION', upper(o.option_value)) FROM pg_options_to_table(c.reloptions) AS o WHERE o.option_name = 'check_option'), '') || ';'
       ELSE 'MATERIALIZED VIEW ' || c.oid::regclass
              || CASE WHEN am.amname <> 'heap' THEN format(E'\nUSING %I', am.amname) ELSE '' END
              || CASE WHEN c.reloptions IS NULL AND toast.reloptions IS NULL THEN '' ELSE
                     (SELECT format(E'\nWITH (%s)', string_agg(o.prefix || quote_ident(o.option_name) || '='
                                    || CASE WHEN quote_ident(o.option_value) = o.option_value THEN o.option_value ELSE quote_literal(o.option_value) END, ', ' ORDER BY o.prefix, o.place))
                        FROM (SELECT '' AS prefix, option_name, option_value, place FROM pg_options_to_table(c.reloptions) WITH ORDINALITY AS e (option_name, option_value, place)
                              UNION ALL SELECT 'toast.', option_name, option_value, place FROM pg_options_to_table(toast.reloptions) WITH ORDINALITY AS e (option_name, option_value, place)) AS o) END
              || CASE WHEN c.reltablespace <> 0 THEN (SELECT format(E'\nTABLESPACE %I', s.spcname) FROM pg_catalog.pg_tablespace s WHERE s.oid = c.reltablespace) ELSE '' END
              || E' AS\n' || rtrim(pg_get_viewdef(c.oid), ';')
--all || E'\n  WITH NO DATA;'
--one || CASE WHEN c.relispopulated THEN ';' ELSE E'\n  WITH NO DATA;' END
       END,
       NULL::text,
       CASE c.relkind WHEN 'v' THEN
              (SELECT format(E'CREATE VIEW %s AS\n SELECT %s;', c.oid::regclass, coalesce(string_agg(format('NULL::%s%s AS %I', format_type(a.atttypid, a.atttypmod),
                             CASE WHEN a.attcollation <> at.typcollation THEN ' COLLATE ' || a.attcollation::regcollation END, a.attname), E',\n    ' ORDER BY a.attnum), ''))
                 FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type at ON at.oid = a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) END
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
  LEFT JOIN pg_catalog.pg_class toast ON toast.oid = c.reltoastrelid
 WHERE c.relkind IN ('v', 'm')
--one AND $1 = 1259 AND c.oid = $2
--all AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = c.oid AND x.deptype = 'e')
