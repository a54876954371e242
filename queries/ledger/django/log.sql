-- A row is a migration that is applied, newest first; what was taken back is not kept.
SELECT
    id AS id,
    applied AS at,
    NULL::integer AS batch,
    app || '.' || name AS version,
    '' AS name,
    'up' AS direction,
    'applied' AS outcome,
    NULL::text AS checksum,
    NULL::integer AS statements,
    NULL::integer AS duration_ms,
    '' AS database_user,
    '' AS operator,
    NULL::text AS error,
    'django' AS tool
FROM {table}
ORDER BY id DESC
LIMIT %(limit)s
