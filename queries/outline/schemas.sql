-- One row is a schema: its name and oid, by name; toast and other sessions' temporary schemas are no one's to see.
SELECT n.nspname, n.oid
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_(toast|temp)'
    OR n.oid = pg_catalog.pg_my_temp_schema()
ORDER BY n.nspname COLLATE "C"
