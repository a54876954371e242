-- No row: a measurement is thrown away.
DELETE FROM public.performance_metrics WHERE metric_id = md5('demo traffic metric ' || %(row)s::integer)::uuid
