-- A row is a method with by how many per cent it brought the objective down in the mean, the best first.
SELECT
    o.method,
    round((100 * avg(1 - o.final_objective / nullif(o.initial_objective, 0)))::numeric, 1) AS improved
FROM public.formulation_optimization_history AS o
WHERE o.created_at >= %(since)s::timestamptz AT TIME ZONE 'UTC'
    AND o.created_at < %(until)s::timestamptz AT TIME ZONE 'UTC'
GROUP BY o.method
ORDER BY improved DESC NULLS LAST, o.method
LIMIT 50
