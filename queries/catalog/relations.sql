-- One row is a table, view, sequence or composite type that is not the system's, without anything that takes a lock.
SELECT c.oid,
    c.relnamespace,
    c.relname,
    c.relkind::text,
    c.relowner,
    c.relpersistence::text,
    c.reltuples,
    c.relpages,
    c.relrowsecurity,
    c.relforcerowsecurity,
    c.relreplident::text,
    c.relispartition,
    c.relispopulated,
    a.amname,
    s.spcname,
    c.reloptions,
    t.reloptions,
    CASE WHEN c.reloftype <> 0 THEN pg_catalog.format_type(c.reloftype, NULL) END,
    c.reltype
FROM pg_catalog.pg_class c
LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid AND t.reloptions IS NOT NULL
LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
WHERE c.oid >= 16384
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
    AND c.relpersistence <> 't'
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR c.relkind = 'c' OR c.oid = ANY (%(focus)s::pg_catalog.oid[]))
