-- One row: for how many seconds the session has waited for a lock that waits the longest, and how many wait; 0 when none does.
WITH waiting AS (
    SELECT
        l.pid,
        coalesce(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.min(l.waitstart)), 0) AS seconds
    FROM pg_catalog.pg_locks AS l
    JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
    WHERE NOT l.granted AND (%(database)s::text IS NULL OR a.datname = %(database)s)
    GROUP BY l.pid
), longest AS (
    SELECT
        w.pid,
        w.seconds,
        (SELECT pg_catalog.string_agg(DISTINCT b.pid::text, ', ')
            FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS b (pid)) AS holders
    FROM (SELECT pid, seconds FROM waiting ORDER BY seconds DESC, pid LIMIT 1) AS w
)
SELECT
    coalesce(l.seconds, 0) AS value,
    CASE
        WHEN l.pid IS NULL THEN 'nobody waits'
        ELSE pg_catalog.concat_ws(
            ' · ',
            pg_catalog.concat((SELECT pg_catalog.count(*) FROM waiting), ' waiting'),
            pg_catalog.concat('pid ', l.pid, ' for ', l.holders)
        )
    END AS note
FROM (VALUES (1)) AS one (once)
LEFT JOIN longest AS l ON true
