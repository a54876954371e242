-- A message with its embedding, into a conversation of the person's.
INSERT INTO public.messages (id, conversation_id, user_id, role, content, embedding, tokens_used)
SELECT 'bench_' || gen_random_uuid(), c.id, c.user_id, 'user', %s, %s::public.vector, 80
FROM public.conversations AS c
WHERE c.user_id = 'user'
ORDER BY c.created_at DESC
LIMIT 1
RETURNING id
