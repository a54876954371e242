-- A row is a table of this database with its dead rows, the most first, and when it was last vacuumed.
SELECT
    pg_catalog.concat(schemaname, '.', relname) AS "table",
    n_dead_tup AS dead,
    pg_catalog.round(100.0 * n_dead_tup / (n_live_tup + n_dead_tup), 1) AS share,
    greatest(last_vacuum, last_autovacuum) AS vacuumed
FROM pg_catalog.pg_stat_user_tables
WHERE n_dead_tup > 0
ORDER BY n_dead_tup DESC, "table"
LIMIT 50
