CREATE EXTENSION vector;
CREATE TABLE t (a vector(2), b halfvec(3), c vector, d vector(2));
CREATE INDEX i ON t USING hnsw (b halfvec_l2_ops);
