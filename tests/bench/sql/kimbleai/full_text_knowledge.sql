-- The knowledge that has these words, by the expression of idx_knowledge_base_content_fts.
SELECT
    id,
    title,
    ts_rank(to_tsvector('english', content), websearch_to_tsquery('english', %(words)s)) AS rank
FROM public.knowledge_base
WHERE to_tsvector('english', content) @@ websearch_to_tsquery('english', %(words)s)
ORDER BY rank DESC, id
LIMIT 20
