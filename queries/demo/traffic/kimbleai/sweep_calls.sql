-- No row: the traffic's calls go.
DELETE FROM public.api_cost_tracking WHERE metadata ? 'demo_traffic'
