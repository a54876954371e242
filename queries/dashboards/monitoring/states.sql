-- A row is a state with how many sessions are in it, without those of dashboards; those that this role may not look into
-- are not visible. The usual states have a row even when no session is in them.
SELECT s.state, pg_catalog.sum(s.sessions) AS sessions
FROM (
    SELECT coalesce(state, CASE WHEN backend_type IS NULL THEN 'not visible' ELSE 'starting' END), 1
    FROM pg_catalog.pg_stat_activity
    WHERE (backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL))
        AND pid <> pg_catalog.pg_backend_pid()
        AND application_name IS DISTINCT FROM 'dbconsole/dashboard'
        AND (%(database)s::text IS NULL OR datname = %(database)s)
    UNION ALL
    VALUES ('active', 0), ('idle', 0), ('idle in transaction', 0)
) AS s (state, sessions)
GROUP BY s.state
ORDER BY s.state
