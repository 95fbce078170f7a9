SELECT 2616::oid, c.oid, 84, n.nspname || '.' || c.opcname || ' ' || am.amname,
       format('OPERATOR CLASS %I.%I USING %I', n.nspname, c.opcname, am.amname), quote_ident(pg_get_userbyid(c.opcowner)),
       format(E'CREATE OPERATOR CLASS %I.%I\n    %sFOR TYPE %s USING %I FAMILY %I.%I AS\n    %s;', n.nspname, c.opcname,
              CASE WHEN c.opcdefault THEN 'DEFAULT ' END, format_type(c.opcintype, NULL), am.amname, fn.nspname, f.opfname,
              coalesce((SELECT string_agg(m.entry, E',\n    ' ORDER BY m.entry)
                 FROM (SELECT format('STORAGE %s', format_type(c.opckeytype, NULL)) AS entry WHERE c.opckeytype <> 0
                       UNION ALL
                       SELECT format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator)
                              || coalesce((SELECT format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname) FROM pg_catalog.pg_opfamily s
                                            JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = o.amopsortfamily), '')
                         FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_amop o ON o.oid = d.objid
                        WHERE d.classid = 2602 AND d.refclassid = 2616 AND d.refobjid = c.oid
                       UNION ALL
                       SELECT format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL),
                                     format_type(p.amprocrighttype, NULL), p.amproc::regprocedure)
                         FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
                        WHERE d.classid = 2603 AND d.refclassid = 2616 AND d.refobjid = c.oid) AS m),
                  'STORAGE ' || format_type(c.opcintype, NULL))),
       NULL::text, NULL::text
  FROM pg_catalog.pg_opclass c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.opcnamespace
  JOIN pg_catalog.pg_am am ON am.oid = c.opcmethod
  JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
  JOIN pg_catalog.pg_namespace fn ON fn.oid = f.opfnamespace
--one WHERE c.oid = $2
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2616 AND x.objid = c.oid AND x.deptype = 'e')
