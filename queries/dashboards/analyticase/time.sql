-- A row is how many seconds a completed run took in the mean: one in all.
SELECT round(avg(r.duration_seconds), 1) AS seconds
FROM public.simulation_runs AS r
WHERE r.status = 'completed'
    AND (%(run)s::uuid IS NULL OR r.run_id = %(run)s)
