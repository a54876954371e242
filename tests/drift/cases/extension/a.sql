-- needs vector
CREATE EXTENSION vector;
CREATE TABLE t (e vector(3));
CREATE INDEX i ON t USING hnsw (e vector_l2_ops);
