-- What moves when a catalog that the others read is changed: the next transaction's number, which stands still while
-- nobody writes anything, and how many rows were written to these catalogs. Where the server counts none (a standby,
-- track_counts off) the second is NULL. ANALYZE writes in place, which is not counted.
SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot()),
       CASE WHEN NOT pg_catalog.pg_is_in_recovery() AND pg_catalog.current_setting('track_counts')::pg_catalog.bool
            THEN (SELECT pg_catalog.sum(pg_catalog.pg_stat_get_tuples_inserted(c.oid) + pg_catalog.pg_stat_get_tuples_updated(c.oid)
                                        + pg_catalog.pg_stat_get_tuples_deleted(c.oid))
                    FROM pg_catalog.unnest('{pg_catalog.pg_class,pg_catalog.pg_attribute,pg_catalog.pg_namespace,pg_catalog.pg_index,
pg_catalog.pg_constraint,pg_catalog.pg_inherits,pg_catalog.pg_attrdef,pg_catalog.pg_type,pg_catalog.pg_enum,pg_catalog.pg_proc,
pg_catalog.pg_operator,pg_catalog.pg_opclass,pg_catalog.pg_opfamily,pg_catalog.pg_collation,pg_catalog.pg_conversion,
pg_catalog.pg_cast,pg_catalog.pg_transform,pg_catalog.pg_ts_config,pg_catalog.pg_ts_dict,pg_catalog.pg_ts_parser,
pg_catalog.pg_ts_template,pg_catalog.pg_statistic_ext,pg_catalog.pg_trigger,pg_catalog.pg_rewrite,pg_catalog.pg_policy,
pg_catalog.pg_extension,pg_catalog.pg_language,pg_catalog.pg_am,pg_catalog.pg_foreign_data_wrapper,
pg_catalog.pg_foreign_server,pg_catalog.pg_foreign_table,pg_catalog.pg_user_mapping,pg_catalog.pg_publication,
pg_catalog.pg_publication_rel,pg_catalog.pg_subscription,pg_catalog.pg_event_trigger,pg_catalog.pg_description,
pg_catalog.pg_shdescription,pg_catalog.pg_authid,pg_catalog.pg_auth_members,pg_catalog.pg_sequence,
pg_catalog.pg_ts_config_map,pg_catalog.pg_amop,pg_catalog.pg_amproc,pg_catalog.pg_default_acl}'::pg_catalog.regclass[]) AS c (oid)) END
