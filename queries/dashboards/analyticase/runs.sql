-- A row is a run with its metadata, the latest first.
SELECT
    r.run_timestamp AS at,
    coalesce(r.run_name, r.run_id::text) AS run,
    r.status,
    r.duration_seconds AS time,
    replace(r.simulation_type, '_', ' ') AS type,
    r.success_count AS done,
    r.failure_count AS failed,
    r.configuration ->> 'seed' AS seed
FROM public.simulation_runs AS r
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
ORDER BY r.run_timestamp DESC, r.run_id
LIMIT 200
