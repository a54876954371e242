-- The ten nearest.
SELECT id FROM public.items ORDER BY embedding OPERATOR(public.<=>) %s::public.vector LIMIT 10
