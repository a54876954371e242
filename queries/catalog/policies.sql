-- One row is a row-security policy; its expressions are null and `locked` true when what they touch is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), waiting AS MATERIALIZED (
    SELECT d.objid AS oid
    FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_policy'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid IN (SELECT l.relation FROM locked l)
)
SELECT p.oid,
    p.polrelid,
    p.polname,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
    p.polpermissive,
    array_remove(p.polroles, 0),
    CASE WHEN NOT w.blocked THEN pg_catalog.pg_get_expr(p.polqual, p.polrelid) END,
    CASE WHEN NOT w.blocked THEN pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) END,
    w.blocked
FROM pg_catalog.pg_policy p
CROSS JOIN LATERAL (
    SELECT p.oid IN (SELECT w.oid FROM waiting w) OR p.polrelid IN (SELECT l.relation FROM locked l) AS blocked
) w
WHERE (%(focus)s::pg_catalog.oid[] IS NULL OR p.polrelid = ANY (%(focus)s::pg_catalog.oid[]))
