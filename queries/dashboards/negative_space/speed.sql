-- A row is one of some two hundred stretches of the period and a percentile, with its mean there, in seconds.
-- Readings count by the number of values behind them. The stretches begin with the first reading of the period.
SELECT
    date_bin(
        greatest((%(until)s::timestamptz - began.at) / 200, interval '1 minute'), m.recorded_at, began.at
    ) AS at,
    p.percentile,
    sum(p.value * m.sample_count) / sum(m.sample_count) / CASE m.unit WHEN 'ms' THEN 1000 ELSE 1 END AS value
FROM (
    SELECT min(f.recorded_at) AS at
    FROM public.performance_metrics AS f
    WHERE f.metric_name = coalesce(%(metric)s::text, 'analysis_duration_ms')
        AND f.recorded_at >= %(since)s
) AS began
JOIN public.performance_metrics AS m
    ON m.recorded_at >= began.at
    AND m.recorded_at < %(until)s
    AND m.metric_name = coalesce(%(metric)s::text, 'analysis_duration_ms')
    AND m.unit IN ('ms', 's')
    AND m.sample_count > 0
CROSS JOIN LATERAL (
    VALUES ('p50', m.percentile_p50), ('p95', m.percentile_p95), ('p99', m.percentile_p99)
) AS p (percentile, value)
WHERE p.value IS NOT NULL
GROUP BY 1, p.percentile, m.unit
ORDER BY 1, p.percentile
