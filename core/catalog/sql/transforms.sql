-- Transforms of a type for a language.
SELECT t.oid, 'transform', 0, t.trflang, pg_catalog.format_type(t.trftype, NULL), l.lanname, 0
  FROM pg_catalog.pg_transform t
  JOIN pg_catalog.pg_language l ON l.oid = t.trflang
