-- A row is a session of this database with a transaction that is open for a while; the one open longest comes first.
-- `hidden` counts, on each row, the sessions of which this role may not see whether they have one; a row without a pid is
-- there for that count alone.
WITH others AS (
    SELECT
        pid,
        usename::text AS role,
        application_name AS application,
        state,
        pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - xact_start) AS seconds,
        backend_type AS kind
    FROM pg_catalog.pg_stat_activity
    WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid()
)
SELECT o.pid, o.role, o.application, o.state, o.seconds, h.hidden
FROM (SELECT pg_catalog.count(*) FILTER (WHERE kind IS NULL) AS hidden FROM others) AS h
LEFT JOIN others AS o ON o.kind = 'client backend' AND o.seconds >= %(seconds)s
ORDER BY o.seconds DESC NULLS LAST
LIMIT 20
