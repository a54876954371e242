-- Never a row: what is done cannot be worked on again, as a trigger says.
UPDATE public.images
SET analysis_status = 'processing'
WHERE id = (SELECT id FROM public.images WHERE analysis_status = 'completed' ORDER BY id LIMIT 1)
