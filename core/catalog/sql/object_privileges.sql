-- Who may do what with an object ($1 is its catalog, $2 its oid), those of columns after those of the
-- whole; what PostgreSQL gives by default is among them.
WITH held AS (
    SELECT NULL::pg_catalog.name AS part, 0 AS place, coalesce(c.relacl, pg_catalog.acldefault(
               CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner)) AS acl
      FROM pg_catalog.pg_class c
     WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = $2 AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
     UNION ALL
    SELECT a.attname, a.attnum, a.attacl FROM pg_catalog.pg_attribute a
     WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND a.attrelid = $2 AND NOT a.attisdropped
     UNION ALL
    SELECT NULL, 0, coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner)) FROM pg_catalog.pg_proc p
     WHERE $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = $2
     UNION ALL
    SELECT NULL, 0, coalesce(t.typacl, pg_catalog.acldefault('T', t.typowner)) FROM pg_catalog.pg_type t
     WHERE $1 = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = $2
     UNION ALL
    SELECT NULL, 0, coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)) FROM pg_catalog.pg_namespace n
     WHERE $1 = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND n.oid = $2
     UNION ALL
    SELECT NULL, 0, coalesce(l.lanacl, pg_catalog.acldefault('l', l.lanowner)) FROM pg_catalog.pg_language l
     WHERE $1 = 'pg_catalog.pg_language'::pg_catalog.regclass AND l.oid = $2
     UNION ALL
    SELECT NULL, 0, coalesce(f.fdwacl, pg_catalog.acldefault('F', f.fdwowner)) FROM pg_catalog.pg_foreign_data_wrapper f
     WHERE $1 = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass AND f.oid = $2
     UNION ALL
    SELECT NULL, 0, coalesce(s.srvacl, pg_catalog.acldefault('S', s.srvowner)) FROM pg_catalog.pg_foreign_server s
     WHERE $1 = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass AND s.oid = $2
)
SELECT h.part, CASE WHEN x.grantee = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee) END,
       pg_catalog.string_agg(x.privilege_type || CASE WHEN x.is_grantable THEN ' *' ELSE '' END, ', '
                             ORDER BY x.privilege_type),
       pg_catalog.pg_get_userbyid(x.grantor), x.grantee
  FROM held h
 CROSS JOIN LATERAL pg_catalog.aclexplode(h.acl) x
 GROUP BY h.place, h.part, x.grantee, x.grantor
 ORDER BY h.place, x.grantee = 0, 2, 4
