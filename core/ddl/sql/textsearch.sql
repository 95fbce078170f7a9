SELECT q.* FROM (
SELECT 3601::oid, p.oid, 92, n.nspname || '.' || p.prsname, format('TEXT SEARCH PARSER %I.%I', n.nspname, p.prsname), NULL::text,
       format(E'CREATE TEXT SEARCH PARSER %I.%I (\n    START = %s,\n    GETTOKEN = %s,\n    END = %s%s,\n    LEXTYPES = %s\n);', n.nspname, p.prsname,
              p.prsstart, p.prstoken, p.prsend, CASE WHEN p.prsheadline <> 0 THEN E',\n    HEADLINE = ' || p.prsheadline END, p.prslextype),
       NULL::text, NULL::text, p.prsnamespace
  FROM pg_catalog.pg_ts_parser p JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
UNION ALL
SELECT 3764, t.oid, 93, n.nspname || '.' || t.tmplname, format('TEXT SEARCH TEMPLATE %I.%I', n.nspname, t.tmplname), NULL,
       format(E'CREATE TEXT SEARCH TEMPLATE %I.%I (%s\n    LEXIZE = %s\n);', n.nspname, t.tmplname,
              CASE WHEN t.tmplinit <> 0 THEN E'\n    INIT = ' || t.tmplinit || ',' END, t.tmpllexize), NULL, NULL, t.tmplnamespace
  FROM pg_catalog.pg_ts_template t JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
UNION ALL
SELECT 3600, d.oid, 94, n.nspname || '.' || d.dictname, format('TEXT SEARCH DICTIONARY %I.%I', n.nspname, d.dictname),
       quote_ident(pg_get_userbyid(d.dictowner)),
       format(E'CREATE TEXT SEARCH DICTIONARY %I.%I (\n    TEMPLATE = %I.%I%s\n);', n.nspname, d.dictname, tn.nspname, t.tmplname,
              E',\n    ' || d.dictinitoption), NULL, NULL, d.dictnamespace
  FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
  JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace
UNION ALL
SELECT 3602, c.oid, 95, n.nspname || '.' || c.cfgname, format('TEXT SEARCH CONFIGURATION %I.%I', n.nspname, c.cfgname),
       quote_ident(pg_get_userbyid(c.cfgowner)),
       format(E'CREATE TEXT SEARCH CONFIGURATION %I.%I (\n    PARSER = %I.%I\n);', n.nspname, c.cfgname, pn.nspname, p.prsname)
       || coalesce((SELECT string_agg(format(E'\nALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %I WITH %s;', n.nspname, c.cfgname, k.alias, k.dictionaries),
                                      '' ORDER BY k.tokid)
                      FROM (SELECT y.tokid, y.alias, string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
                              FROM pg_catalog.pg_ts_config_map m
                              JOIN LATERAL ts_token_type(c.cfgparser) AS y ON y.tokid = m.maptokentype
                             WHERE m.mapcfg = c.oid GROUP BY y.tokid, y.alias) AS k), ''), NULL, NULL, c.cfgnamespace
  FROM pg_catalog.pg_ts_config c JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
) AS q (class, object, rank, name, target, owner, body, needs, extra, schema)
  JOIN pg_catalog.pg_namespace n ON n.oid = q.schema
--one WHERE q.class = $1 AND q.object = $2
--all WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
--own AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = q.class AND x.objid = q.object AND x.deptype = 'e')
