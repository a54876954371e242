-- A row is an extension that the server offers: its name, and the version that CREATE EXTENSION would make.
SELECT name::text AS name, default_version AS version FROM pg_catalog.pg_available_extensions
