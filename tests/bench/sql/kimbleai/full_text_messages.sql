-- The messages that have these words, by the expression of idx_messages_content_fts.
SELECT
    id,
    conversation_id,
    ts_rank(to_tsvector('english', content), websearch_to_tsquery('english', %(words)s)) AS rank
FROM public.messages
WHERE to_tsvector('english', content) @@ websearch_to_tsquery('english', %(words)s)
ORDER BY rank DESC, id
LIMIT 20
