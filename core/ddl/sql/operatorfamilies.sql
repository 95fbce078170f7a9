SELECT 2753::oid, f.oid, 82, n.nspname || '.' || f.opfname || ' ' || am.amname,
       format('OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, am.amname), quote_ident(pg_get_userbyid(f.opfowner)),
       format('CREATE OPERATOR FAMILY %I.%I USING %I;', n.nspname, f.opfname, am.amname)
       || coalesce((SELECT format(E'\nALTER OPERATOR FAMILY %I.%I USING %I ADD\n    %s;', n.nspname, f.opfname, am.amname, string_agg(m.entry, E',\n    ' ORDER BY m.entry))
                 FROM (SELECT format('OPERATOR %s %s', o.amopstrategy, o.amopopr::regoperator)
                              || coalesce((SELECT format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname) FROM pg_catalog.pg_opfamily s
                                            JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = o.amopsortfamily), '') AS entry
                         FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_amop o ON o.oid = d.objid
                        WHERE d.classid = 2602 AND d.refclassid = 2753 AND d.refobjid = f.oid AND o.amopfamily = f.oid
                       UNION ALL
                       SELECT format('FUNCTION %s (%s, %s) %s', p.amprocnum, format_type(p.amproclefttype, NULL),
                                     format_type(p.amprocrighttype, NULL), p.amproc::regprocedure)
                         FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_amproc p ON p.oid = d.objid
                        WHERE d.classid = 2603 AND d.refclassid = 2753 AND d.refobjid = f.oid AND p.amprocfamily = f.oid) AS m HAVING count(*) > 0), ''),
       NULL::text, NULL::text
  FROM pg_catalog.pg_opfamily f
  JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
  JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod
--one WHERE f.oid = $2
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2753 AND x.objid = f.oid AND x.deptype = 'e')
