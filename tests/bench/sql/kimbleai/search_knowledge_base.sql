-- The knowledge of a person that is nearest to a question.
SELECT id, title, content, category, similarity, created_at FROM public.search_knowledge_base(%s::public.vector, 'user')
