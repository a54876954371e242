-- Never a row: a message in a conversation that does not exist.
INSERT INTO public.messages (id, conversation_id, user_id, role, content)
SELECT 'traffic-wrong', 'nowhere', id, 'user', 'Hello?' FROM public.users LIMIT 1
