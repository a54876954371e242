-- One row is a relation with its columns in one text: a line each of type's oid and modifier, and the escaped name.
SELECT a.attrelid,
    pg_catalog.string_agg(
        a.atttypid || ' ' || a.atttypmod || ' '
            || pg_catalog.replace(pg_catalog.replace(a.attname, E'\\', E'\\\\'), E'\n', E'\\n'),
        E'\n' ORDER BY a.attnum)
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE a.attnum > 0
    AND NOT a.attisdropped
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (n.nspname !~ '^pg_(toast|temp)' OR n.oid = pg_catalog.pg_my_temp_schema())
    AND (%(system)s OR n.nspname NOT IN ('pg_catalog', 'information_schema'))
GROUP BY a.attrelid
