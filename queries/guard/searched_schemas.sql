-- A row is a schema in which this session looks for unqualified names, in order, the implicit ones included.
SELECT pg_catalog.unnest(pg_catalog.current_schemas(true))::pg_catalog.text AS schema
