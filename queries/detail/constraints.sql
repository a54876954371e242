-- One row is a constraint of the relation; its text is null when it is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT k.oid,
    k.conname::text AS name,
    k.contype::text AS type,
    k.convalidated AS validated,
    k.conislocal AS local,
    pg_catalog.obj_description(k.oid, 'pg_constraint') AS comment,
    CASE WHEN k.conrelid NOT IN (SELECT l.relation FROM locked l)
            AND k.confrelid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_constraintdef(k.oid)
    END AS definition
FROM pg_catalog.pg_constraint k
LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid
WHERE k.conrelid = %(oid)s
    AND k.contype <> 't'
    AND (p.oid IS NULL OR p.conrelid <> k.conrelid)
ORDER BY strpos('pufxcn', k.contype::text), k.conname COLLATE "C"
