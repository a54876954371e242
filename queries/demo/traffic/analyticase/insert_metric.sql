-- No row: something is measured.
INSERT INTO public.performance_metrics (metric_id, metric_name, metric_value, metric_unit, context)
VALUES (
    md5('demo traffic metric ' || %(row)s::integer)::uuid,
    'query_latency', 5 + mod(%(row)s::integer * 13, 40), 'ms', '{"made_by": "demo traffic"}'
)
ON CONFLICT (metric_id) DO UPDATE
SET metric_value = excluded.metric_value + 1, measurement_timestamp = now()
