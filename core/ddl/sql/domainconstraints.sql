SELECT 2606::oid, k.oid, 133, n.nspname || '.' || t.typname || ' ' || k.conname,
       format('CONSTRAINT %I ON DOMAIN %I.%I', k.conname, n.nspname, t.typname), NULL::text,
--all NULL::text,
--one CASE WHEN $1 = 2606 THEN format('ALTER DOMAIN %I.%I ADD CONSTRAINT %I %s;', n.nspname, t.typname, k.conname, pg_get_constraintdef(k.oid)) END,
       '1247 ' || k.contypid, NULL::text
  FROM pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_type t ON t.oid = k.contypid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE k.contypid <> 0
--one AND CASE $1 WHEN 1247 THEN k.contypid = $2 WHEN 2606 THEN k.oid = $2 END
--all AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 1247 AND x.objid = t.oid AND x.deptype = 'e')
