-- Two tables of the same passages, empty: each is to have one index, since the planner would choose between two.
CREATE EXTENSION vector WITH SCHEMA public;
CREATE TABLE public.by_hnsw (
    id integer PRIMARY KEY,
    topic integer NOT NULL,
    content text NOT NULL,
    embedding public.vector(384) NOT NULL
);
CREATE TABLE public.by_ivfflat (LIKE public.by_hnsw INCLUDING ALL);
