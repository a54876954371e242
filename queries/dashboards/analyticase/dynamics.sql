-- A row is what stocks and flows came to in a run, the latest run first.
SELECT
    coalesce(r.run_name, r.run_id::text) AS run,
    d.system_efficiency AS efficiency,
    d.average_cycle_time AS "cycle time",
    d.total_cases_filed AS filed,
    d.total_cases_closed AS closed,
    d.average_wip AS "in work",
    r.run_timestamp AS at
FROM public.system_dynamics_results AS d
JOIN public.simulation_runs AS r ON r.run_id = d.run_id
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
ORDER BY r.run_timestamp DESC, d.result_id
LIMIT 200
