-- A row is a day of the period, in UTC, and a class of speed, with the analyses of both.
SELECT date_trunc('day', p.created_at, 'UTC') AS day, p.performance_category AS class, count(*) AS analyses
FROM public.analysis_performance_summary AS p
WHERE p.created_at >= %(since)s
    AND p.created_at < %(until)s
GROUP BY 1, 2
ORDER BY 1, array_position(ARRAY['cached', 'fast', 'normal', 'slow'], p.performance_category)
