-- A row is who writes pages of tables and indexes, with how many bytes since counting began.
SELECT
    w.writer,
    w.pages * pg_catalog.current_setting('block_size')::bigint AS bytes,
    b.stats_reset
FROM pg_catalog.pg_stat_bgwriter AS b
CROSS JOIN LATERAL (VALUES
    ('checkpointer', b.buffers_checkpoint),
    ('background writer', b.buffers_clean),
    ('others', b.buffers_backend)
) AS w (writer, pages)
ORDER BY w.writer
