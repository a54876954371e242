-- A row is a type of file with what is stored of it, the largest first.
SELECT
    s.file_type AS type,
    sum(s.total_size_bytes) AS size,
    sum(s.file_count) AS files,
    sum(s.total_size_bytes) / sum(s.file_count) AS mean,
    max(s.latest_upload) AS latest
FROM public.file_stats AS s
WHERE %(user)s::text IS NULL OR s.user_id = %(user)s
GROUP BY s.file_type
ORDER BY size DESC, s.file_type
