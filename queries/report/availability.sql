-- One row: for how long the server has been up, and how many of its connections are taken.
SELECT
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.pg_postmaster_start_time()) AS uptime,
    (
        SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_stat_activity AS a
        WHERE a.backend_type = 'client backend'
    ) AS connections,
    pg_catalog.current_setting('max_connections')::integer
        - pg_catalog.current_setting('superuser_reserved_connections')::integer AS available
