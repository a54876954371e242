-- A row is how many runs failed, with the latest of them: one in all.
SELECT
    count(*) AS failed,
    'the latest on ' || to_char(max(r.run_timestamp) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS note
FROM public.simulation_runs AS r
WHERE r.status = 'failed'
    AND (%(run)s::uuid IS NULL OR r.run_id = %(run)s)
