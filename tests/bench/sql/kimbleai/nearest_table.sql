-- A table of vectors, empty and without its index.
CREATE EXTENSION vector WITH SCHEMA public;
CREATE TABLE public.items (
    id integer PRIMARY KEY,
    embedding public.vector(1536) NOT NULL
)
