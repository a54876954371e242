-- A row is a session at work that is no dashboard's, the one with the oldest statement first; `for` is how long it has run.
SELECT
    pid,
    usename::text AS role,
    nullif(application_name, '') AS application,
    pg_catalog.clock_timestamp() - query_start AS "for",
    pg_catalog.concat_ws(' ', wait_event_type, wait_event) AS "waits for",
    pg_catalog.regexp_replace(pg_catalog.left(query, 300), '\s+', ' ', 'g') AS statement
FROM pg_catalog.pg_stat_activity
WHERE state = 'active'
    AND backend_type = 'client backend'
    AND pid <> pg_catalog.pg_backend_pid()
    AND application_name IS DISTINCT FROM 'dbconsole/dashboard'
    AND (%(database)s::text IS NULL OR datname = %(database)s)
ORDER BY query_start, pid
LIMIT 50
