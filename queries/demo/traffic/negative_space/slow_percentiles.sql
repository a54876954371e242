-- One row a metric, after some seconds: its percentiles over everything that was ever measured.
SELECT
    metric_name,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS p50,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY value) AS p95,
    percentile_cont(0.99) WITHIN GROUP (ORDER BY value) AS p99
FROM pg_catalog.pg_sleep(%(seconds)s::double precision)
CROSS JOIN public.performance_metrics
GROUP BY metric_name
