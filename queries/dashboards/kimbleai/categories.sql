-- A row is a category and a kind of content, with how much of it there is; the fullest categories come first.
SELECT c.category_name AS category, counted.what, counted.items
FROM public.category_stats AS c
CROSS JOIN LATERAL (
    VALUES
        (1, 'knowledge', c.knowledge_count),
        (2, 'conversations', c.conversation_count),
        (3, 'recordings', c.transcription_count),
        (4, 'projects', c.project_count)
) AS counted (place, what, items)
ORDER BY
    c.knowledge_count + c.conversation_count + c.transcription_count + c.project_count DESC,
    c.category_name, counted.place
LIMIT 400
