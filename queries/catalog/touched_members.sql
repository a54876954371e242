-- One row is an object of the system or of an extension whose privileges someone changed: how it is called.
SELECT x.classid, x.objid, x.kind, x.schema, x.name, x.arguments
FROM (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS classid,
        c.oid AS objid,
        CASE c.relkind
            WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence'
            ELSE 'table'
        END AS kind,
        c.relnamespace AS schema,
        c.relname::text AS name,
        '' AS arguments,
        c.relacl AS acl
    FROM pg_catalog.pg_class c
    WHERE c.relacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass,
        p.oid,
        CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END,
        p.pronamespace,
        p.proname,
        coalesce((
            SELECT pg_catalog.string_agg(pg_catalog.format_type(a.type, NULL), ', ' ORDER BY a.place)
            FROM pg_catalog.unnest(p.proargtypes) WITH ORDINALITY a (type, place)), ''),
        p.proacl
    FROM pg_catalog.pg_proc p
    WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass,
        t.oid,
        CASE t.typtype WHEN 'd' THEN 'domain' ELSE 'type' END,
        t.typnamespace,
        t.typname,
        '',
        t.typacl
    FROM pg_catalog.pg_type t
    WHERE t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 'language', 0, l.lanname, '', l.lanacl
    FROM pg_catalog.pg_language l
    WHERE l.lanacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass,
        w.oid,
        'foreign data wrapper',
        0,
        w.fdwname,
        '',
        w.fdwacl
    FROM pg_catalog.pg_foreign_data_wrapper w
    WHERE w.fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 'schema', 0, n.nspname, '', n.nspacl
    FROM pg_catalog.pg_namespace n
    WHERE n.nspacl IS NOT NULL AND n.nspname NOT IN ('public', 'information_schema')
) x
LEFT JOIN pg_catalog.pg_init_privs p ON p.classoid = x.classid AND p.objoid = x.objid AND p.objsubid = 0
WHERE x.schema <> 'information_schema'::pg_catalog.regnamespace -- initdb grants there and keeps no record of it
    AND (p.initprivs IS NULL OR p.initprivs <> x.acl)
    AND (x.objid < 16384 OR EXISTS (
        SELECT FROM pg_catalog.pg_depend d WHERE d.classid = x.classid AND d.objid = x.objid AND d.deptype = 'e'))
