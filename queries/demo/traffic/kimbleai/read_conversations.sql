-- One row a conversation, the one spoken in last first.
SELECT id, title, message_count, last_message_at
FROM public.conversations
ORDER BY last_message_at DESC NULLS LAST
LIMIT 20
