-- A row is what one process reports of the long statement it runs; none when it runs none that reports.
-- Blocks, tuples, lockers and partitions are done and to do; which of them count depends on the phase.
SELECT
    command, phase, blocks_done, blocks_total, tuples_done, tuples_total,
    lockers_done, lockers_total, partitions_done, partitions_total
FROM (
    SELECT pid, command, phase, blocks_done, blocks_total, tuples_done, tuples_total,
        lockers_done, lockers_total, partitions_done, partitions_total
    FROM pg_catalog.pg_stat_progress_create_index
    UNION ALL
    SELECT pid, command, phase, heap_blks_scanned, heap_blks_total, 0, 0, 0, 0, 0, 0
    FROM pg_catalog.pg_stat_progress_cluster
    UNION ALL
    SELECT pid, 'VACUUM', phase, heap_blks_scanned, heap_blks_total, 0, 0, 0, 0, 0, 0
    FROM pg_catalog.pg_stat_progress_vacuum
    UNION ALL
    SELECT pid, 'ANALYZE', phase, sample_blks_scanned, sample_blks_total, 0, 0, 0, 0, 0, 0
    FROM pg_catalog.pg_stat_progress_analyze
    UNION ALL
    SELECT pid, command, 'copying rows', bytes_processed / 8192, bytes_total / 8192, 0, 0, 0, 0, 0, 0
    FROM pg_catalog.pg_stat_progress_copy
) AS reported
WHERE pid = %(pid)s
    AND phase IS NOT NULL
