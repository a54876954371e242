-- A row is something that Sqitch did, or failed to do, newest first.
SELECT
    pg_catalog.row_number() OVER (ORDER BY committed_at, change_id) AS id,
    committed_at AS at,
    NULL::integer AS batch,
    change AS version,
    '' AS name,
    CASE event WHEN 'revert' THEN 'down' ELSE 'up' END AS direction,
    CASE event WHEN 'revert' THEN 'rolled_back' WHEN 'fail' THEN 'failed' ELSE 'applied' END AS outcome,
    NULL::text AS checksum,
    NULL::integer AS statements,
    NULL::integer AS duration_ms,
    '' AS database_user,
    committer_name || ' <' || committer_email || '>' AS operator,
    NULL::text AS error,
    'sqitch' AS tool
FROM {schema}.events
ORDER BY committed_at DESC, change_id DESC
LIMIT %(limit)s
