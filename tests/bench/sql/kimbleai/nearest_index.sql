-- The index as kimbleai has it. Its sample of the rows does not fit into the usual 64 MB.
SET maintenance_work_mem = '512MB';
CREATE INDEX items_embedding ON public.items USING ivfflat (embedding public.vector_cosine_ops) WITH (lists = 100)
