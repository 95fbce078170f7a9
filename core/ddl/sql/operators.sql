-- Without a function it is a shell that waits for its commutator.
SELECT 2617::oid, o.oid, 80, n.nspname || '.' || o.oprname || '(' || o.oprleft::regtype || ',' || o.oprright::regtype || ')',
       format('OPERATOR %I.%s (%s, %s)', n.nspname, o.oprname,
              CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE format_type(o.oprleft, NULL) END, format_type(o.oprright, NULL)),
       quote_ident(pg_get_userbyid(o.oprowner)),
       format(E'CREATE OPERATOR %I.%s (\n    FUNCTION = %s', n.nspname, o.oprname, o.oprcode)
       || CASE WHEN o.oprleft <> 0 THEN E',\n    LEFTARG = ' || format_type(o.oprleft, NULL) ELSE '' END
       || E',\n    RIGHTARG = ' || format_type(o.oprright, NULL)
       || coalesce((SELECT format(E',\n    COMMUTATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname) FROM pg_catalog.pg_operator c
                     JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprcom), '')
       || coalesce((SELECT format(E',\n    NEGATOR = OPERATOR(%I.%s)', cn.nspname, c.oprname) FROM pg_catalog.pg_operator c
                     JOIN pg_catalog.pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprnegate), '')
       || CASE WHEN o.oprrest <> 0 THEN E',\n    RESTRICT = ' || o.oprrest ELSE '' END
       || CASE WHEN o.oprjoin <> 0 THEN E',\n    JOIN = ' || o.oprjoin ELSE '' END
       || CASE WHEN o.oprcanhash THEN E',\n    HASHES' ELSE '' END
       || CASE WHEN o.oprcanmerge THEN E',\n    MERGES' ELSE '' END || E'\n);',
       NULL::text, NULL::text
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
 WHERE o.oprcode <> 0
--one AND o.oid = $2
--all AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 2617 AND x.objid = o.oid AND x.deptype = 'e')
