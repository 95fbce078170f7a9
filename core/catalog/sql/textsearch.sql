-- Text search configurations, dictionaries, parsers and templates.
SELECT c.oid, 'text search configuration', c.cfgnamespace, c.cfgparser, c.cfgname, NULL, c.cfgowner
  FROM pg_catalog.pg_ts_config c
UNION ALL
SELECT d.oid, 'text search dictionary', d.dictnamespace, d.dicttemplate, d.dictname, NULL, d.dictowner
  FROM pg_catalog.pg_ts_dict d
UNION ALL
SELECT p.oid, 'text search parser', p.prsnamespace, 0, p.prsname, NULL, 0
  FROM pg_catalog.pg_ts_parser p
UNION ALL
SELECT t.oid, 'text search template', t.tmplnamespace, 0, t.tmplname, NULL, 0
  FROM pg_catalog.pg_ts_template t
