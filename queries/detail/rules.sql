-- One row is a rewrite rule of the relation other than a view's own; its text is null when what it touches is locked.
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
    r.rulename::text AS name,
    r.ev_enabled::text AS enabled,
    CASE WHEN r.oid NOT IN (SELECT w.oid FROM waiting w) THEN pg_catalog.pg_get_ruledef(r.oid) END AS definition
FROM pg_catalog.pg_rewrite r
WHERE r.ev_class = %(oid)s
    AND r.rulename <> '_RETURN'
ORDER BY r.rulename COLLATE "C"
