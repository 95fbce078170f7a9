-- Objects that a typed name may mean. $1: the name without arguments, $2: with them, $3: the kind or ''.
-- Answers: class, oid, kind, how it would be named in full, whether it is a part of something, whether
-- it is found without its schema.
WITH wanted AS (
    SELECT parts[cardinality(parts)] AS name, CASE WHEN cardinality(parts) > 1 THEN parts[cardinality(parts) - 1] END AS schema
      FROM parse_ident($1) AS parts
), named (class, object, kind, schema, name, part) AS (
    SELECT 1259::oid, c.oid, CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence'
                                 WHEN 'i' THEN 'index' WHEN 'I' THEN 'index' ELSE 'table' END, c.relnamespace, c.relname, false
      FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I') AND c.relname = (SELECT name FROM wanted)
    UNION ALL
    SELECT 1247, t.oid, CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END, t.typnamespace, t.typname, false
      FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
     WHERE t.typname = (SELECT name FROM wanted) AND t.typtype <> 'm' AND (c.oid IS NULL OR c.relkind = 'c') AND NOT (t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A')
    UNION ALL
    SELECT 1255, p.oid, CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END, p.pronamespace, p.proname, false
      FROM pg_catalog.pg_proc p WHERE p.proname = (SELECT name FROM wanted)
    UNION ALL SELECT 3456, c.oid, 'collation', c.collnamespace, c.collname, false FROM pg_catalog.pg_collation c WHERE c.collname = (SELECT name FROM wanted)
    UNION ALL SELECT 2607, c.oid, 'conversion', c.connamespace, c.conname, false FROM pg_catalog.pg_conversion c WHERE c.conname = (SELECT name FROM wanted)
    UNION ALL SELECT 2616, c.oid, 'operator class', c.opcnamespace, c.opcname, false FROM pg_catalog.pg_opclass c WHERE c.opcname = (SELECT name FROM wanted)
    UNION ALL SELECT 2753, f.oid, 'operator family', f.opfnamespace, f.opfname, false FROM pg_catalog.pg_opfamily f WHERE f.opfname = (SELECT name FROM wanted)
    UNION ALL SELECT 3602, t.oid, 'text search configuration', t.cfgnamespace, t.cfgname, false FROM pg_catalog.pg_ts_config t WHERE t.cfgname = (SELECT name FROM wanted)
    UNION ALL SELECT 3600, t.oid, 'text search dictionary', t.dictnamespace, t.dictname, false FROM pg_catalog.pg_ts_dict t WHERE t.dictname = (SELECT name FROM wanted)
    UNION ALL SELECT 3601, t.oid, 'text search parser', t.prsnamespace, t.prsname, false FROM pg_catalog.pg_ts_parser t WHERE t.prsname = (SELECT name FROM wanted)
    UNION ALL SELECT 3764, t.oid, 'text search template', t.tmplnamespace, t.tmplname, false FROM pg_catalog.pg_ts_template t WHERE t.tmplname = (SELECT name FROM wanted)
    UNION ALL SELECT 3381, s.oid, 'statistics', s.stxnamespace, s.stxname, false FROM pg_catalog.pg_statistic_ext s WHERE s.stxname = (SELECT name FROM wanted)
    UNION ALL SELECT 2615, n.oid, 'schema', NULL, n.nspname, false FROM pg_catalog.pg_namespace n WHERE n.nspname = (SELECT name FROM wanted)
    UNION ALL SELECT 3079, e.oid, 'extension', NULL, e.extname, false FROM pg_catalog.pg_extension e WHERE e.extname = (SELECT name FROM wanted)
    UNION ALL SELECT 2612, l.oid, 'language', NULL, l.lanname, false FROM pg_catalog.pg_language l WHERE l.lanname = (SELECT name FROM wanted)
    UNION ALL SELECT 2601, a.oid, 'access method', NULL, a.amname, false FROM pg_catalog.pg_am a WHERE a.amname = (SELECT name FROM wanted)
    UNION ALL SELECT 2328, w.oid, 'foreign data wrapper', NULL, w.fdwname, false FROM pg_catalog.pg_foreign_data_wrapper w WHERE w.fdwname = (SELECT name FROM wanted)
    UNION ALL SELECT 1417, s.oid, 'server', NULL, s.srvname, false FROM pg_catalog.pg_foreign_server s WHERE s.srvname = (SELECT name FROM wanted)
    UNION ALL SELECT 6104, p.oid, 'publication', NULL, p.pubname, false FROM pg_catalog.pg_publication p WHERE p.pubname = (SELECT name FROM wanted)
    UNION ALL SELECT 6100, s.oid, 'subscription', NULL, s.subname, false FROM pg_catalog.pg_subscription s
               WHERE s.subname = (SELECT name FROM wanted) AND s.subdbid = (SELECT b.oid FROM pg_catalog.pg_database b WHERE b.datname = current_database())
    UNION ALL SELECT 3466, e.oid, 'event trigger', NULL, e.evtname, false FROM pg_catalog.pg_event_trigger e WHERE e.evtname = (SELECT name FROM wanted)
    UNION ALL SELECT 2606, k.oid, 'constraint', k.connamespace, k.conname, true FROM pg_catalog.pg_constraint k WHERE k.conname = (SELECT name FROM wanted)
    UNION ALL SELECT 2620, g.oid, 'trigger', c.relnamespace, g.tgname, true FROM pg_catalog.pg_trigger g JOIN pg_catalog.pg_class c ON c.oid = g.tgrelid
               WHERE g.tgname = (SELECT name FROM wanted) AND NOT g.tgisinternal
    UNION ALL SELECT 2618, r.oid, 'rule', c.relnamespace, r.rulename, true FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
               WHERE r.rulename = (SELECT name FROM wanted) AND r.ev_type <> '1'
    UNION ALL SELECT 3256, p.oid, 'policy', c.relnamespace, p.polname, true FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
               WHERE p.polname = (SELECT name FROM wanted)
)
SELECT q.class, q.object, q.kind, (pg_identify_object(q.class, q.object, 0)).identity, q.part,
       n.oid IS NULL OR n.nspname = ANY (current_schemas(true))
  FROM named q LEFT JOIN pg_catalog.pg_namespace n ON n.oid = q.schema
 WHERE ((SELECT schema FROM wanted) IS NULL OR n.nspname = (SELECT schema FROM wanted))
   AND ($3 = '' OR q.kind = lower($3))
   AND ($2 = '' OR q.class = 1255 AND q.object = to_regprocedure($2))
 ORDER BY 5, 6 DESC, 3, 4
 LIMIT 50
