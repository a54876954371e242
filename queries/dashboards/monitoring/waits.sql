-- A row is what sessions at work wait for just now, with how many of them; those that wait for nothing compute.
-- Sessions of dashboards are left out. One whose track_activities is off is at work unless it waits for its client.
SELECT w.wait, pg_catalog.sum(w.sessions) AS sessions
FROM (
    SELECT coalesce(wait_event_type, 'computing'), 1
    FROM pg_catalog.pg_stat_activity
    WHERE (state = 'active' OR (state = 'disabled' AND wait_event_type IS DISTINCT FROM 'Client'))
        AND backend_type IN ('client backend', 'parallel worker')
        AND pid <> pg_catalog.pg_backend_pid()
        AND application_name IS DISTINCT FROM 'dbconsole/dashboard'
        AND (%(database)s::text IS NULL OR datname = %(database)s)
    UNION ALL
    VALUES ('computing', 0), ('IO', 0), ('Lock', 0)
) AS w (wait, sessions)
GROUP BY w.wait
ORDER BY w.wait
