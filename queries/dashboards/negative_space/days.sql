-- A row is a day of the period, in UTC, and a state of the pipeline, with the images of that day that are in it now.
SELECT date_trunc('day', i.uploaded_at, 'UTC') AS day, i.analysis_status AS outcome, count(*) AS images
FROM public.images AS i
WHERE i.uploaded_at >= %(since)s
    AND i.uploaded_at < %(until)s
GROUP BY 1, 2
ORDER BY 1, 2
