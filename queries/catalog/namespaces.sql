-- One row is a schema of a person, a provider or the system; only temporary and toast schemas are not there.
SELECT n.oid, n.nspname, n.nspowner
FROM pg_catalog.pg_namespace n
WHERE n.nspname !~ '^pg_(toast|temp)'
ORDER BY n.nspname COLLATE "C"
