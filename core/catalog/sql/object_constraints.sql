-- Constraints of a relation; NOT NULL of PostgreSQL 18 stands with its column unless rows may violate it.
SELECT k.oid, k.conname, k.contype, k.conkey, k.convalidated, k.condeferrable, k.condeferred,
       k.confupdtype, k.confdeltype,
       (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY u.place)
          FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
       k.confrelid, n.nspname, c.relname,
       (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY u.place)
          FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number),
       pg_catalog.pg_get_constraintdef(k.oid, true), pg_catalog.obj_description(k.oid, 'pg_constraint'),
       CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid, true) END
  FROM pg_catalog.pg_constraint k
  LEFT JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE k.conrelid = $1 AND (k.contype IN ('p', 'u', 'f', 'c', 'x') OR (k.contype = 'n' AND NOT k.convalidated))
 ORDER BY pg_catalog.strpos('pufxcn', k.contype::pg_catalog.text), k.conname
