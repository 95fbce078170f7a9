-- What was granted and revoked beyond what an object has by itself: of the server's own objects and
-- members of extensions, beyond what these came with. One row an object or column.
WITH o (class, object, sub, kind, owner, acl, prefix, target) AS (
    SELECT 1259::oid, c.oid, 0, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner, c.relacl, NULL::name,
           CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || c.oid::regclass
      FROM pg_catalog.pg_class c WHERE c.relacl IS NOT NULL AND c.relpersistence <> 't'
       AND c.relnamespace <> (SELECT s.oid FROM pg_catalog.pg_namespace s WHERE s.nspname = 'information_schema')
--one  AND $1 = 1259 AND c.oid IN (SELECT $2 UNION ALL SELECT x.objid FROM pg_catalog.pg_depend x
--one        WHERE x.classid = 1259 AND x.refclassid = 1259 AND x.refobjid = $2 AND x.deptype IN ('a', 'i'))
    UNION ALL
    SELECT 1259, a.attrelid, a.attnum, 'c', c.relowner, a.attacl, a.attname, 'TABLE ' || c.oid::regclass
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
     WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND c.relpersistence <> 't'
--one  AND $1 = 1259 AND a.attrelid = $2
    UNION ALL
    SELECT 1255, p.oid, 0, 'f', p.proowner, p.proacl, NULL,
           format('%s %I.%I(%s)', CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, n.nspname, p.proname,
                  CASE p.prokind WHEN 'a' THEN (SELECT string_agg(format_type(u.t, NULL), ', ' ORDER BY u.i) FROM unnest(p.proargtypes) WITH ORDINALITY AS u (t, i))
                       ELSE pg_get_function_identity_arguments(p.oid) END)
      FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.proacl IS NOT NULL AND n.nspname <> 'information_schema'
--one  AND $1 = 1255 AND p.oid = $2
    UNION ALL
    SELECT 1247, t.oid, 0, 'T', t.typowner, t.typacl, NULL, format('TYPE %I.%I', n.nspname, t.typname)
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE t.typacl IS NOT NULL AND n.nspname <> 'information_schema'
    UNION ALL
    SELECT 2615, n.oid, 0, 'n', n.nspowner, n.nspacl, NULL, 'SCHEMA ' || quote_ident(n.nspname) FROM pg_catalog.pg_namespace n WHERE n.nspacl IS NOT NULL AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_(toast|temp)'
    UNION ALL
    SELECT 2612, l.oid, 0, 'l', l.lanowner, l.lanacl, NULL, 'LANGUAGE ' || quote_ident(l.lanname) FROM pg_catalog.pg_language l WHERE l.lanacl IS NOT NULL AND l.lanpltrusted
    UNION ALL
    SELECT 2328, w.oid, 0, 'F', w.fdwowner, w.fdwacl, NULL, 'FOREIGN DATA WRAPPER ' || quote_ident(w.fdwname) FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.fdwacl IS NOT NULL
    UNION ALL
    SELECT 1417, s.oid, 0, 'S', s.srvowner, s.srvacl, NULL, 'FOREIGN SERVER ' || quote_ident(s.srvname) FROM pg_catalog.pg_foreign_server s WHERE s.srvacl IS NOT NULL
), changed AS (
    SELECT o.*, coalesce(i.initprivs, acldefault(o.kind, o.owner)) AS base
      FROM o LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = o.class AND i.objoid = o.object AND i.objsubid = o.sub
     WHERE o.acl IS DISTINCT FROM coalesce(i.initprivs, acldefault(o.kind, o.owner))
--one AND ((o.class = $1 AND o.object = $2) OR (o.class, o.object) IN (SELECT x.classid, x.objid FROM pg_catalog.pg_depend x
--one       WHERE $1 = 1259 AND x.classid = 1259 AND x.refclassid = 1259 AND x.refobjid = $2 AND x.deptype IN ('a', 'i')
--one       UNION ALL SELECT 1247::oid, c.reltype FROM pg_catalog.pg_class c WHERE $1 = 1259 AND c.oid = $2))
), held AS (
    SELECT c.class, c.object, c.sub, e.grantor, e.grantee, e.privilege_type AS privilege, e.is_grantable AS grantable, e.place
      FROM changed c, aclexplode(c.acl) WITH ORDINALITY AS e (grantor, grantee, privilege_type, is_grantable, place)
), given AS (
    SELECT c.class, c.object, c.sub, e.grantor, e.grantee, e.privilege_type AS privilege, e.is_grantable AS grantable
      FROM changed c, aclexplode(c.base) AS e
), revoked AS (
    SELECT DISTINCT g.class, g.object, g.sub, g.grantee FROM given g
     WHERE NOT EXISTS (SELECT FROM held h WHERE (h.class, h.object, h.sub, h.grantee, h.privilege, h.grantable)
                                              = (g.class, g.object, g.sub, g.grantee, g.privilege, g.grantable) AND h.grantor = g.grantor)
), granted AS (
    SELECT h.class, h.object, h.sub, h.grantor, h.grantee, h.grantable, array_agg(DISTINCT h.privilege ORDER BY h.privilege) AS privileges, min(h.place) AS place
      FROM held h
     WHERE EXISTS (SELECT FROM revoked r WHERE (r.class, r.object, r.sub, r.grantee) = (h.class, h.object, h.sub, h.grantee))
        OR NOT EXISTS (SELECT FROM given g WHERE (h.class, h.object, h.sub, h.grantee, h.privilege, h.grantable)
                                               = (g.class, g.object, g.sub, g.grantee, g.privilege, g.grantable) AND g.grantor = h.grantor)
     GROUP BY 1, 2, 3, 4, 5, 6
), statements AS (
    SELECT r.class, r.object, r.sub, 0 AS step, r.grantee, 0::bigint AS place, false AS grantable,
           format('REVOKE ALL%s ON %s FROM %s;', CASE WHEN c.prefix IS NOT NULL THEN format('(%I)', c.prefix) END, c.target,
                  CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END) AS words
      FROM revoked r JOIN changed c USING (class, object, sub)
    UNION ALL
    SELECT g.class, g.object, g.sub, CASE WHEN g.grantor = c.owner THEN 1 ELSE 2 END, g.grantee, g.place, g.grantable,
           format(CASE WHEN g.grantor = c.owner OR g.class = 2615 AND g.grantor = 10 THEN '%1$s' ELSE E'SET SESSION AUTHORIZATION %2$s;\n%1$s\nRESET SESSION AUTHORIZATION;' END,
                  format('GRANT %s ON %s TO %s%s;',
                         CASE WHEN cardinality(g.privileges) = (SELECT count(*) FROM aclexplode(acldefault(CASE c.kind WHEN 'c' THEN 'r' ELSE c.kind END, c.owner)) AS e WHERE e.grantee = c.owner)
                              THEN 'ALL' ELSE (SELECT string_agg(u || CASE WHEN c.prefix IS NOT NULL THEN format('(%I)', c.prefix) ELSE '' END, ', ') FROM unnest(g.privileges) AS u) END,
                         c.target, CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
                         CASE WHEN g.grantable THEN ' WITH GRANT OPTION' END),
                  quote_ident(pg_get_userbyid(g.grantor)))
      FROM granted g JOIN changed c USING (class, object, sub)
)
SELECT s.class, s.object, s.sub, string_agg(s.words, E'\n' ORDER BY s.step, s.place, pg_get_userbyid(s.grantee), s.words),
       -- These stand for objects that have no text of their own here.
       (s.object < 16384 AND s.object <> 2200) OR EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = s.class AND x.objid = s.object AND x.deptype = 'e')
  FROM statements s
 GROUP BY s.class, s.object, s.sub
 ORDER BY min(s.words), s.class, s.object, s.sub
