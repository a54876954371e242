-- No row: a simulation comes to its end, now and then a bad one.
UPDATE public.simulation_runs
SET status = CASE WHEN mod(%(row)s::integer, 9) = 0 THEN 'failed' ELSE 'completed' END,
    duration_seconds = 3 + mod(%(row)s::integer, 20)
WHERE run_id = md5('demo traffic ' || %(row)s::integer)::uuid
