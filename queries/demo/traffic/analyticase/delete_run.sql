-- No row: a run is thrown away, with what hangs on it.
DELETE FROM public.simulation_runs WHERE run_id = md5('demo traffic ' || %(row)s::integer)::uuid
