CREATE EXTENSION vector;
CREATE TABLE t (id int, e vector(5), h halfvec(4));
CREATE INDEX i ON t USING hnsw (e vector_cosine_ops) WITH (m = 16, ef_construction = 32);
CREATE INDEX j ON t USING hnsw (h halfvec_l2_ops);
