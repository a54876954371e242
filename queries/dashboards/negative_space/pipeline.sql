-- A row is what came in during the period and what became of it, and how sure the latest analyses are: one in all.
SELECT
    count(*) AS uploaded,
    count(*) FILTER (WHERE s.is_analyzed) AS analysed,
    count(*) FILTER (WHERE s.analysis_status = 'failed') AS failed,
    count(*) FILTER (WHERE s.analysis_status = 'archived') AS archived,
    round(avg(s.confidence_score), 3) AS confidence
FROM public.images AS i
JOIN public.image_analysis_status AS s ON s.image_id = i.id
WHERE i.uploaded_at >= %(since)s
    AND i.uploaded_at < %(until)s
