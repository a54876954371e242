-- Two words that stand in the person's knowledge and in her messages, one of each subject at most.
SELECT DISTINCT ON (k.tags[1]) k.tags[2] || ' ' || k.tags[3] AS words
FROM public.knowledge_base AS k
CROSS JOIN LATERAL websearch_to_tsquery('english', k.tags[2] || ' ' || k.tags[3]) AS asked
WHERE k.user_id = 'user'
    AND to_tsvector('english', k.content) @@ asked
    AND EXISTS (
        SELECT FROM public.messages AS m WHERE m.user_id = 'user' AND to_tsvector('english', m.content) @@ asked
    )
ORDER BY k.tags[1], k.id
