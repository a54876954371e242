-- A row is how many of each there are: one in all.
SELECT
    count(*) AS people,
    coalesce(sum(s.project_count), 0) AS projects,
    coalesce(sum(s.conversation_count), 0) AS conversations,
    coalesce(sum(s.knowledge_count), 0) AS knowledge,
    coalesce(sum(s.file_count), 0) AS files,
    coalesce(sum(s.transcription_count), 0) AS recordings
FROM public.dashboard_stats AS s
WHERE %(user)s::text IS NULL OR s.user_id = %(user)s
