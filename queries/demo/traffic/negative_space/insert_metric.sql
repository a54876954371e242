-- No row: something is measured.
WITH before AS (
    DELETE FROM public.performance_metrics WHERE labels @> jsonb_build_object('demo_traffic', %(row)s::integer)
)
INSERT INTO public.performance_metrics (metric_name, metric_type, value, unit, labels)
VALUES (
    'api_latency', 'gauge', 20 + mod(%(row)s::integer * 13, 90), 'ms',
    jsonb_build_object('demo_traffic', %(row)s::integer)
)
