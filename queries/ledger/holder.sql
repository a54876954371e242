-- One row when somebody holds the lease: who, since when, doing what, and whether he may still be alive.
SELECT holder, doing, since, expires_at, expires_at > pg_catalog.clock_timestamp() AS alive
FROM dbconsole.lease
WHERE name = 'migrations' AND token IS NOT NULL
