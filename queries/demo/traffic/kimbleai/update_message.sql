-- No row: a message is counted again.
UPDATE public.messages SET tokens_used = tokens_used + 1 WHERE id = 'traffic-' || %(row)s::integer
