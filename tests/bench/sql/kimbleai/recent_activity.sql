-- The last hundred actions that one may see.
SELECT * FROM public.recent_activity
