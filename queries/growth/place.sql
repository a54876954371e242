-- One row: what tells this database from all others, whatever the way to it: the cluster, a branch of it, the database.
SELECT pg_catalog.concat_ws(
    '/',
    c.system_identifier,
    nullif(pg_catalog.current_setting('neon.branch_id', true), ''),
    d.oid,
    d.datname
) AS place
FROM pg_catalog.pg_control_system() AS c
CROSS JOIN pg_catalog.pg_database AS d
WHERE d.datname = pg_catalog.current_database()
