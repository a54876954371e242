-- No row: a message is taken back.
DELETE FROM public.messages WHERE id = 'traffic-' || %(row)s::integer
