-- A row is a lock of this process that keeps others from something that is no relation: a type, a function, a schema, a role.
-- What the transaction has dropped is left out.
SELECT
    l.classid::bigint AS class,
    l.objid::bigint AS oid,
    o.type AS kind,
    o.identity AS identity,
    l.mode
FROM pg_catalog.pg_locks AS l
CROSS JOIN LATERAL pg_catalog.pg_identify_object(l.classid, l.objid, 0) AS o
WHERE l.pid = pg_catalog.pg_backend_pid()
    AND l.granted
    AND l.locktype = 'object'
    AND o.identity IS NOT NULL
    AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
    AND l.classid::oid IN (
        'pg_catalog.pg_type'::pg_catalog.regclass,
        'pg_catalog.pg_proc'::pg_catalog.regclass,
        'pg_catalog.pg_namespace'::pg_catalog.regclass,
        'pg_catalog.pg_authid'::pg_catalog.regclass,
        'pg_catalog.pg_extension'::pg_catalog.regclass,
        'pg_catalog.pg_publication'::pg_catalog.regclass,
        'pg_catalog.pg_foreign_server'::pg_catalog.regclass
    )
