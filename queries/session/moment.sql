-- One row: the server's clock, and when the server was started, both in seconds since 1970.
SELECT
    extract(epoch FROM pg_catalog.clock_timestamp())::pg_catalog.float8 AS at,
    extract(epoch FROM pg_catalog.pg_postmaster_start_time())::pg_catalog.float8 AS started
