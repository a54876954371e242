-- How much is known for the person.
SELECT count(*) FROM public.knowledge_base WHERE user_id = 'user' AND embedding IS NOT NULL
