-- No row: a conversation is deleted, with what was said in it.
DELETE FROM public.conversations WHERE id = 'traffic-' || %(row)s::integer
