-- A question of the person's: what a piece of the sample's knowledge is called, and its subject.
SELECT title || ', ' || tags[1] FROM public.knowledge_base WHERE user_id = 'user' AND title <> tags[1] ORDER BY id
