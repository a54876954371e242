-- One row a database, by name.
SELECT datname::text AS name
FROM pg_catalog.pg_database
ORDER BY datname
