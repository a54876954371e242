-- No row: a conversation is begun in a transaction that somebody forgets about.
INSERT INTO public.conversations (id, user_id, title)
SELECT 'traffic-forgotten', id, 'Demo traffic' FROM public.users ORDER BY id LIMIT 1
ON CONFLICT (id) DO UPDATE SET title = 'Demo traffic at ' || to_char(now(), 'HH24:MI:SS')
