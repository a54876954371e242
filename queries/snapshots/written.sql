-- A row is an object, or a column of one, and a transaction since `since` that has written of it to the catalog.
-- Its oid is 0 where only dependencies were written. With `mine`, only what this very transaction has written so far.
-- At most so many rows.
WITH since AS (
    SELECT pg_catalog.age((%(since)s::bigint & 4294967295)::text::pg_catalog.xid) AS age
), written AS (
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_am AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_cast AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_class AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_collation AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_constraint AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_conversion AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_default_acl AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_event_trigger AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_extension AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_foreign_data_wrapper AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_foreign_server AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_language AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_largeobject_metadata AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_namespace AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_opclass AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_operator AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_opfamily AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_policy AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_proc AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_publication AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_rewrite AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_statistic_ext AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_transform AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_trigger AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_ts_config AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_ts_dict AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_ts_parser AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_ts_template AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_type AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.aggfnoid::pg_catalog.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_aggregate AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.amopfamily AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_amop AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.amprocfamily AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_amproc AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.adrelid AS oid, (SELECT a.attname FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = x.adrelid AND a.attnum = x.adnum) AS part, x.xmin AS xid
    FROM pg_catalog.pg_attrdef AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.attrelid AS oid, x.attname AS part, x.xmin AS xid
    FROM pg_catalog.pg_attribute AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since) AND x.attnum > 0
    UNION
    SELECT x.conrelid AS oid, (SELECT a.attname FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = x.conrelid AND a.attnum = x.conkey[1]) AS part, x.xmin AS xid
    FROM pg_catalog.pg_constraint AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since) AND x.contype = 'n'
    UNION
    SELECT x.contypid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_constraint AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since) AND x.contypid <> 0
    UNION
    SELECT x.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_database AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since) AND x.datname = pg_catalog.current_database()
    UNION
    SELECT x.setdatabase AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_db_role_setting AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT 0::pg_catalog.oid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_depend AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.objoid AS oid, COALESCE((SELECT a.attname FROM pg_catalog.pg_attribute AS a WHERE x.objsubid > 0 AND a.attrelid = x.objoid AND a.attnum = x.objsubid), '') AS part, x.xmin AS xid
    FROM pg_catalog.pg_description AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.enumtypid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_enum AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.ftrelid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_foreign_table AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.indexrelid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_index AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.inhrelid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_inherits AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.partrelid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_partitioned_table AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.prpubid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_publication_rel AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.rngtypid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_range AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.ev_class AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_rewrite AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.objoid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_seclabel AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.seqrelid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_sequence AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.mapcfg AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_ts_config_map AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since)
    UNION
    SELECT x.typrelid AS oid, '' AS part, x.xmin AS xid
    FROM pg_catalog.pg_type AS x
    WHERE pg_catalog.age(x.xmin) <= (SELECT age FROM since) AND x.typrelid <> 0
)
SELECT written.oid::bigint AS oid, written.part, moment.xid
FROM written
CROSS JOIN LATERAL (
    SELECT %(since)s::bigint + (SELECT age FROM since) - pg_catalog.age(written.xid) AS xid
) AS moment
WHERE NOT %(mine)s OR pg_catalog.pg_xact_status(moment.xid::text::pg_catalog.xid8) = 'in progress'
LIMIT %(most)s
