-- One row is the query of a view or materialised view; null when it or what it reads is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), waiting AS MATERIALIZED (
    SELECT r.ev_class AS oid
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
    WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid IN (SELECT l.relation FROM locked l)
)
SELECT c.oid,
    CASE WHEN c.oid NOT IN (SELECT w.oid FROM waiting w) THEN pg_catalog.pg_get_viewdef(c.oid) END
FROM pg_catalog.pg_class c
WHERE c.relkind IN ('v', 'm')
    AND c.oid >= 16384
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR c.oid = ANY (%(focus)s::pg_catalog.oid[]))
