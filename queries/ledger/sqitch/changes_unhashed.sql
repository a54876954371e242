-- A row is a change of one project that is deployed, in the order of deployment.
SELECT change_id, NULL::text AS script_hash, change, committed_at
FROM {table}
WHERE project = %(project)s
ORDER BY committed_at, change_id
