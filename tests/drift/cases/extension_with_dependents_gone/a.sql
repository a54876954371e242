-- needs vector
CREATE EXTENSION vector;
CREATE TABLE t (id int, v vector(3));
CREATE INDEX t_v ON t USING hnsw (v vector_l2_ops);
CREATE FUNCTION f(x vector) RETURNS float8 LANGUAGE sql AS 'SELECT 1';
CREATE VIEW w AS SELECT v <-> v AS d FROM t;
