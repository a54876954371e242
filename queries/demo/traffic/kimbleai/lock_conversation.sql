-- No row: two sessions open the same conversation; the second one waits for the first.
INSERT INTO public.conversations (id, user_id, title)
SELECT 'traffic-contested', id, 'Demo traffic' FROM public.users ORDER BY id LIMIT 1
ON CONFLICT (id) DO UPDATE SET title = 'Demo traffic at ' || to_char(now(), 'HH24:MI:SS')
