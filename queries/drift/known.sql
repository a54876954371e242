-- One row is a table of pg_catalog, which may be one that this program does not know yet.
SELECT c.relname
FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
    AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C"
