-- Records a migration as applied, unless a row that was started for it says so already.
INSERT INTO {table} (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
SELECT
    %(id)s::text,
    %(checksum)s::text,
    ended.at,
    %(name)s::text,
    ended.at - pg_catalog.make_interval(secs => %(milliseconds)s / 1000.0),
    1
FROM (SELECT pg_catalog.clock_timestamp() AS at) AS ended
WHERE NOT EXISTS (
    SELECT FROM {table} WHERE migration_name = %(name)s::text AND finished_at IS NOT NULL AND rolled_back_at IS NULL
)
