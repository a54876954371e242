-- One row: how many rows were inserted, updated and deleted since counting began.
SELECT
    pg_catalog.sum(tup_inserted) AS inserted,
    pg_catalog.sum(tup_updated) AS updated,
    pg_catalog.sum(tup_deleted) AS deleted,
    pg_catalog.max(stats_reset) AS stats_reset
FROM pg_catalog.pg_stat_database
WHERE %(database)s::text IS NULL OR datname = %(database)s
