-- A row is a reading of the metric, of the latest four hundred: those of the run that is chosen, else all.
SELECT m.measurement_timestamp AS at, m.metric_value AS value
FROM public.performance_metrics AS m
WHERE m.metric_name = coalesce(%(metric)s::text, 'query_latency')
    AND (%(run)s::uuid IS NULL OR m.run_id = %(run)s)
ORDER BY m.measurement_timestamp DESC, m.metric_id
LIMIT 400
