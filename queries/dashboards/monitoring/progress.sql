-- A row is a long command that is under way, with the share of its present phase that is done.
WITH under_way AS (
    SELECT 'vacuum', datname, relid, phase, heap_blks_scanned, heap_blks_total
    FROM pg_catalog.pg_stat_progress_vacuum
    UNION ALL
    SELECT 'analyze', datname, relid, phase, sample_blks_scanned, sample_blks_total
    FROM pg_catalog.pg_stat_progress_analyze
    UNION ALL
    SELECT pg_catalog.lower(command), datname, relid, phase, heap_blks_scanned, heap_blks_total
    FROM pg_catalog.pg_stat_progress_cluster
    UNION ALL
    SELECT
        pg_catalog.lower(command),
        datname,
        relid,
        phase,
        CASE WHEN tuples_total > 0 THEN tuples_done ELSE blocks_done END,
        CASE WHEN tuples_total > 0 THEN tuples_total ELSE blocks_total END
    FROM pg_catalog.pg_stat_progress_create_index
    UNION ALL
    SELECT pg_catalog.lower(command), datname, relid, type, bytes_processed, bytes_total
    FROM pg_catalog.pg_stat_progress_copy
    UNION ALL
    SELECT 'base backup', NULL, NULL, phase, backup_streamed, backup_total
    FROM pg_catalog.pg_stat_progress_basebackup
)
SELECT
    pg_catalog.concat_ws(
        ' ',
        u.command,
        CASE WHEN c.oid IS NOT NULL THEN pg_catalog.concat(n.nspname, '.', c.relname) ELSE 'in ' || u.datname END
    ) AS label,
    pg_catalog.round(100.0 * u.done / nullif(u.whole, 0), 1) AS value,
    u.phase AS note
FROM under_way AS u (command, datname, relid, phase, done, whole)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = u.relid AND u.datname = pg_catalog.current_database()
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE %(database)s::text IS NULL OR u.datname = %(database)s
ORDER BY label, note
