-- One row: how many rows were passed by scans, and how many were fetched by way of an index, since counting began.
SELECT
    pg_catalog.sum(tup_returned) AS scanned,
    pg_catalog.sum(tup_fetched) AS "by index",
    pg_catalog.max(stats_reset) AS stats_reset
FROM pg_catalog.pg_stat_database
WHERE %(database)s::text IS NULL OR datname = %(database)s
