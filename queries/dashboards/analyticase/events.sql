-- A row is how cases went through their stages in a run, the latest run first.
SELECT
    coalesce(r.run_name, r.run_id::text) AS run,
    e.closure_rate AS closed,
    e.total_cases AS cases,
    e.average_duration AS "mean time",
    e.hearings_conducted AS hearings,
    e.rulings_issued AS rulings,
    e.evidence_submitted AS evidence,
    e.total_events AS events,
    r.run_timestamp AS at
FROM public.discrete_event_results AS e
JOIN public.simulation_runs AS r ON r.run_id = e.run_id
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
ORDER BY r.run_timestamp DESC, e.result_id
LIMIT 200
