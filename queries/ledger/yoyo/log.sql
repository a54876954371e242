-- A row is something that yoyo did, newest first.
SELECT
    pg_catalog.row_number() OVER (ORDER BY created_at_utc, id) AS id,
    created_at_utc AT TIME ZONE 'UTC' AS at,
    NULL::integer AS batch,
    migration_id AS version,
    '' AS name,
    CASE WHEN operation IN ('rollback', 'unmark') THEN 'down' ELSE 'up' END AS direction,
    CASE operation WHEN 'rollback' THEN 'rolled_back' WHEN 'mark' THEN 'adopted' WHEN 'unmark' THEN 'cleared' ELSE 'applied' END
        AS outcome,
    NULL::text AS checksum,
    NULL::integer AS statements,
    NULL::integer AS duration_ms,
    '' AS database_user,
    coalesce(username, '?') || '@' || coalesce(hostname, '?') AS operator,
    NULL::text AS error,
    'yoyo' AS tool
FROM {log}
WHERE created_at_utc IS NOT NULL AND migration_id IS NOT NULL
ORDER BY created_at_utc DESC, id DESC
LIMIT %(limit)s
