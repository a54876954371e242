SELECT title, similarity
FROM public.search_knowledge_base(
    (SELECT embedding FROM public.knowledge_base WHERE user_id = 'user' ORDER BY id LIMIT 1), 'user'
)
