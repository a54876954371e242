-- A row is a limit on connections with how many of them are in use: the server's, and those of the database and the role
-- at hand where they have one. A role that may not see what sort of session another's is counts those that have a database
-- and a role.
WITH sessions AS (
    SELECT datid, usesysid
    FROM pg_catalog.pg_stat_activity
    WHERE backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL)
), server AS (
    SELECT
        pg_catalog.current_setting('max_connections')::integer AS most,
        pg_catalog.current_setting('superuser_reserved_connections')::integer
        + coalesce(pg_catalog.current_setting('reserved_connections', true)::integer, 0) AS kept
)
SELECT
    'server' AS label,
    (SELECT pg_catalog.count(*) FROM sessions) AS value,
    most AS "limit",
    pg_catalog.concat(kept, ' for superusers') AS note
FROM server
UNION ALL
SELECT
    pg_catalog.concat('database ', datname),
    (SELECT pg_catalog.count(*) FROM sessions WHERE datid = d.oid),
    datconnlimit,
    NULL
FROM pg_catalog.pg_database AS d
WHERE datname = pg_catalog.current_database() AND datconnlimit > 0
UNION ALL
SELECT
    pg_catalog.concat('role ', rolname),
    (SELECT pg_catalog.count(*) FROM sessions WHERE usesysid = r.oid),
    rolconnlimit,
    NULL
FROM pg_catalog.pg_roles AS r
WHERE rolname = current_user AND rolconnlimit > 0
