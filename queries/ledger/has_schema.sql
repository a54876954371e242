-- One row: whether schema dbconsole is there. (CREATE SCHEMA IF NOT EXISTS wants its privilege even where it is.)
SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'dbconsole') AS exists
