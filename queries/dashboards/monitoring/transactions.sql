-- One row: how many transactions were committed and rolled back since counting began.
SELECT
    pg_catalog.sum(xact_commit) AS committed,
    pg_catalog.sum(xact_rollback) AS "rolled back",
    pg_catalog.max(stats_reset) AS stats_reset
FROM pg_catalog.pg_stat_database
WHERE %(database)s::text IS NULL OR datname = %(database)s
