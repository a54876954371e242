-- No row: a conversation gets another title.
UPDATE public.conversations
SET title = 'Demo traffic at ' || to_char(now(), 'HH24:MI:SS')
WHERE id = 'traffic-' || %(row)s::integer
