-- Triggers, rules and policies. A partition's copy of a trigger is written only where it is enabled
-- otherwise than the one that it was made from.
SELECT q.* FROM (
SELECT 2620::oid, g.oid, 165, n.nspname || '.' || c.relname || ' ' || g.tgname, format('TRIGGER %I ON %s', g.tgname, g.tgrelid::regclass), NULL::text,
       CASE WHEN g.tgparentid = 0
--one OR g.oid = $2
            THEN pg_get_triggerdef(g.oid) || ';' || CASE WHEN g.tgenabled = 'O' THEN '' ELSE E'\n' END ELSE '' END
       || CASE WHEN g.tgparentid = 0 AND g.tgenabled = 'O' THEN '' ELSE format('ALTER %sTABLE %s %s TRIGGER %I;', CASE c.relkind WHEN 'f' THEN 'FOREIGN ' END, g.tgrelid::regclass,
               CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, g.tgname) END,
       concat_ws(' ', '1259 ' || g.tgrelid, CASE WHEN c.relispartition THEN '2 ' || c.oid END, CASE WHEN g.tgparentid <> 0 THEN '2620 ' || g.tgparentid END,
              CASE WHEN c.relkind = 'p' THEN (SELECT string_agg('2 ' || h.inhrelid, ' ') FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid) END),
       NULL::text, g.tgrelid
  FROM pg_catalog.pg_trigger g
  JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_trigger u ON u.oid = g.tgparentid
 WHERE (NOT g.tgisinternal AND g.tgparentid = 0) OR g.tgenabled <> u.tgenabled
--one OR $1 = 2620 AND g.oid = $2
UNION ALL
SELECT 2618, r.oid, 160, n.nspname || '.' || c.relname || ' ' || r.rulename, format('RULE %I ON %s', r.rulename, r.ev_class::regclass), NULL,
       pg_get_ruledef(r.oid) || CASE WHEN r.ev_enabled = 'O' THEN '' ELSE format(E'\nALTER TABLE %s %s RULE %I;', r.ev_class::regclass,
               CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, r.rulename) END,
       '1259 ' || r.ev_class, NULL, r.ev_class
  FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE r.ev_type <> '1'
UNION ALL
SELECT 3256, p.oid, 175, n.nspname || '.' || c.relname || ' ' || p.polname, format('POLICY %I ON %s', p.polname, p.polrelid::regclass), NULL,
       format('CREATE POLICY %I ON %s', p.polname, p.polrelid::regclass) || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
       || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END
       || CASE WHEN p.polroles = '{0}' THEN '' ELSE ' TO ' || (SELECT string_agg(CASE WHEN u = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(u)) END, ', ' ORDER BY pg_get_userbyid(u)) FROM unnest(p.polroles) AS u) END
       || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
       || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') || ';',
       '1259 ' || p.polrelid, NULL, p.polrelid
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
) AS q (class, object, rank, name, target, owner, body, needs, extra, relation)
--one WHERE CASE $1 WHEN 1259 THEN q.relation = $2 ELSE q.class = $1 AND q.object = $2 END
--all JOIN pg_catalog.pg_class c ON c.oid = q.relation JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
--all WHERE c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1259 AND x.objid = q.relation AND x.deptype = 'e')
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = q.class AND x.objid = q.object AND x.deptype = 'e')
