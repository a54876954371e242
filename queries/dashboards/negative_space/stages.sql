-- A row is a state of the pipeline with the images that are in it now, in the order in which they come to it.
SELECT s.analysis_status AS state, count(*) AS images
FROM public.image_analysis_status AS s
GROUP BY s.analysis_status
ORDER BY s.analysis_status
