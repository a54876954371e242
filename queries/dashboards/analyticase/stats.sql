-- A row is how many runs ended how, and what they counted: one in all.
SELECT
    count(*) AS runs,
    count(*) FILTER (WHERE r.status = 'completed') AS completed,
    count(*) FILTER (WHERE r.status = 'running') AS running,
    coalesce(sum(r.success_count), 0) AS "scenarios done",
    coalesce(sum(r.failure_count), 0) AS "scenarios failed"
FROM public.simulation_runs AS r
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
