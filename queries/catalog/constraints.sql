-- One row is a constraint of a table other than NOT NULL, or any of a domain; its text is null when the table is locked.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT k.oid,
    k.conrelid,
    k.contypid,
    k.conname,
    k.contype::text,
    k.conkey,
    k.condeferrable,
    k.condeferred,
    k.convalidated,
    k.connoinherit,
    k.conislocal,
    k.coninhcount,
    k.conindid,
    k.confrelid,
    k.conparentid,
    CASE WHEN k.conrelid NOT IN (SELECT l.relation FROM locked l)
            AND k.confrelid NOT IN (SELECT l.relation FROM locked l)
            AND k.conindid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_constraintdef(k.oid)
    END
FROM pg_catalog.pg_constraint k
LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid
WHERE (k.contype IN ('p', 'u', 'c', 'f', 'x') OR k.contypid <> 0)
    AND k.oid >= 16384
    -- What a foreign key to a partitioned table has for each of its partitions goes with it.
    AND (p.oid IS NULL OR p.conrelid <> k.conrelid)
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR k.conrelid = ANY (%(focus)s::pg_catalog.oid[]) OR k.contypid <> 0)
