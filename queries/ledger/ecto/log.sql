-- A row is a migration that is applied, newest first; what was taken back is not kept.
SELECT
    version AS id,
    inserted_at AT TIME ZONE 'UTC' AS at,
    NULL::integer AS batch,
    version::text AS version,
    '' AS name,
    'up' AS direction,
    'applied' AS outcome,
    NULL::text AS checksum,
    NULL::integer AS statements,
    NULL::integer AS duration_ms,
    '' AS database_user,
    '' AS operator,
    NULL::text AS error,
    'ecto' AS tool
FROM {table}
ORDER BY inserted_at DESC, version DESC
LIMIT %(limit)s
