-- One row is a rewrite rule, those that make views too (text null, as when what it touches is locked).
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), waiting AS MATERIALIZED (
    SELECT d.objid AS oid
    FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid IN (SELECT l.relation FROM locked l)
)
SELECT r.oid,
    r.ev_class,
    r.rulename,
    r.ev_enabled::text,
    CASE WHEN r.rulename <> '_RETURN' AND r.oid NOT IN (SELECT w.oid FROM waiting w)
        THEN pg_catalog.pg_get_ruledef(r.oid)
    END
FROM pg_catalog.pg_rewrite r
WHERE r.ev_class >= 16384
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR r.ev_class = ANY (%(focus)s::pg_catalog.oid[]))
