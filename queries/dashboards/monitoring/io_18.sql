-- A row is who reads pages that are not in shared buffers, with how many bytes since counting began.
SELECT
    CASE
        WHEN backend_type IN ('client backend', 'background worker') THEN 'sessions'
        WHEN backend_type LIKE 'autovacuum%' THEN 'autovacuum'
        ELSE 'others'
    END AS reader,
    pg_catalog.sum(coalesce(read_bytes, 0)) AS bytes,
    pg_catalog.max(stats_reset) AS stats_reset
FROM pg_catalog.pg_stat_io
WHERE object <> 'wal'
GROUP BY reader
ORDER BY reader
