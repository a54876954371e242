-- One row is a partitioned table or a partition: its key and its bound; neither when it is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT c.oid,
    CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
    pg_catalog.pg_get_expr(c.relpartbound, c.oid)
FROM pg_catalog.pg_class c
WHERE (c.relispartition OR c.relkind = 'p')
    AND c.relkind IN ('r', 'p', 'f')
    AND c.oid NOT IN (SELECT l.relation FROM locked l)
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR c.oid = ANY (%(focus)s::pg_catalog.oid[]))
