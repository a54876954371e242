-- A row is an extension that can be made here, by name.
SELECT name::text AS name FROM pg_catalog.pg_available_extensions
