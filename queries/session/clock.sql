-- One row: the server's clock, in seconds since 1970.
SELECT extract(epoch FROM pg_catalog.clock_timestamp())::pg_catalog.float8 AS at
