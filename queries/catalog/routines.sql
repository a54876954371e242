-- One row is a function, window function, procedure or aggregate; its text is null for aggregates and when locked. The
-- last column is the range type that the function came with.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), waiting AS MATERIALIZED (
    SELECT d.objid AS oid
    FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.refobjid IN (SELECT l.relation FROM locked l)
)
SELECT p.oid,
    p.pronamespace,
    p.proname,
    p.prokind::text,
    p.proowner,
    l.lanname,
    coalesce((
        SELECT pg_catalog.string_agg(pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.place)
        FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY a (type, place)), ''),
    pg_catalog.pg_get_function_arguments(p.oid),
    coalesce(pg_catalog.pg_get_function_result(p.oid), ''),
    p.provolatile::text,
    p.proparallel::text,
    p.prosrc,
    p.prosqlbody IS NOT NULL,
    CASE WHEN p.prokind <> 'a' AND p.oid NOT IN (SELECT w.oid FROM waiting w)
        THEN pg_catalog.pg_get_functiondef(p.oid)
    END,
    (SELECT d.refobjid
    FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        AND d.objid = p.oid
        AND d.refclassid = 'pg_catalog.pg_type'::pg_catalog.regclass
        AND d.deptype = 'i')
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.oid >= 16384
