-- One row is a class of pg_catalog, or a part of one that is not compared: its name, how many of them a person has made.
SELECT 'pg_aggregate', count(*)
FROM pg_catalog.pg_aggregate x
WHERE x.aggfnoid::pg_catalog.oid >= 16384
UNION ALL
SELECT 'pg_am', count(*)
FROM pg_catalog.pg_am x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_amop', count(*)
FROM pg_catalog.pg_amop x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_amproc', count(*)
FROM pg_catalog.pg_amproc x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_attrdef', count(*)
FROM pg_catalog.pg_attrdef x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_cast', count(*)
FROM pg_catalog.pg_cast x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_class', count(*)
FROM pg_catalog.pg_class x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_collation', count(*)
FROM pg_catalog.pg_collation x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_constraint', count(*)
FROM pg_catalog.pg_constraint x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_conversion', count(*)
FROM pg_catalog.pg_conversion x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_default_acl', count(*)
FROM pg_catalog.pg_default_acl x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_enum', count(*)
FROM pg_catalog.pg_enum x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_event_trigger', count(*)
FROM pg_catalog.pg_event_trigger x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_extension', count(*)
FROM pg_catalog.pg_extension x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_foreign_data_wrapper', count(*)
FROM pg_catalog.pg_foreign_data_wrapper x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_foreign_server', count(*)
FROM pg_catalog.pg_foreign_server x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_foreign_table', count(*)
FROM pg_catalog.pg_foreign_table x
WHERE x.ftrelid >= 16384
UNION ALL
SELECT 'pg_index', count(*)
FROM pg_catalog.pg_index x
WHERE x.indexrelid >= 16384
UNION ALL
SELECT 'pg_inherits', count(*)
FROM pg_catalog.pg_inherits x
WHERE x.inhrelid >= 16384
UNION ALL
SELECT 'pg_language', count(*)
FROM pg_catalog.pg_language x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_namespace', count(*)
FROM pg_catalog.pg_namespace x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_opclass', count(*)
FROM pg_catalog.pg_opclass x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_operator', count(*)
FROM pg_catalog.pg_operator x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_opfamily', count(*)
FROM pg_catalog.pg_opfamily x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_partitioned_table', count(*)
FROM pg_catalog.pg_partitioned_table x
WHERE x.partrelid >= 16384
UNION ALL
SELECT 'pg_policy', count(*)
FROM pg_catalog.pg_policy x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_proc', count(*)
FROM pg_catalog.pg_proc x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_publication', count(*)
FROM pg_catalog.pg_publication x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_publication_rel', count(*)
FROM pg_catalog.pg_publication_rel x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_range', count(*)
FROM pg_catalog.pg_range x
WHERE x.rngtypid >= 16384
UNION ALL
SELECT 'pg_rewrite', count(*)
FROM pg_catalog.pg_rewrite x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_sequence', count(*)
FROM pg_catalog.pg_sequence x
WHERE x.seqrelid >= 16384
UNION ALL
SELECT 'pg_statistic_ext', count(*)
FROM pg_catalog.pg_statistic_ext x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_transform', count(*)
FROM pg_catalog.pg_transform x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_trigger', count(*)
FROM pg_catalog.pg_trigger x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_ts_config', count(*)
FROM pg_catalog.pg_ts_config x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_ts_config_map', count(*)
FROM pg_catalog.pg_ts_config_map x
WHERE x.mapcfg >= 16384
UNION ALL
SELECT 'pg_ts_dict', count(*)
FROM pg_catalog.pg_ts_dict x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_ts_parser', count(*)
FROM pg_catalog.pg_ts_parser x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_ts_template', count(*)
FROM pg_catalog.pg_ts_template x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_type', count(*)
FROM pg_catalog.pg_type x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_attribute', count(*)
FROM pg_catalog.pg_attribute x
WHERE x.attrelid >= 16384 AND x.attnum > 0 AND NOT x.attisdropped
UNION ALL
SELECT 'pg_authid', count(*)
FROM pg_catalog.pg_roles x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_auth_members', count(*)
FROM pg_catalog.pg_auth_members x
WHERE x.member >= 16384
UNION ALL
SELECT 'pg_description', count(*)
FROM pg_catalog.pg_description x
WHERE x.objoid >= 16384
UNION ALL
SELECT 'pg_db_role_setting', count(*)
FROM pg_catalog.pg_db_role_setting x
JOIN pg_catalog.pg_database d ON d.oid = x.setdatabase
WHERE d.datname = pg_catalog.current_database()
UNION ALL
SELECT 'pg_largeobject_metadata', count(*)
FROM pg_catalog.pg_largeobject_metadata x
UNION ALL
SELECT 'pg_replication_origin', count(*)
FROM pg_catalog.pg_replication_origin x
UNION ALL
SELECT 'pg_seclabel', count(*)
FROM pg_catalog.pg_seclabel x
UNION ALL
SELECT 'pg_shseclabel', count(*)
FROM pg_catalog.pg_shseclabel x
UNION ALL
SELECT 'pg_subscription', count(*)
FROM pg_catalog.pg_subscription x
JOIN pg_catalog.pg_database d ON d.oid = x.subdbid
WHERE d.datname = pg_catalog.current_database()
UNION ALL
SELECT 'pg_tablespace', count(*)
FROM pg_catalog.pg_tablespace x
WHERE x.oid >= 16384
UNION ALL
SELECT 'pg_user_mapping', count(*)
FROM pg_catalog.pg_user_mappings x
UNION ALL
SELECT 'pg_trigger: of constraints, disabled', count(*)
FROM pg_catalog.pg_trigger x
WHERE x.tgisinternal AND x.tgenabled <> 'O'
UNION ALL
SELECT 'pg_class: temporary', count(*)
FROM pg_catalog.pg_class x
WHERE x.relpersistence = 't' AND x.relkind IN ('r', 'v', 'S', 'p')
