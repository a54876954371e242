-- A row is a table that may be the ledger of some tool by its name, with its columns and types.
-- `schemas` are the tools' own; the others are looked for where the role's search_path leads, and in public.
SELECT
    n.nspname AS schema,
    c.relname AS "table",
    pg_catalog.array_agg(a.attname::text ORDER BY a.attnum) AS columns,
    pg_catalog.array_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum) AS types,
    pg_catalog.obj_description(c.oid, 'pg_class') AS comment
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p')
    AND c.relname = ANY (%(tables)s)
    AND (
        n.nspname = ANY (%(schemas)s)
        OR n.nspname = ANY (pg_catalog.current_schemas(false))
    )
GROUP BY n.nspname, c.relname, c.oid
ORDER BY
    pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname) NULLS LAST,
    n.nspname,
    c.relname
