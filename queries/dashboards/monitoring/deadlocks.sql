-- One row: how many deadlocks there were since counting began, and how many temporary files were written.
SELECT
    pg_catalog.sum(deadlocks) AS value,
    pg_catalog.concat_ws(
        ' · ',
        'since ' || pg_catalog.to_char(pg_catalog.max(stats_reset), 'YYYY-MM-DD'),
        pg_catalog.concat('temporary files: ', pg_catalog.sum(temp_files))
    ) AS note
FROM pg_catalog.pg_stat_database
WHERE %(database)s::text IS NULL OR datname = %(database)s
