-- One row an image that waits or is worked on.
SELECT id, file_name, analysis_status
FROM public.images
WHERE analysis_status IN ('pending', 'processing')
ORDER BY created_at
LIMIT 20
