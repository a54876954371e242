-- One row is an index of the relation; its text is null when it is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT c.oid,
    c.relname::text AS name,
    a.amname::text AS method,
    i.indisunique AS unique,
    i.indisprimary AS primary,
    i.indisvalid AS valid,
    i.indisreplident AS replica_identity,
    i.indisclustered AS clustered,
    c.relpages::bigint * 8192 AS bytes,
    u.idx_scan AS scans,
    pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
    CASE WHEN i.indrelid NOT IN (SELECT l.relation FROM locked l)
            AND i.indexrelid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_indexdef(i.indexrelid)
    END AS definition
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am a ON a.oid = c.relam
LEFT JOIN pg_catalog.pg_stat_all_indexes u ON u.indexrelid = i.indexrelid
WHERE i.indrelid = %(oid)s
ORDER BY i.indisprimary DESC, c.relname COLLATE "C"
