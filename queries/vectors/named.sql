-- A row is a relation of one of these names outside the system's schemas, with the columns of it that one may mean.
SELECT
    n.nspname::pg_catalog.text AS schema,
    c.relname::pg_catalog.text AS table,
    pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usable,
    ARRAY(
        SELECT ARRAY[
            a.attname::pg_catalog.text,
            pg_catalog.format_type(a.atttypid, a.atttypmod),
            pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')::pg_catalog.text
        ]
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
    ) AS columns
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relname = ANY (%(names)s)
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND n.nspname !~ '^pg_(toast|temp)'
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
