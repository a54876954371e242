-- No row: an image goes one step on its way.
UPDATE public.images
SET analysis_status = CASE analysis_status
    WHEN 'pending' THEN 'processing'::public.analysis_status
    WHEN 'processing' THEN 'completed'::public.analysis_status
    ELSE analysis_status
END
WHERE id = md5('demo traffic ' || %(row)s::integer)::uuid
