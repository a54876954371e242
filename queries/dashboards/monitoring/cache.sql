-- One row: how many pages were asked for since counting began, and how many of them were in shared buffers.
SELECT
    pg_catalog.sum(blks_hit) AS hits,
    pg_catalog.sum(blks_hit + blks_read) AS pages,
    pg_catalog.max(stats_reset) AS stats_reset
FROM pg_catalog.pg_stat_database
WHERE %(database)s::text IS NULL OR datname = %(database)s
