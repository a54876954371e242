-- No row: the traffic's measurements go.
DELETE FROM public.performance_metrics WHERE labels ? 'demo_traffic'
