-- Never a row: a key that does not belong to anybody.
INSERT INTO public.api_keys (user_id, key_hash, name) VALUES (md5('nobody')::uuid, 'traffic', 'traffic')
