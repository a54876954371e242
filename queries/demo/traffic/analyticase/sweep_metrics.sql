-- No row: the traffic's measurements go.
DELETE FROM public.performance_metrics WHERE context @> '{"made_by": "demo traffic"}'
