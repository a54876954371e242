-- A row is a project, or none, with its recordings, the longest first.
SELECT
    coalesce(s.project_name, 'no project') AS project,
    sum(s.total_duration_seconds) AS length,
    sum(s.transcription_count) AS recordings,
    sum(s.total_size_bytes) AS size,
    max(s.last_transcribed) AS latest
FROM public.transcription_stats AS s
WHERE (%(user)s::text IS NULL OR s.user_id = %(user)s)
    AND (%(project)s::text IS NULL OR s.project_id = %(project)s)
GROUP BY s.project_id, s.project_name
ORDER BY length DESC, 1
LIMIT 200
