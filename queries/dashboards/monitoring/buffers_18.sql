-- A row is who writes pages of tables and indexes, with how many bytes since counting began.
SELECT 'checkpointer' AS writer, c.buffers_written * s.block_size AS bytes, c.stats_reset
FROM pg_catalog.pg_stat_checkpointer AS c
CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::numeric) AS s (block_size)
UNION ALL
SELECT 'background writer', b.buffers_clean * pg_catalog.current_setting('block_size')::numeric, b.stats_reset
FROM pg_catalog.pg_stat_bgwriter AS b
UNION ALL
SELECT
    'others',
    pg_catalog.sum(coalesce(i.write_bytes, 0) + coalesce(i.extend_bytes, 0)),
    pg_catalog.max(i.stats_reset)
FROM pg_catalog.pg_stat_io AS i
WHERE i.object = 'relation' AND i.backend_type NOT IN ('checkpointer', 'background writer')
ORDER BY writer
