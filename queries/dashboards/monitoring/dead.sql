-- A row is a table of this database with its dead rows, the most first, and when it was last vacuumed.
-- Where the server does not count, the first row says so.
SELECT d."table", d.dead, d.share, d.vacuumed
FROM (
    SELECT 'not counted: track_counts is off', NULL, NULL, NULL
    WHERE NOT pg_catalog.current_setting('track_counts')::boolean
    UNION ALL
    SELECT
        pg_catalog.concat(schemaname, '.', relname),
        n_dead_tup,
        pg_catalog.round(100.0 * n_dead_tup / (n_live_tup + n_dead_tup), 1),
        greatest(last_vacuum, last_autovacuum)
    FROM pg_catalog.pg_stat_user_tables
    WHERE n_dead_tup > 0
) AS d ("table", dead, share, vacuumed)
ORDER BY d.dead DESC NULLS FIRST, d."table"
LIMIT 50
