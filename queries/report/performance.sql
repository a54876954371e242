-- One row: blocks of this database found in PostgreSQL's cache and read from outside it, and indexes nobody has used.
SELECT
    d.blks_hit AS hits,
    d.blks_read AS reads,
    pg_catalog.date_part('epoch', pg_catalog.now() - d.stats_reset) AS counted_for,
    (
        SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_stat_user_indexes AS u
        JOIN pg_catalog.pg_index AS i ON i.indexrelid = u.indexrelid
        WHERE NOT i.indisunique AND u.schemaname <> 'dbconsole'
    ) AS indexes,
    (
        SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_stat_user_indexes AS u
        JOIN pg_catalog.pg_index AS i ON i.indexrelid = u.indexrelid
        WHERE u.idx_scan = 0 AND NOT i.indisunique AND u.schemaname <> 'dbconsole'
    ) AS unused
FROM pg_catalog.pg_stat_database AS d
WHERE d.datname = pg_catalog.current_database()
