-- The dashboard of all whom one may see.
SELECT * FROM public.dashboard_stats
