-- One row is an extended statistics object; its text is null when the table is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT s.oid,
    s.stxnamespace,
    s.stxname,
    s.stxowner,
    s.stxrelid,
    CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END,
    CASE WHEN s.stxrelid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_statisticsobjdef(s.oid)
    END
FROM pg_catalog.pg_statistic_ext s
WHERE (%(focus)s::pg_catalog.oid[] IS NULL OR s.stxrelid = ANY (%(focus)s::pg_catalog.oid[]))
