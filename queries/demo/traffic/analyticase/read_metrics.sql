-- One row a metric: its mean of the last week.
SELECT metric_name, metric_unit, round(avg(metric_value), 2) AS mean
FROM public.performance_metrics
WHERE measurement_timestamp > now() - interval '7 days'
GROUP BY metric_name, metric_unit
