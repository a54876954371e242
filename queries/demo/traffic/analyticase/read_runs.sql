-- One row a run, the newest first.
SELECT run_id, run_name, simulation_type, status, duration_seconds
FROM public.simulation_runs
ORDER BY run_timestamp DESC
LIMIT 20
