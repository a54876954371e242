-- One row is an extended statistics object on the relation; its text is null when it is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT s.oid,
    s.stxname::text AS name,
    CASE WHEN s.stxrelid NOT IN (SELECT l.relation FROM locked l) THEN pg_catalog.pg_get_statisticsobjdef(s.oid) END
        AS definition
FROM pg_catalog.pg_statistic_ext s
WHERE s.stxrelid = %(oid)s
ORDER BY s.stxname COLLATE "C"
