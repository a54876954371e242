-- A row is a session that another one waits for: it holds the lock, or stands before it in the queue.
-- A pid of 0 is a prepared transaction. What this role may not see of others is null.
SELECT
    blocking.pid,
    activity.usename::text AS role,
    activity.application_name AS application,
    activity.state,
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - activity.xact_start) AS seconds,
    pg_catalog.left(activity.query, 500) AS query,
    activity.backend_start AS started,
    activity.backend_type AS kind,
    coalesce(activity.wait_event_type = 'Lock', false) AS waits
FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(%(pid)s)) AS blocking (pid)
LEFT JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid = blocking.pid
ORDER BY activity.xact_start NULLS LAST, blocking.pid
