-- A row is another session of this database that runs a statement right now.
-- The server keeps only the beginning of what a session runs (track_activity_query_size), so beginnings are compared.
SELECT pid
FROM pg_catalog.pg_stat_activity
WHERE datname = pg_catalog.current_database()
    AND pid <> pg_catalog.pg_backend_pid()
    AND state = 'active'
    AND pg_catalog.left(query, 250) = pg_catalog.left(%(query)s, 250)
