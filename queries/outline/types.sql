-- One row is a type or domain that someone made: no array, no row type of a table, no multirange.
SELECT t.oid, t.typnamespace, t.typtype::text, t.typname
FROM pg_catalog.pg_type t
JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
WHERE (c.relkind IS NULL OR c.relkind = 'c')
    AND t.typtype <> 'm'
    AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
    AND (n.nspname !~ '^pg_(toast|temp)' OR n.oid = pg_catalog.pg_my_temp_schema())
    AND (%(system)s OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"
