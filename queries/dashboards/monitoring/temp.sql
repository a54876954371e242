-- One row: how many bytes sorts, hashes and the like have written to temporary files since counting began.
SELECT pg_catalog.sum(temp_bytes) AS bytes, pg_catalog.max(stats_reset) AS stats_reset
FROM pg_catalog.pg_stat_database
WHERE %(database)s::text IS NULL OR datname = %(database)s
