-- What only some kinds have ($1 is the catalog, $2 the oid), as key and value.
SELECT f.key, f.value
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_language l ON l.oid = p.prolang
 CROSS JOIN LATERAL (VALUES
       (1, 'arguments', pg_catalog.pg_get_function_arguments(p.oid)),
       (2, 'returns', pg_catalog.pg_get_function_result(p.oid)),
       (3, 'language', l.lanname::pg_catalog.text),
       (4, 'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END),
       (5, 'parallel', CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' ELSE 'unsafe' END),
       (6, 'strict', CASE WHEN p.proisstrict THEN 'strict' END),
       (7, 'security', CASE WHEN p.prosecdef THEN 'definer' END),
       (8, 'leakproof', CASE WHEN p.proleakproof THEN 'leakproof' END),
       (9, 'cost', p.procost::pg_catalog.text),
       (10, 'rows', nullif(p.prorows, 0)::pg_catalog.text),
       (11, 'settings', pg_catalog.array_to_string(p.proconfig, ', '))) f (place, key, value)
 WHERE $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = $2 AND f.value IS NOT NULL
 UNION ALL
SELECT f.key, f.value
  FROM pg_catalog.pg_type t
 CROSS JOIN LATERAL (VALUES
       ('base', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END),
       ('notNull', CASE WHEN t.typnotnull THEN 'not null' END),
       ('default', t.typdefault),
       ('subtype', (SELECT pg_catalog.format_type(r.rngsubtype, NULL) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid)),
       ('labels', (SELECT pg_catalog.string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)
                     FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid))) f (key, value)
 WHERE $1 = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = $2 AND f.value IS NOT NULL
 UNION ALL
SELECT 'checks', pg_catalog.pg_get_constraintdef(k.oid, true)
  FROM pg_catalog.pg_constraint k
 WHERE $1 = 'pg_catalog.pg_type'::pg_catalog.regclass AND k.contypid = $2 AND k.contype = 'c'
 UNION ALL
SELECT f.key, f.value
  FROM pg_catalog.pg_sequence s
 CROSS JOIN LATERAL (VALUES
       ('type', pg_catalog.format_type(s.seqtypid, NULL)),
       ('start', s.seqstart::pg_catalog.text), ('increment', s.seqincrement::pg_catalog.text),
       ('minimum', s.seqmin::pg_catalog.text), ('maximum', s.seqmax::pg_catalog.text),
       ('cache', s.seqcache::pg_catalog.text), ('cycle', CASE WHEN s.seqcycle THEN 'cycle' END),
       ('last', CASE WHEN pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT, USAGE')
                     THEN pg_catalog.pg_sequence_last_value(s.seqrelid)::pg_catalog.text END),
       ('lastHidden', CASE WHEN NOT pg_catalog.has_sequence_privilege(s.seqrelid, 'SELECT, USAGE') THEN 'last' END))
       f (key, value)
 WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND s.seqrelid = $2 AND f.value IS NOT NULL
 UNION ALL
SELECT f.key, f.value
  FROM pg_catalog.pg_extension e
 CROSS JOIN LATERAL (VALUES ('version', e.extversion),
       ('schema', (SELECT n.nspname::pg_catalog.text FROM pg_catalog.pg_namespace n WHERE n.oid = e.extnamespace)))
       f (key, value)
 WHERE $1 = 'pg_catalog.pg_extension'::pg_catalog.regclass AND e.oid = $2
