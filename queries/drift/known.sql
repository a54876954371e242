-- One row is a table of pg_catalog, which may be one that this program does not know yet, and whether its rows have oids.
SELECT c.relname,
    EXISTS (
        SELECT FROM pg_catalog.pg_attribute a
        WHERE a.attrelid = c.oid AND a.attname = 'oid' AND NOT a.attisdropped)
FROM pg_catalog.pg_class c
WHERE c.relnamespace = 'pg_catalog'::pg_catalog.regnamespace
    AND c.relkind = 'r'
ORDER BY c.relname COLLATE "C"
