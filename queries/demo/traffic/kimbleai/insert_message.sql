-- No row: somebody says something in a conversation; a number that comes round again is the same row.
WITH conversation AS (
    INSERT INTO public.conversations (id, user_id, title)
    SELECT 'traffic-' || %(row)s::integer, sample.id, 'Demo traffic'
    FROM (SELECT id FROM public.users ORDER BY id LIMIT 1 OFFSET mod(%(row)s::integer, 2)) AS sample
    ON CONFLICT (id) DO UPDATE SET title = excluded.title
    RETURNING id, user_id
)
INSERT INTO public.messages (id, conversation_id, user_id, role, content, tokens_used)
SELECT
    'traffic-' || %(row)s::integer, id, user_id, 'user', 'This was said by the demo''s traffic.',
    10 + mod(%(row)s::integer, 30)
FROM conversation
ON CONFLICT (id) DO NOTHING
