-- A row is a week that begins on a Monday, in UTC, and a type, with the runs of both.
SELECT
    date_trunc('week', r.run_timestamp, 'UTC') AS week,
    replace(r.simulation_type, '_', ' ') AS type,
    count(*) AS runs
FROM public.simulation_runs AS r
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
GROUP BY 1, 2
ORDER BY 1, 2
