WITH o AS (
    SELECT d.oid, d.defaclrole AS owner, d.defaclobjtype AS kind, d.defaclacl AS acl, n.nspname AS schema,
           CASE WHEN d.defaclnamespace = 0 THEN acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END::"char", d.defaclrole) END AS base,
           CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS words
      FROM pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
), held AS (SELECT o.oid, e.* FROM o, aclexplode(o.acl) AS e
), given AS (SELECT o.oid, e.* FROM o, aclexplode(o.base) AS e
), revoked AS (
    SELECT DISTINCT g.oid, g.grantee FROM given g
     WHERE NOT EXISTS (SELECT FROM held h WHERE (h.oid, h.grantee, h.privilege_type, h.is_grantable) = (g.oid, g.grantee, g.privilege_type, g.is_grantable))
), granted AS (
    SELECT h.oid, h.grantee, h.is_grantable, array_agg(h.privilege_type ORDER BY h.privilege_type) AS privileges FROM held h
     WHERE EXISTS (SELECT FROM revoked r WHERE (r.oid, r.grantee) = (h.oid, h.grantee))
        OR NOT EXISTS (SELECT FROM given g WHERE (h.oid, h.grantee, h.privilege_type, h.is_grantable) = (g.oid, g.grantee, g.privilege_type, g.is_grantable))
     GROUP BY 1, 2, 3
), statements AS (
    SELECT r.oid, 0 AS step, r.grantee, false AS grantable, format('REVOKE ALL ON %s FROM', o.words) AS words, '' AS tail FROM revoked r JOIN o USING (oid)
    UNION ALL
    SELECT g.oid, 1, g.grantee, g.is_grantable, format('GRANT %s ON %s TO', array_to_string(g.privileges, ', '), o.words),
           CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END FROM granted g JOIN o USING (oid)
)
SELECT 826::oid, o.oid, 200, concat_ws(' ', pg_get_userbyid(o.owner), o.words, o.schema), NULL::text, NULL::text,
       string_agg(format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s %s %s%s;', pg_get_userbyid(o.owner), CASE WHEN o.schema IS NOT NULL THEN format(' IN SCHEMA %I', o.schema) END,
                         s.words, CASE WHEN s.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(s.grantee)) END, s.tail),
                  E'\n' ORDER BY s.step, pg_get_userbyid(s.grantee), s.grantable DESC, s.words),
       NULL::text, NULL::text
  FROM o JOIN statements s USING (oid)
 GROUP BY o.oid, o.owner, o.words, o.schema
