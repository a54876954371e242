-- A row is a migration that is applied, newest first; what was taken back is not kept.
SELECT
    id,
    migration_time AS at,
    batch,
    name AS version,
    '' AS name,
    'up' AS direction,
    'applied' AS outcome,
    NULL::text AS checksum,
    NULL::integer AS statements,
    NULL::integer AS duration_ms,
    '' AS database_user,
    '' AS operator,
    NULL::text AS error,
    'knex' AS tool
FROM {table}
WHERE migration_time IS NOT NULL AND name IS NOT NULL
ORDER BY id DESC
LIMIT %(limit)s
