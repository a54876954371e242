-- One row is an index; its text is null when it or its table is locked, empty when a constraint's text makes it.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT i.indexrelid,
    i.indrelid,
    c.relnamespace,
    c.relname,
    a.amname,
    i.indkey::pg_catalog.int2[],
    i.indisunique,
    i.indisprimary,
    i.indisvalid,
    i.indisready,
    i.indisreplident,
    i.indisclustered,
    c.reloptions,
    s.spcname,
    c.reltuples,
    c.relpages,
    CASE WHEN k.oid IS NOT NULL THEN ''
        WHEN i.indrelid NOT IN (SELECT l.relation FROM locked l)
            AND i.indexrelid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_indexdef(i.indexrelid)
    END,
    k.oid
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am a ON a.oid = c.relam
LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
WHERE i.indrelid >= 16384
    AND c.relpersistence <> 't'
    AND c.relnamespace <> 'pg_toast'::pg_catalog.regnamespace
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR i.indrelid = ANY (%(focus)s::pg_catalog.oid[]))
