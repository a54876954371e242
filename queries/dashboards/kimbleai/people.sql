-- A row is a person with what is theirs, the one who was last active first.
SELECT
    s.user_name AS person,
    s.conversation_count AS conversations,
    s.knowledge_count AS knowledge,
    s.file_count AS files,
    s.transcription_count AS recordings,
    s.total_storage_bytes AS stored,
    s.last_activity AS latest
FROM public.dashboard_stats AS s
WHERE %(user)s::text IS NULL OR s.user_id = %(user)s
ORDER BY s.last_activity DESC NULLS LAST, s.user_id
LIMIT 200
