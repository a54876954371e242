-- A row is a reason why analyses of images of the period failed, the most frequent first.
SELECT coalesce(i.failure_reason, 'not said') AS reason, count(*) AS images
FROM public.images AS i
WHERE i.analysis_status = 'failed'
    AND i.uploaded_at >= %(since)s
    AND i.uploaded_at < %(until)s
GROUP BY i.failure_reason
ORDER BY images DESC, 1
LIMIT 50
