-- One row: for how many seconds the transaction is open that is open the longest, and whose it is; 0 when there is none.
-- Prepared transactions count; those of the server's own processes and of dashboards do not. Of a session whose
-- track_activities is off nobody knows: then nothing is said to be open, nor that none is.
SELECT
    coalesce(
        pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - o.since),
        CASE WHEN hidden.sessions = 0 THEN 0 END
    ) AS value,
    coalesce(
        o.who,
        CASE WHEN hidden.sessions = 0 THEN 'none is open' ELSE 'track_activities is off' END
    ) AS note
FROM (
    SELECT pg_catalog.count(*)
    FROM pg_catalog.pg_stat_activity
    WHERE state = 'disabled'
        AND backend_type = 'client backend'
        AND pid <> pg_catalog.pg_backend_pid()
        AND application_name IS DISTINCT FROM 'dbconsole/dashboard'
        AND (%(database)s::text IS NULL OR datname = %(database)s)
) AS hidden (sessions)
LEFT JOIN (
    SELECT xact_start, pg_catalog.concat_ws(' · ', pg_catalog.concat('pid ', pid), usename, state)
    FROM pg_catalog.pg_stat_activity
    WHERE xact_start IS NOT NULL
        AND backend_type = 'client backend'
        AND pid <> pg_catalog.pg_backend_pid()
        AND application_name IS DISTINCT FROM 'dbconsole/dashboard'
        AND (%(database)s::text IS NULL OR datname = %(database)s)
    UNION ALL
    SELECT prepared, pg_catalog.concat('prepared · ', owner, ' · ', gid)
    FROM pg_catalog.pg_prepared_xacts
    WHERE %(database)s::text IS NULL OR database = %(database)s
    ORDER BY 1
    LIMIT 1
) AS o (since, who) ON true
