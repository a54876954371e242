-- A row is a lock that another session has, or waits for, on a relation asked for or on a partition or child of it.
-- A pid of 0 is a prepared transaction. What this role may not see of others is null.
WITH RECURSIVE asked AS (
    SELECT s.value AS schema, n.value AS name, c.oid
    FROM pg_catalog.unnest(%(schemas)s::text[]) WITH ORDINALITY AS s (value, place)
    JOIN pg_catalog.unnest(%(names)s::text[]) WITH ORDINALITY AS n (value, place) USING (place)
    JOIN pg_catalog.pg_class AS c ON c.relname = n.value
    JOIN pg_catalog.pg_namespace AS h ON h.oid = c.relnamespace
        AND CASE s.value WHEN '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE h.nspname = s.value END
), family AS (
    SELECT schema, name, oid FROM asked
    UNION
    SELECT f.schema, f.name, i.inhrelid FROM family AS f JOIN pg_catalog.pg_inherits AS i ON i.inhparent = f.oid
)
SELECT
    f.schema,
    f.name,
    l.mode,
    l.granted,
    coalesce(l.pid, 0) AS pid,
    a.usename::text AS role,
    a.application_name AS application,
    a.state,
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - a.xact_start) AS seconds,
    a.backend_type AS kind,
    coalesce(v.phase, b.phase) AS phase,
    coalesce(a.query LIKE 'autovacuum:%%to prevent wraparound%%', false) AS wraparound
FROM pg_catalog.pg_locks AS l
JOIN pg_catalog.pg_database AS d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
JOIN family AS f ON f.oid = l.relation
LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
LEFT JOIN pg_catalog.pg_stat_progress_vacuum AS v ON v.pid = l.pid
LEFT JOIN pg_catalog.pg_stat_progress_create_index AS b ON b.pid = l.pid
WHERE l.pid IS DISTINCT FROM pg_catalog.pg_backend_pid()
ORDER BY a.xact_start NULLS LAST, l.pid
LIMIT 500
