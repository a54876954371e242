-- A row, always one, is what there is of pgvector: its schema and version here, or the version that could be created.
SELECT
    n.nspname::pg_catalog.text AS schema,
    coalesce(e.extversion, '') AS version,
    CASE WHEN e.oid IS NULL
        THEN coalesce((
            SELECT a.default_version::pg_catalog.text
            FROM pg_catalog.pg_available_extensions AS a
            WHERE a.name = 'vector'
        ), '')
        ELSE e.extversion
    END AS available
FROM (VALUES ('vector')) AS wanted (name)
LEFT JOIN pg_catalog.pg_extension AS e ON e.extname = wanted.name
LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
