-- A row is a role of the server, by name.
SELECT rolname::text AS name FROM pg_catalog.pg_roles
