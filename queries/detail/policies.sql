-- One row is a row-security policy of the relation; its expressions are null and locked true when they cannot be read.
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
    p.polname::text AS name,
    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END
        AS command,
    p.polpermissive AS permissive,
    array(
        SELECT CASE r.oid WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(r.oid)::text END
        FROM pg_catalog.unnest(p.polroles) r (oid)
        ORDER BY 1) AS roles,
    CASE WHEN NOT w.locked THEN pg_catalog.pg_get_expr(p.polqual, p.polrelid) END AS using,
    CASE WHEN NOT w.locked THEN pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) END AS check,
    w.locked,
    pg_catalog.obj_description(p.oid, 'pg_policy') AS comment
FROM pg_catalog.pg_policy p
CROSS JOIN LATERAL (
    SELECT p.oid IN (SELECT w.oid FROM waiting w) OR p.polrelid IN (SELECT l.relation FROM locked l) AS locked
) w
WHERE p.polrelid = %(oid)s
ORDER BY p.polname COLLATE "C"
