-- A row is an index: its bytes (null where a lock would keep us waiting), and how often it was used since counting began.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_database AS d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT
    n.nspname::text AS schema,
    c.relname::text AS name,
    CASE WHEN i.indexrelid NOT IN (SELECT l.relation FROM locked AS l)
        THEN pg_catalog.pg_relation_size(c.oid)
    END AS bytes,
    u.idx_scan AS scans
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_catalog.pg_stat_all_indexes AS u ON u.indexrelid = i.indexrelid
WHERE n.nspname <> 'information_schema'
    AND n.nspname !~ '^pg_'
