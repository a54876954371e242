-- needs vector
CREATE EXTENSION vector;
CREATE TABLE t (id int, e vector(3), h halfvec(4));
CREATE INDEX i ON t USING hnsw (e vector_l2_ops) WITH (m = 8, ef_construction = 32);
CREATE INDEX j ON t USING ivfflat (e vector_cosine_ops) WITH (lists = 10);
