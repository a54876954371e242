-- A row is a session at work that is no dashboard's, the one with the oldest statement first; `for` is how long it has run.
-- Of a session whose track_activities is off it is known that it waits for no client, and neither since when nor what it
-- runs.
SELECT
    pid,
    usename::text AS role,
    nullif(application_name, '') AS application,
    pg_catalog.clock_timestamp() - query_start AS "for",
    pg_catalog.concat_ws(' ', wait_event_type, wait_event) AS "waits for",
    CASE state
        WHEN 'disabled' THEN 'not told: track_activities is off'
        ELSE pg_catalog.regexp_replace(pg_catalog.left(query, 300), '\s+', ' ', 'g')
    END AS statement
FROM pg_catalog.pg_stat_activity
WHERE (state = 'active' OR (state = 'disabled' AND wait_event_type IS DISTINCT FROM 'Client'))
    AND backend_type = 'client backend'
    AND pid <> pg_catalog.pg_backend_pid()
    AND application_name IS DISTINCT FROM 'dbconsole/dashboard'
    AND (%(database)s::text IS NULL OR datname = %(database)s)
ORDER BY query_start, pid
LIMIT 50
