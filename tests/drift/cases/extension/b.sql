CREATE EXTENSION vector;
CREATE TABLE t (e vector(4));
CREATE INDEX i ON t USING hnsw (e vector_cosine_ops) WITH (m = 8);
