-- needs vector
CREATE EXTENSION vector;
CREATE TABLE t (a real[], b vector(3), c vector(2), d text);
INSERT INTO t VALUES ('{1,2}', '[1,2,3]', '[1,2]', '[3,4]');
CREATE INDEX i ON t USING hnsw (b vector_l2_ops);
