-- One row is a table of a publication of which only some columns or rows are published (since 15).
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT r.oid,
    r.prattrs::pg_catalog.int2[],
    CASE WHEN r.prrelid NOT IN (SELECT l.relation FROM locked l) THEN pg_catalog.pg_get_expr(r.prqual, r.prrelid) END
FROM pg_catalog.pg_publication_rel r
WHERE r.prattrs IS NOT NULL
    OR r.prqual IS NOT NULL
