-- One row: where names without a schema are looked for.
SELECT pg_catalog.current_setting('search_path') AS search_path
