-- One row: for how many seconds the server has been up, with its version and its role.
SELECT
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.pg_postmaster_start_time()) AS value,
    pg_catalog.concat(
        'PostgreSQL ',
        pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1),
        CASE WHEN pg_catalog.pg_is_in_recovery() THEN ' · standby' ELSE ' · primary' END
    ) AS note
