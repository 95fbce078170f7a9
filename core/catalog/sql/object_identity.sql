-- What every object has ($1 is its catalog, $2 its oid): name, kind, owner, comment, the extension that it
-- is a member of, and whether it is there at all. Catalogs that are closed to some roles are not read.
SELECT i.type, i.schema,
       CASE WHEN $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass
            THEN (SELECT o.proname || '(' || pg_catalog.oidvectortypes(o.proargtypes) || ')'
                    FROM pg_catalog.pg_proc o WHERE o.oid = $2)
            ELSE i.name END, i.identity, pg_catalog.pg_get_userbyid(w.owner),
       CASE WHEN $1 = 'pg_catalog.pg_authid'::pg_catalog.regclass
            THEN (SELECT s.description FROM pg_catalog.pg_shdescription s WHERE s.classoid = $1 AND s.objoid = $2)
            ELSE (SELECT d.description FROM pg_catalog.pg_description d
                   WHERE d.classoid = $1 AND d.objoid = $2 AND d.objsubid = 0) END,
       (SELECT e.extname FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
         WHERE d.classid = $1 AND d.objid = $2 AND d.deptype = 'e'
           AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass LIMIT 1),
       coalesce((SELECT c.relkind FROM pg_catalog.pg_class c
                  WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = $2),
                (SELECT p.prokind FROM pg_catalog.pg_proc p
                  WHERE $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = $2),
                (SELECT t.typtype FROM pg_catalog.pg_type t
                  WHERE $1 = 'pg_catalog.pg_type'::pg_catalog.regclass AND t.oid = $2)),
       k.relation, q.nspname, h.relname
  FROM pg_catalog.pg_identify_object($1, $2, 0) i
 CROSS JOIN LATERAL (SELECT coalesce(
       (SELECT relowner FROM pg_catalog.pg_class WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND oid = $2),
       (SELECT proowner FROM pg_catalog.pg_proc WHERE $1 = 'pg_catalog.pg_proc'::pg_catalog.regclass AND oid = $2),
       (SELECT typowner FROM pg_catalog.pg_type WHERE $1 = 'pg_catalog.pg_type'::pg_catalog.regclass AND oid = $2),
       (SELECT nspowner FROM pg_catalog.pg_namespace WHERE $1 = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND oid = $2),
       (SELECT extowner FROM pg_catalog.pg_extension WHERE $1 = 'pg_catalog.pg_extension'::pg_catalog.regclass AND oid = $2),
       (SELECT lanowner FROM pg_catalog.pg_language WHERE $1 = 'pg_catalog.pg_language'::pg_catalog.regclass AND oid = $2),
       (SELECT collowner FROM pg_catalog.pg_collation WHERE $1 = 'pg_catalog.pg_collation'::pg_catalog.regclass AND oid = $2),
       (SELECT conowner FROM pg_catalog.pg_conversion WHERE $1 = 'pg_catalog.pg_conversion'::pg_catalog.regclass AND oid = $2),
       (SELECT oprowner FROM pg_catalog.pg_operator WHERE $1 = 'pg_catalog.pg_operator'::pg_catalog.regclass AND oid = $2),
       (SELECT opcowner FROM pg_catalog.pg_opclass WHERE $1 = 'pg_catalog.pg_opclass'::pg_catalog.regclass AND oid = $2),
       (SELECT opfowner FROM pg_catalog.pg_opfamily WHERE $1 = 'pg_catalog.pg_opfamily'::pg_catalog.regclass AND oid = $2),
       (SELECT cfgowner FROM pg_catalog.pg_ts_config WHERE $1 = 'pg_catalog.pg_ts_config'::pg_catalog.regclass AND oid = $2),
       (SELECT dictowner FROM pg_catalog.pg_ts_dict WHERE $1 = 'pg_catalog.pg_ts_dict'::pg_catalog.regclass AND oid = $2),
       (SELECT stxowner FROM pg_catalog.pg_statistic_ext WHERE $1 = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND oid = $2),
       (SELECT fdwowner FROM pg_catalog.pg_foreign_data_wrapper WHERE $1 = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass AND oid = $2),
       (SELECT srvowner FROM pg_catalog.pg_foreign_server WHERE $1 = 'pg_catalog.pg_foreign_server'::pg_catalog.regclass AND oid = $2),
       (SELECT pubowner FROM pg_catalog.pg_publication WHERE $1 = 'pg_catalog.pg_publication'::pg_catalog.regclass AND oid = $2),
       (SELECT subowner FROM pg_catalog.pg_subscription WHERE $1 = 'pg_catalog.pg_subscription'::pg_catalog.regclass AND oid = $2),
       (SELECT evtowner FROM pg_catalog.pg_event_trigger WHERE $1 = 'pg_catalog.pg_event_trigger'::pg_catalog.regclass AND oid = $2)
       ) AS owner) w
 CROSS JOIN LATERAL (SELECT coalesce(
       (SELECT conrelid FROM pg_catalog.pg_constraint WHERE $1 = 'pg_catalog.pg_constraint'::pg_catalog.regclass AND oid = $2),
       (SELECT tgrelid FROM pg_catalog.pg_trigger WHERE $1 = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND oid = $2),
       (SELECT ev_class FROM pg_catalog.pg_rewrite WHERE $1 = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND oid = $2),
       (SELECT polrelid FROM pg_catalog.pg_policy WHERE $1 = 'pg_catalog.pg_policy'::pg_catalog.regclass AND oid = $2),
       (SELECT stxrelid FROM pg_catalog.pg_statistic_ext WHERE $1 = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND oid = $2),
       (SELECT indrelid FROM pg_catalog.pg_index WHERE $1 = 'pg_catalog.pg_class'::pg_catalog.regclass AND indexrelid = $2),
       0) AS relation) k
  LEFT JOIN pg_catalog.pg_class h ON h.oid = k.relation
  LEFT JOIN pg_catalog.pg_namespace q ON q.oid = h.relnamespace
 WHERE i.identity IS NOT NULL
