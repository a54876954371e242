-- What a program would have: hnsw with pgvector's own settings, ivfflat with a list for each thousand rows.
INSERT INTO public.by_ivfflat SELECT * FROM public.by_hnsw ORDER BY id;
SET maintenance_work_mem = '1GB';
CREATE INDEX by_hnsw_embedding ON public.by_hnsw USING hnsw (embedding public.vector_cosine_ops);
CREATE INDEX by_ivfflat_embedding ON public.by_ivfflat USING ivfflat (embedding public.vector_cosine_ops) WITH (lists = 100);
