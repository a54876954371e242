-- One more piece of the person's knowledge; the embedding comes from its text.
INSERT INTO public.knowledge_base (user_id, source_type, category, category_id, title, content, tags)
VALUES ('user', 'manual', 'general', 'general', %(title)s, %(content)s, ARRAY[%(subject)s])
